// What the ticket is: each property is changed in its place and saved at once, by those who may.
import { Box, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import {
  CategoryName,
  DepartmentName,
  PersonName,
  PersonSelect,
  PriorityChip,
  STAFF,
  TagChips,
} from '../../../components';
import { PRIORITIES, type Ticket } from '../../../types';
import { useTicketPage } from '../context';
import { ChoiceField } from './ChoiceField';
import { PeopleField } from './PeopleField';
import { ReadField } from './ReadField';
import { RecordField } from './RecordField';
import { StatusField } from './StatusField';
import { TagsField } from './TagsField';

const KINDS: readonly Ticket['kind'][] = ['question', 'incident', 'problem', 'task'];

function Names({ ids }: { ids: string[] }) {
  if (ids.length === 0) return <>–</>;
  return (
    <Stack sx={{ gap: 0.25 }}>
      {ids.map(id => (
        <PersonName key={id} id={id} />
      ))}
    </Stack>
  );
}

/** The same as text, for what the reader may not change. */
function ReadProperties() {
  const t = useTranslate();
  const { ticket, rights } = useTicketPage();
  const { edit } = rights;
  const name = (field: keyof Ticket) => t(`resources.tickets.fields.${field}`);
  const rows = [
    !rights.assign && { field: 'assignee_id' as const, value: <PersonName id={ticket.assignee_id} /> },
    !rights.assign && { field: 'department_id' as const, value: <DepartmentName id={ticket.department_id} /> },
    !edit.priority && { field: 'priority' as const, value: <PriorityChip priority={ticket.priority} /> },
    !edit.kind && { field: 'kind' as const, value: t(`stoa.common.kind.${ticket.kind}`) },
    !edit.category_id && { field: 'category_id' as const, value: <CategoryName id={ticket.category_id} /> },
    !edit.tag_ids && {
      field: 'tag_ids' as const,
      value: ticket.tag_ids.length ? <TagChips ids={ticket.tag_ids} /> : '–',
    },
    !edit.requester_id && { field: 'requester_id' as const, value: <PersonName id={ticket.requester_id} /> },
    !edit.cc_ids && { field: 'cc_ids' as const, value: <Names ids={ticket.cc_ids} /> },
  ].filter(row => row !== false);
  if (rows.length === 0) return null;
  return (
    <Box component="dl" sx={{ m: 0 }}>
      {rows.map(row => (
        <ReadField key={row.field} label={name(row.field)}>
          {row.value}
        </ReadField>
      ))}
    </Box>
  );
}

/** The properties of the ticket. */
export function Properties() {
  const t = useTranslate();
  const { ticket, rights, save, act } = useTicketPage();
  const { edit } = rights;
  const name = (field: keyof Ticket) => t(`resources.tickets.fields.${field}`);
  return (
    <Stack
      sx={{
        gap: 1.25,
        '& .MuiFormControl-root': { m: 0 },
        '& .MuiInputBase-root': { fontSize: '0.875rem' },
      }}
    >
      <StatusField />
      {rights.assign && (
        <>
          <PersonSelect
            label={name('assignee_id')}
            value={ticket.assignee_id}
            roles={STAFF}
            allowMe
            onChange={assignee_id => void act('assign', { assignee_id }, { assignee_id })}
          />
          <RecordField
            resource="departments"
            label={name('department_id')}
            value={ticket.department_id}
            onChange={department_id => void act('assign', { department_id }, { department_id })}
          />
        </>
      )}
      {(edit.priority || edit.kind) && (
        <Box sx={{ display: 'grid', gridTemplateColumns: edit.priority && edit.kind ? '1fr 1fr' : '1fr', gap: 1 }}>
          {edit.priority && (
            <ChoiceField
              label={name('priority')}
              value={ticket.priority}
              choices={PRIORITIES}
              render={priority => <PriorityChip priority={priority} />}
              onChange={priority => void save({ priority })}
            />
          )}
          {edit.kind && (
            <ChoiceField
              label={name('kind')}
              value={ticket.kind}
              choices={KINDS}
              render={kind => t(`stoa.common.kind.${kind}`)}
              onChange={kind => void save({ kind })}
            />
          )}
        </Box>
      )}
      {edit.category_id && (
        <RecordField
          resource="categories"
          label={name('category_id')}
          value={ticket.category_id}
          onChange={category_id => void save({ category_id })}
        />
      )}
      {edit.tag_ids && <TagsField />}
      {edit.requester_id && (
        <PersonSelect
          label={name('requester_id')}
          value={ticket.requester_id}
          // A ticket has a requester always; emptying the field is only the begin of choosing another.
          onChange={requester_id => requester_id && void save({ requester_id })}
        />
      )}
      {edit.cc_ids && (
        <PeopleField
          label={name('cc_ids')}
          value={ticket.cc_ids}
          without={[ticket.requester_id]}
          onChange={cc_ids => void save({ cc_ids })}
        />
      )}
      <ReadProperties />
    </Stack>
  );
}
