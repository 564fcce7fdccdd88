// A field for the second factor: six digits of the authenticator, or a recovery code.
import { TextField } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Takes both sorts of codes; the server tells them apart. */
export function FactorField({
  value,
  onChange,
  fault,
  autoFocus = false,
}: {
  value: string;
  onChange: (code: string) => void;
  fault?: string;
  autoFocus?: boolean;
}) {
  const t = useTranslate();
  return (
    <TextField
      label={t('stoa.security.factor')}
      autoComplete="one-time-code"
      autoFocus={autoFocus}
      required
      value={value}
      error={Boolean(fault)}
      helperText={fault ?? t('stoa.security.factorHelp')}
      onChange={event => onChange(event.target.value)}
      slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'characters', maxLength: 100 } }}
    />
  );
}
