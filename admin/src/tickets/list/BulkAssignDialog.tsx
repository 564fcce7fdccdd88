// Gives the selected tickets to a person, to a department, or to both.
import { FormControl, FormControlLabel, FormLabel, MenuItem, Radio, RadioGroup, TextField } from '@mui/material';
import { useId, useState } from 'react';
import { useGetList, useTranslate } from 'react-admin';
import { PersonSelect, STAFF } from '../../components';
import type { Department } from '../../types';
import { BulkDialog, type BulkDialogProps } from './BulkDialog';

type Who = 'keep' | 'nobody' | 'person';

/** The dialog. */
export function BulkAssignDialog({ count, onApply, onClose }: BulkDialogProps) {
  const t = useTranslate();
  const id = useId();
  const [who, setWho] = useState<Who>('person');
  const [person, setPerson] = useState<string | null>(null);
  const [department, setDepartment] = useState('keep');
  const { data: departments = [] } = useGetList<Department>('departments', {
    pagination: { page: 1, perPage: 200 },
    sort: { field: 'name', order: 'ASC' },
    filter: { is_active: true },
  });
  const moves = department !== 'keep';
  const ready = who === 'person' ? person !== null : who === 'nobody' || moves;
  const submit = () =>
    onApply({
      action: 'assign',
      ...(who !== 'keep' && { assignee_id: who === 'person' ? person : null }),
      ...(moves && { department_id: department === 'none' ? null : department }),
    });
  return (
    <BulkDialog
      title={t('stoa.tickets.bulk.assign_title', { smart_count: count })}
      ready={ready}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormControl>
        <FormLabel id={id}>{t('stoa.tickets.bulk.assignee')}</FormLabel>
        <RadioGroup row aria-labelledby={id} value={who} onChange={(_, value) => setWho(value as Who)}>
          {(['person', 'nobody', 'keep'] as const).map(choice => (
            <FormControlLabel
              key={choice}
              value={choice}
              control={<Radio size="small" />}
              label={t(`stoa.tickets.bulk.${choice}`)}
            />
          ))}
        </RadioGroup>
      </FormControl>
      {who === 'person' && (
        <PersonSelect
          value={person}
          onChange={setPerson}
          label={t('stoa.tickets.bulk.choose_person')}
          roles={STAFF}
          allowMe
        />
      )}
      <TextField
        select
        label={t('stoa.tickets.bulk.department')}
        value={department}
        onChange={event => setDepartment(event.target.value)}
        helperText={who === 'keep' ? t('stoa.tickets.bulk.by_department') : undefined}
      >
        <MenuItem value="keep">{t('stoa.tickets.bulk.keep')}</MenuItem>
        <MenuItem value="none">{t('stoa.tickets.bulk.no_department')}</MenuItem>
        {departments.map(one => (
          <MenuItem key={one.id} value={one.id}>
            {one.name}
          </MenuItem>
        ))}
      </TextField>
    </BulkDialog>
  );
}
