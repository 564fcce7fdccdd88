// The filters that are set, as chips to change or remove, and the menu to add one.
import FilterIcon from '@mui/icons-material/FilterList';
import { Box, Button, Chip, Menu, MenuItem, Popover } from '@mui/material';
import { useState } from 'react';
import { useListContext, useTranslate } from 'react-admin';
import { useLocation, useNavigate } from 'react-router-dom';
import type { Ticket } from '../../types';
import { FilterEditor } from './FilterEditor';
import {
  FILTER_FIELDS,
  isSet,
  readDays,
  readFlag,
  readValues,
  sameFilter,
  unknownMembers,
  withoutField,
  writeValues,
  type FilterField,
  type FilterValues,
} from './filters';
import { SaveViewButton } from './SaveViewButton';
import { useValueNames } from './useNames';
import { useSetFilter } from './useSetFilter';
import { BUILT_IN, DEFAULT_FILTER, searchOf } from './views';

/** So many values are named on a chip. */
const NAMED = 2;

function ChipText({ field, filter }: { field: FilterField; filter: FilterValues }) {
  const t = useTranslate();
  const flag = readFlag(filter, field);
  const days = readDays(filter, field);
  const values = readValues(filter, field);
  const names = useValueNames(field, values);
  const day = (text: string | undefined) => text && new Date(`${text}T00:00`).toLocaleDateString();
  let text: string;
  if (field.input.kind === 'flag') {
    text = t(`stoa.tickets.filter.${flag ? 'yes' : 'no'}`);
  } else if (field.input.kind === 'dates') {
    const which = days.from && days.to ? 'between' : days.from ? 'since' : 'until';
    text = t(`stoa.tickets.filter.${which}`, { from: day(days.from), to: day(days.to) });
  } else if (sameFilter(writeValues({}, field, values), DEFAULT_FILTER)) {
    text = t('stoa.tickets.filter.unsolved');
  } else if (names.length > NAMED + 1) {
    text = t('stoa.tickets.filter.more', {
      names: names.slice(0, NAMED).join(', '),
      smart_count: names.length - NAMED,
    });
  } else {
    text = names.join(', ');
  }
  return (
    <>
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {t(`stoa.tickets.filter.${field.name}`)}:
      </Box>{' '}
      {text}
    </>
  );
}

function useClearAll() {
  const { perPage } = useListContext<Ticket>();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return () => {
    const all = BUILT_IN.find(view => view.id === 'all');
    if (all) navigate({ pathname, search: `?${searchOf(all, perPage)}` });
  };
}

/** Chips of the filters that are set. */
export function FilterBar() {
  const t = useTranslate();
  const { filterValues } = useListContext<Ticket>();
  const setFilter = useSetFilter();
  const clearAll = useClearAll();
  const [menu, setMenu] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState<{ field: FilterField; anchor: HTMLElement } | null>(null);
  const filter: FilterValues = filterValues;
  const shown = FILTER_FIELDS.filter(field => isSet(filter, field));
  const unknown = unknownMembers(filter);
  const without = (member: string) =>
    setFilter(now => Object.fromEntries(Object.entries(now).filter(([name]) => name !== member)));

  return (
    <Box
      role="group"
      aria-label={t('stoa.tickets.filter.bar')}
      sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 0.75, minHeight: 32 }}
    >
      {shown.map(field => (
        <Chip
          key={field.name}
          variant="outlined"
          label={<ChipText field={field} filter={filter} />}
          aria-haspopup="dialog"
          onClick={event => setOpen({ field, anchor: event.currentTarget })}
          onDelete={() => setFilter(now => withoutField(now, field))}
          sx={{ height: 26, bgcolor: 'background.paper', maxWidth: '100%' }}
        />
      ))}
      {unknown.map(member => (
        <Chip
          key={member}
          variant="outlined"
          label={t('stoa.tickets.filter.other', { name: member, value: JSON.stringify(filter[member]) })}
          onDelete={() => without(member)}
          sx={{ height: 26, bgcolor: 'background.paper', maxWidth: 320 }}
        />
      ))}
      <Button
        startIcon={<FilterIcon />}
        aria-haspopup="menu"
        aria-expanded={Boolean(menu)}
        onClick={event => setMenu(event.currentTarget)}
        sx={{ height: 28 }}
      >
        {t('stoa.tickets.filter.add')}
      </Button>
      {(shown.length > 0 || unknown.length > 0 || Boolean(filter.q)) && (
        <Button color="inherit" onClick={clearAll} sx={{ height: 28, color: 'text.secondary' }}>
          {t('stoa.tickets.filter.clear')}
        </Button>
      )}
      <SaveViewButton />
      <Menu anchorEl={menu} open={Boolean(menu)} onClose={() => setMenu(null)}>
        {FILTER_FIELDS.filter(field => !isSet(filter, field)).map(field => (
          <MenuItem
            key={field.name}
            onClick={() => {
              if (menu) setOpen({ field, anchor: menu });
              setMenu(null);
            }}
          >
            {t(`stoa.tickets.filter.${field.name}`)}
          </MenuItem>
        ))}
      </Menu>
      <Popover
        open={Boolean(open)}
        anchorEl={open?.anchor}
        onClose={() => setOpen(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': open ? t(`stoa.tickets.filter.${open.field.name}`) : undefined,
            sx: { mt: 0.5 },
          },
        }}
      >
        {open && <FilterEditor field={open.field} filter={filter} onChange={setFilter} />}
      </Popover>
    </Box>
  );
}
