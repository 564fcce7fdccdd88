// A property that names a department or a category, chosen by typing.
import { Autocomplete, Box, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useGetList, useGetMany } from 'react-admin';
import type { Category, Department } from '../../../types';

type Named = Category | Department;

/** Name under the names of what is above it, as in `Hardware › Printers`. */
function pathOf(record: Named, all: Map<string, Named>): string {
  const names = [record.name];
  const seen = new Set([record.id]);
  let above = record.parent_id ? all.get(record.parent_id) : undefined;
  while (above && !seen.has(above.id)) {
    names.unshift(above.name);
    seen.add(above.id);
    above = above.parent_id ? all.get(above.parent_id) : undefined;
  }
  return names.join(' › ');
}

/** Saves as soon as another record is chosen. */
export function RecordField({
  resource,
  label,
  value,
  onChange,
  helperText,
}: {
  resource: 'departments' | 'categories';
  label: string;
  value: string | null;
  onChange: (id: string | null) => void;
  helperText?: string;
}) {
  const [open, setOpen] = useState(false);
  const { data: chosen } = useGetMany<Named>(resource, { ids: value ? [value] : [] }, { enabled: Boolean(value) });
  const { data = [], isPending } = useGetList<Named>(
    resource,
    {
      filter: { is_active: true },
      sort: { field: 'name', order: 'ASC' },
      pagination: { page: 1, perPage: 1000 },
    },
    { enabled: open, staleTime: 60_000 }
  );
  const all = new Map(data.map(record => [record.id, record]));
  const options = [...data].sort((one, other) => pathOf(one, all).localeCompare(pathOf(other, all)));
  return (
    <Autocomplete
      fullWidth
      open={open}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      loading={open && isPending}
      options={options}
      value={value ? (chosen?.[0] ?? all.get(value) ?? null) : null}
      getOptionLabel={record => (open ? pathOf(record, all) : record.name)}
      getOptionKey={record => record.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onChange={(_, record) => onChange(record?.id ?? null)}
      renderOption={({ key, ...props }, record) => (
        <Box component="li" key={key} {...props}>
          <Box sx={{ minWidth: 0 }}>
            {pathOf(record, all)}
            {record.description && (
              <Typography variant="caption" color="textSecondary" component="div" noWrap>
                {record.description}
              </Typography>
            )}
          </Box>
        </Box>
      )}
      renderInput={params => <TextField {...params} label={label} helperText={helperText} margin="none" />}
    />
  );
}
