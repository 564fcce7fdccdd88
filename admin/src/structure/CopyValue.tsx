// A value to take along: shown in full, with a button that copies it.
import CheckIcon from '@mui/icons-material/Check';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import { IconButton, InputAdornment, TextField, Tooltip } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { MONO } from '../theme';

/** A field that cannot be changed, with a copy button. */
export function CopyValue({ label, value }: { label: string; value: string }) {
  const t = useTranslate();
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      // No clipboard without a secure connection: the text can still be selected.
      setState('failed');
    }
  };
  const action = t(state === 'copied' ? 'stoa.structure.copy.done' : 'stoa.structure.copy.action');
  return (
    <TextField
      label={label}
      value={value}
      fullWidth
      margin="none"
      helperText={state === 'failed' ? t('stoa.structure.copy.failed') : undefined}
      onFocus={event => (event.target as HTMLInputElement).select()}
      slotProps={{
        htmlInput: { style: { fontFamily: MONO } },
        input: {
          readOnly: true,
          endAdornment: (
            <InputAdornment position="end">
              <Tooltip title={action}>
                <IconButton
                  edge="end"
                  aria-label={action}
                  onClick={() => void copy()}
                  color={state === 'copied' ? 'success' : 'default'}
                >
                  {state === 'copied' ? <CheckIcon fontSize="small" /> : <ContentCopyIcon fontSize="small" />}
                </IconButton>
              </Tooltip>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
