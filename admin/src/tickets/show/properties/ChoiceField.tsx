// A property with a few fixed values.
import { MenuItem, TextField } from '@mui/material';
import type { ReactNode } from 'react';

/** Saves as soon as another value is chosen. */
export function ChoiceField<T extends string>({
  label,
  value,
  choices,
  render,
  onChange,
}: {
  label: string;
  value: T;
  choices: readonly T[];
  render: (choice: T) => ReactNode;
  onChange: (choice: T) => void;
}) {
  return (
    <TextField
      select
      fullWidth
      margin="none"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value as T)}
      slotProps={{ select: { MenuProps: { slotProps: { list: { dense: true } } } } }}
    >
      {choices.map(choice => (
        <MenuItem key={choice} value={choice}>
          {render(choice)}
        </MenuItem>
      ))}
    </TextField>
  );
}
