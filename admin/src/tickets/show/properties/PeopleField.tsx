// A property that names several people: those who are copied.
import { Autocomplete, Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useGetList, useGetMany } from 'react-admin';
import { PersonAvatar } from '../../../components';
import type { Role, User } from '../../../types';

/** Saves with everyone who is added or removed. */
export function PeopleField({
  label,
  value,
  roles,
  without = [],
  onChange,
}: {
  label: string;
  value: string[];
  roles?: Role[];
  /** People who are not offered. */
  without?: string[];
  onChange: (ids: string[]) => void;
}) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const prefix = text.trim().toLowerCase();
  const { data: chosen = [] } = useGetMany<User>('users', { ids: value }, { enabled: value.length > 0 });
  const { data: found = [], isFetching } = useGetList<User>(
    'users',
    {
      filter: { ...(prefix ? { name_prefix: prefix } : {}), ...(roles ? { role_in: roles } : {}) },
      sort: { field: 'name', order: 'ASC' },
      pagination: { page: 1, perPage: 25 },
    },
    { enabled: open, placeholderData: before => before }
  );
  const people = value.length ? chosen.filter(person => person && value.includes(person.id)) : [];
  return (
    <Autocomplete
      multiple
      fullWidth
      open={open}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      options={found.filter(person => !without.includes(person.id))}
      loading={open && isFetching}
      value={people}
      inputValue={text}
      onInputChange={(_, typed, why) => {
        // A reset comes with every new list of values; what is being typed survives it.
        if (why === 'input' || why === 'clear') setText(typed);
        else if (why === 'blur') setText('');
      }}
      filterOptions={all => all}
      filterSelectedOptions
      getOptionLabel={person => person.name}
      getOptionKey={person => person.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      renderOption={({ key, ...props }, person) => (
        <Box component="li" key={key} {...props} sx={{ gap: 1 }}>
          <PersonAvatar name={person.name} />
          {person.name}
        </Box>
      )}
      // Who was removed from the company cannot be shown, but stays until it is taken off on purpose.
      onChange={(_, wanted) => {
        setText('');
        const unseen = value.filter(id => !people.some(person => person.id === id));
        onChange([...unseen, ...wanted.map(person => person.id)]);
      }}
      renderInput={params => <TextField {...params} label={label} margin="none" />}
    />
  );
}
