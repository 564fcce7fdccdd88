// A field for a code of six digits.
import { TextField } from '@mui/material';
import { DIGITS, digitsOf } from './code';

/** Takes digits only, however they are pasted. */
export function CodeField({
  label,
  value,
  onChange,
  autoFocus = false,
  fault,
  helperText,
}: {
  label: string;
  value: string;
  onChange: (code: string) => void;
  autoFocus?: boolean;
  fault?: string;
  helperText?: string;
}) {
  return (
    <TextField
      label={label}
      autoComplete="one-time-code"
      autoFocus={autoFocus}
      required
      value={value}
      error={Boolean(fault)}
      helperText={fault ?? helperText}
      onChange={event => onChange(digitsOf(event.target.value))}
      slotProps={{
        htmlInput: {
          inputMode: 'numeric',
          // Room for spaces within what is pasted.
          maxLength: DIGITS * 3,
          spellCheck: false,
          style: { letterSpacing: '0.35em', fontVariantNumeric: 'tabular-nums', fontSize: '1.15rem' },
        },
      }}
    />
  );
}
