// Chooses some of a company's departments, categories or tags from a list with a search.
import CheckedIcon from '@mui/icons-material/CheckBox';
import UncheckedIcon from '@mui/icons-material/CheckBoxOutlineBlank';
import { Box, InputAdornment, MenuItem, MenuList, Skeleton, TextField, Typography } from '@mui/material';
import SearchIcon from '@mui/icons-material/Search';
import { useState } from 'react';
import { useGetList, useTranslate } from 'react-admin';
import type { StoaRecord } from '../../types';
import type { FilterValue } from './filters';
import { useRecordNames } from './useNames';

/** So many are shown; with more, the server looks for what is typed. */
const SHOWN = 100;
/** Lists that are as short need no search. */
const SHORT = 8;

type Named = StoaRecord & { name: string };

/** Values with one more, or without it when they had it. */
export function toggled(values: FilterValue[], value: FilterValue): FilterValue[] {
  return values.includes(value) ? values.filter(one => one !== value) : [...values, value];
}

/** A line that is ticked or not. */
export function CheckItem({
  label,
  checked,
  onToggle,
  autoFocus,
}: {
  label: string;
  checked: boolean;
  onToggle: () => void;
  autoFocus?: boolean;
}) {
  return (
    <MenuItem
      role="menuitemcheckbox"
      aria-checked={checked}
      onClick={onToggle}
      autoFocus={autoFocus}
      sx={{ py: 0.25, pl: 1 }}
    >
      {checked ? (
        <CheckedIcon fontSize="small" color="primary" sx={{ m: 0.5, mr: 1 }} />
      ) : (
        <UncheckedIcon fontSize="small" sx={{ m: 0.5, mr: 1, color: 'text.secondary' }} />
      )}
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {label}
      </Box>
    </MenuItem>
  );
}

/** A list to tick records in; `none` offers to have none of them. */
export function RecordPicker({
  resource,
  label,
  values,
  onToggle,
  none = false,
}: {
  resource: string;
  label: string;
  values: FilterValue[];
  onToggle: (value: FilterValue) => void;
  none?: boolean;
}) {
  const t = useTranslate();
  const [text, setText] = useState('');
  const words = text.trim().toLowerCase();
  const [many, setMany] = useState(false);
  const { data, total, pageInfo, isPending } = useGetList<Named>(
    resource,
    {
      pagination: { page: 1, perPage: SHOWN },
      sort: { field: 'name', order: 'ASC' },
      filter: many && words ? { name_prefix: words } : {},
    },
    {
      placeholderData: previous => previous,
      staleTime: 60_000,
      onSuccess: ({ pageInfo: page }) => page?.hasNextPage && !words && setMany(true),
    }
  );
  const chosen = values.filter((value): value is string => value !== null);
  const names = useRecordNames(resource, chosen);
  const found = (data ?? []).filter(record => many || record.name.toLowerCase().includes(words));
  const elsewhere = words ? [] : chosen.filter(id => !found.some(record => record.id === id));
  const searches = many || (total ?? 0) > SHORT;

  return (
    <Box sx={{ minWidth: 260 }}>
      {searches && (
        <Box sx={{ px: 1.5, pt: 1.5 }}>
          <TextField
            fullWidth
            autoFocus
            value={text}
            onChange={event => setText(event.target.value)}
            placeholder={t('stoa.tickets.filter.find')}
            slotProps={{
              htmlInput: { 'aria-label': t('stoa.tickets.filter.find') },
              input: {
                startAdornment: (
                  <InputAdornment position="start">
                    <SearchIcon fontSize="small" />
                  </InputAdornment>
                ),
              },
            }}
          />
        </Box>
      )}
      {isPending ? (
        <Box sx={{ p: 1.5 }}>
          {[0, 1, 2].map(line => (
            <Skeleton key={line} height={28} />
          ))}
        </Box>
      ) : (
        <MenuList aria-label={label} sx={{ maxHeight: 280, overflow: 'auto' }}>
          {none && !words && (
            <CheckItem
              label={t('stoa.tickets.filter.none')}
              checked={values.includes(null)}
              onToggle={() => onToggle(null)}
            />
          )}
          {elsewhere.map(id => (
            <CheckItem key={id} label={names.get(id) ?? ''} checked onToggle={() => onToggle(id)} />
          ))}
          {found.map(record => (
            <CheckItem
              key={record.id}
              label={record.name}
              checked={values.includes(record.id)}
              onToggle={() => onToggle(record.id)}
            />
          ))}
        </MenuList>
      )}
      {!isPending && found.length === 0 && elsewhere.length === 0 && (
        <Typography sx={{ px: 2, pb: 1.5, color: 'text.secondary' }}>{t('stoa.tickets.filter.nothing')}</Typography>
      )}
      {!words && pageInfo?.hasNextPage && (
        <Typography variant="body2" sx={{ px: 2, pb: 1.5, color: 'text.secondary' }}>
          {t('stoa.tickets.filter.too_many')}
        </Typography>
      )}
    </Box>
  );
}
