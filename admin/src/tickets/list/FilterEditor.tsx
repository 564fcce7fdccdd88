// What a filter is set with: ticks, people, days, or yes and no.
import CloseIcon from '@mui/icons-material/Close';
import { Box, Button, IconButton, MenuItem, MenuList, Stack, TextField, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { PersonName, PersonSelect, STAFF } from '../../components';
import {
  dayBefore,
  readDays,
  readFlag,
  readValues,
  writeDays,
  writeFlag,
  writeValues,
  type FilterField,
  type FilterValue,
  type FilterValues,
} from './filters';
import { CheckItem, RecordPicker, toggled } from './RecordPicker';
import { useRecordNames } from './useNames';
import type { FilterChange } from './useSetFilter';

interface Props {
  field: FilterField;
  filter: FilterValues;
  onChange: (change: FilterChange) => void;
}

/** Days back that one click chooses; 0 is today. */
const SPANS = [0, 7, 30];

function useValues({ field, filter, onChange }: Props) {
  const toggle = (value: FilterValue) =>
    onChange(now => writeValues(now, field, toggled(readValues(now, field), value)));
  return { values: readValues(filter, field), toggle };
}

function Options(props: Props & { options: readonly string[] }) {
  const t = useTranslate();
  const { values, toggle } = useValues(props);
  const { name } = props.field;
  return (
    <MenuList aria-label={t(`stoa.tickets.filter.${name}`)} sx={{ minWidth: 180 }}>
      {props.options.map((option, at) => (
        <CheckItem
          key={option}
          label={t(`stoa.common.${name}.${option}`)}
          checked={values.includes(option)}
          onToggle={() => toggle(option)}
          autoFocus={at === 0}
        />
      ))}
    </MenuList>
  );
}

function People(props: Props & { staff: boolean }) {
  const t = useTranslate();
  const { values, toggle } = useValues(props);
  const ids = values.filter((value): value is string => value !== null && value !== 'me');
  const names = useRecordNames('users', ids);
  return (
    <Box sx={{ width: 280, pb: 1.5 }}>
      {props.staff && (
        <MenuList aria-label={t(`stoa.tickets.filter.${props.field.name}`)} sx={{ pb: 0 }}>
          <CheckItem
            label={t('stoa.tickets.filter.me')}
            checked={values.includes('me')}
            onToggle={() => toggle('me')}
            autoFocus
          />
          <CheckItem
            label={t('stoa.tickets.filter.nobody')}
            checked={values.includes(null)}
            onToggle={() => toggle(null)}
          />
        </MenuList>
      )}
      {ids.map(id => (
        <Stack key={id} direction="row" sx={{ alignItems: 'center', px: 1.5, pt: 0.5 }}>
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <PersonName id={id} />
          </Box>
          <IconButton
            aria-label={t('stoa.tickets.filter.remove_person', { name: names.get(id) ?? '' })}
            onClick={() => toggle(id)}
          >
            <CloseIcon fontSize="small" />
          </IconButton>
        </Stack>
      ))}
      <Box sx={{ px: 1.5, pt: 1.5 }}>
        <PersonSelect
          // Chosen people stand above; the field is empty again for the next.
          key={ids.length}
          value={null}
          onChange={id => id && !ids.includes(id) && toggle(id)}
          label={t('stoa.tickets.filter.person')}
          roles={props.staff ? STAFF : undefined}
        />
      </Box>
    </Box>
  );
}

function Days({ field, filter, onChange }: Props) {
  const t = useTranslate();
  const days = readDays(filter, field);
  const set = (part: 'from' | 'to', day: string) => 
    onChange(now => writeDays(now, field, { ...readDays(now, field), [part]: day }));
  return (
    <Stack spacing={1.5} sx={{ p: 1.5, width: 250 }}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 0.5 }}>
        {SPANS.map(span => (
          <Button
            key={span}
            variant="outlined"
            onClick={() => onChange(now => writeDays(now, field, { from: dayBefore(span) }))}
          >
            {span === 0 ? t('stoa.tickets.filter.today') : t('stoa.tickets.filter.days', { smart_count: span })}
          </Button>
        ))}
      </Stack>
      {(['from', 'to'] as const).map(part => (
        <TextField
          key={part}
          type="date"
          label={t(`stoa.tickets.filter.${part}`)}
          value={days[part] ?? ''}
          onChange={event => set(part, event.target.value)}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      ))}
    </Stack>
  );
}

function Flag({ field, filter, onChange }: Props) {
  const t = useTranslate();
  const value = readFlag(filter, field);
  const choices = [
    ['yes', true],
    ['no', false],
    ['any', undefined],
  ] as const;
  return (
    <MenuList aria-label={t(`stoa.tickets.filter.${field.name}`)} sx={{ minWidth: 180 }}>
      {choices.map(([name, choice]) => (
        <MenuItem
          key={name}
          role="menuitemradio"
          aria-checked={value === choice}
          selected={value === choice}
          autoFocus={value === choice}
          onClick={() => onChange(now => writeFlag(now, field, choice))}
        >
          {t(`stoa.tickets.filter.${name}`)}
        </MenuItem>
      ))}
    </MenuList>
  );
}

function Editor(props: Props) {
  const t = useTranslate();
  const { input, none, name } = props.field;
  const { values, toggle } = useValues(props);
  switch (input.kind) {
    case 'options':
      return <Options {...props} options={input.options} />;
    case 'people':
      return <People {...props} staff={input.staff} />;
    case 'records':
      return (
        <RecordPicker
          resource={input.resource}
          label={t(`stoa.tickets.filter.${name}`)}
          values={values}
          onToggle={toggle}
          none={none}
        />
      );
    case 'dates':
      return <Days {...props} />;
    case 'flag':
      return <Flag {...props} />;
  }
}

/** Sets one field of a filter; every change counts at once. */
export function FilterEditor(props: Props) {
  const t = useTranslate();
  return (
    <>
      <Typography variant="subtitle2" component="h2" sx={{ px: 1.5, pt: 1 }}>
        {t(`stoa.tickets.filter.${props.field.name}`)}
      </Typography>
      <Editor {...props} />
    </>
  );
}
