// The fields of a new ticket: what was asked on one side, where it goes on the other.
import { Box, Stack } from '@mui/material';
import {
  AutocompleteArrayInput,
  AutocompleteInput,
  maxLength,
  ReferenceArrayInput,
  ReferenceInput,
  required,
  SelectInput,
  TextInput,
  useTranslate,
} from 'react-admin';
import { useFormState } from 'react-hook-form';
import { useMay } from '../../api/permissions';
import { PersonInput, SectionCard, STAFF } from '../../components';
import { AttachButton } from '../../files/AttachButton';
import { AttachTray } from '../../files/AttachTray';
import type { Attaching } from '../../files/useAttaching';
import { PRIORITIES } from '../../types';
import { CHANNELS, KINDS } from './filters';
import { NewClientButton } from './NewClientDialog';

const NAME_SORT = { field: 'name', order: 'ASC' } as const;
const IN_USE = { is_active: true };
const byName = (text: string) => (text ? { name_prefix: text.trim().toLowerCase() } : {});

/** Whether the reader may set a field of a new ticket. */
function useSets(field: string): boolean {
  return useMay(`tickets.${field}`, 'create');
}

/** Who asks, and what. */
export function RequestFields({ files }: { files: Attaching }) {
  const t = useTranslate();
  const requester = useSets('requester_id');
  const cc = useSets('cc_ids');
  const description = useSets('description');
  const { isSubmitting } = useFormState();
  return (
    <SectionCard title={t('stoa.tickets.create.request')}>
      {requester && (
        <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}>
          <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
            <PersonInput
              source="requester_id"
              label="stoa.tickets.create.requester"
              validate={required()}
              helperText={false}
              fullWidth
            />
          </Box>
          <Box sx={{ pt: { xs: 0, sm: 1.25 } }}>
            <NewClientButton source="requester_id" />
          </Box>
        </Stack>
      )}
      {cc && (
        <PersonInput source="cc_ids" label="stoa.tickets.create.cc" helperText={false} multiple fullWidth />
      )}
      <TextInput
        source="subject"
        label="stoa.tickets.create.subject"
        validate={[required(), maxLength(200)]}
        helperText={false}
        fullWidth
      />
      {description && (
        <TextInput
          source="description"
          label="stoa.tickets.create.description"
          validate={maxLength(20_000)}
          multiline
          minRows={12}
          maxRows={24}
          helperText={false}
          fullWidth
        />
      )}
      <AttachButton files={files} disabled={isSubmitting} words sx={{ ml: -0.5 }} />
      <AttachTray files={files} locked={isSubmitting} roomy />
    </SectionCard>
  );
}

interface ChoiceProps {
  source: string;
  choices: readonly string[];
  /** Where the choices have their names. */
  kind: string;
  /** What it means to choose nothing, where that is possible. */
  empty?: string;
}

function Choice({ source, choices, kind, empty }: ChoiceProps) {
  const t = useTranslate();
  return (
    <SelectInput
      source={source}
      label={`stoa.tickets.create.${source}`}
      choices={choices.map(id => ({ id, name: t(`stoa.common.${kind}.${id}`) }))}
      translateChoice={false}
      emptyText={empty}
      validate={empty ? undefined : required()}
      helperText={empty ? 'stoa.tickets.create.priority_help' : false}
      fullWidth
    />
  );
}

/** Where it goes, and what it is. */
export function PropertyFields() {
  const t = useTranslate();
  const priority = useSets('priority');
  const category = useSets('category_id');
  const department = useSets('department_id');
  const assignee = useSets('assignee_id');
  const tags = useSets('tag_ids');
  const kind = useSets('kind');
  const channel = useSets('channel');
  const external = useSets('external_id');
  return (
    <SectionCard title={t('stoa.tickets.create.properties')}>
      {channel && <Choice source="channel" choices={CHANNELS} kind="channel" />}
      {kind && <Choice source="kind" choices={KINDS} kind="kind" />}
      {category && (
        <ReferenceInput source="category_id" reference="categories" filter={IN_USE} sort={NAME_SORT}>
          <AutocompleteInput
            label="stoa.tickets.create.category"
            optionText="name"
            filterToQuery={byName}
            helperText={false}
            fullWidth
          />
        </ReferenceInput>
      )}
      {priority && (
        <Choice
          source="priority"
          choices={PRIORITIES}
          kind="priority"
          empty={t('stoa.tickets.create.priority_by_category')}
        />
      )}
      {department && (
        <ReferenceInput source="department_id" reference="departments" filter={IN_USE} sort={NAME_SORT}>
          <AutocompleteInput
            label="stoa.tickets.create.department"
            optionText="name"
            filterToQuery={byName}
            helperText="stoa.tickets.create.department_help"
            fullWidth
          />
        </ReferenceInput>
      )}
      {assignee && (
        <PersonInput
          source="assignee_id"
          label="stoa.tickets.create.assignee"
          roles={STAFF}
          helperText="stoa.tickets.create.assignee_help"
          fullWidth
        />
      )}
      {tags && (
        <ReferenceArrayInput source="tag_ids" reference="tags" sort={NAME_SORT}>
          <AutocompleteArrayInput
            label="stoa.tickets.create.tags"
            optionText="name"
            filterToQuery={byName}
            helperText={false}
            fullWidth
          />
        </ReferenceArrayInput>
      )}
      {external && (
        <TextInput
          source="external_id"
          label="stoa.tickets.create.external_id"
          validate={maxLength(120)}
          helperText={false}
          fullWidth
        />
      )}
    </SectionCard>
  );
}
