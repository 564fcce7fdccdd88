// Choosing a person: by typing the beginning of the name.
import { Autocomplete, Box, TextField } from '@mui/material';
import { useState } from 'react';
import {
  AutocompleteArrayInput,
  AutocompleteInput,
  ReferenceArrayInput,
  ReferenceInput,
  useGetList,
  useGetManyAggregate,
  useTranslate,
  type Validator,
} from 'react-admin';
import { useMe } from '../api/me';
import type { Role, User } from '../types';
import { PersonAvatar } from './names';

/** Roles that work on tickets. */
export const STAFF: Role[] = ['company_admin', 'content_manager', 'content_writer'];

function filterOf(text: string, roles?: Role[]) {
  const prefix = text.trim().toLowerCase();
  return { ...(prefix ? { name_prefix: prefix } : {}), ...(roles ? { role_in: roles } : {}) };
}

interface InputProps {
  source: string;
  label?: string;
  roles?: Role[];
  helperText?: string | false;
  validate?: Validator | Validator[];
  multiple?: boolean;
  fullWidth?: boolean;
}

/** Field of a form for one person, or for several. */
export function PersonInput({ source, roles, multiple = false, ...rest }: InputProps) {
  const shared = {
    optionText: 'name',
    filterToQuery: (text: string) => (text ? { name_prefix: text.trim().toLowerCase() } : {}),
    ...rest,
  };
  const filter = roles ? { role_in: roles } : {};
  const reference = { source, reference: 'users', filter, sort: { field: 'name', order: 'ASC' as const } };
  return multiple ? (
    <ReferenceArrayInput {...reference}>
      <AutocompleteArrayInput {...shared} />
    </ReferenceArrayInput>
  ) : (
    <ReferenceInput {...reference}>
      <AutocompleteInput {...shared} />
    </ReferenceInput>
  );
}

/** One person, outside of forms. With `allowMe` the reader comes first. */
export function PersonSelect({
  value,
  onChange,
  label,
  roles,
  allowMe = false,
  size = 'small',
  disabled = false,
}: {
  value: string | null;
  onChange: (id: string | null) => void;
  label: string;
  roles?: Role[];
  allowMe?: boolean;
  size?: 'small' | 'medium';
  disabled?: boolean;
}) {
  const t = useTranslate();
  const me = useMe();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const { data: chosen } = useGetManyAggregate<User>('users', { ids: value ? [value] : [] }, { enabled: Boolean(value) });
  const { data: found = [], isPending } = useGetList<User>(
    'users',
    {
      filter: filterOf(text, roles),
      sort: { field: 'name', order: 'ASC' },
      pagination: { page: 1, perPage: 25 },
    },
    { enabled: open }
  );
  const first = allowMe && me && !text.trim() && (!roles || roles.includes(me.role)) ? [me as User] : [];
  const options = [...first, ...found.filter(user => !first.some(one => one.id === user.id))];
  const current = value ? (chosen?.[0] ?? options.find(user => user.id === value) ?? null) : null;
  return (
    <Autocomplete
      fullWidth
      size={size}
      disabled={disabled}
      open={open}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      options={options}
      loading={open && isPending}
      value={current}
      getOptionLabel={user => user.name}
      getOptionKey={user => user.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={all => all}
      onInputChange={(_, typed, why) => setText(why === 'input' ? typed : '')}
      onChange={(_, user) => onChange(user?.id ?? null)}
      renderOption={({ key, ...props }, user) => (
        <Box component="li" key={key} {...props} sx={{ gap: 1 }}>
          <PersonAvatar name={user.name} />
          {user.id === me?.id ? t('stoa.common.me', { name: user.name }) : user.name}
        </Box>
      )}
      renderInput={params => <TextField {...params} label={label} size={size} />}
    />
  );
}
