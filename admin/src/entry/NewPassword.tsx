// Choosing a password: typed twice, with what it must be like shown as it is typed.
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutlined';
import CircleIcon from '@mui/icons-material/RadioButtonUnchecked';
import VisibilityIcon from '@mui/icons-material/VisibilityOutlined';
import VisibilityOffIcon from '@mui/icons-material/VisibilityOffOutlined';
import { Box, IconButton, InputAdornment, Stack, TextField, Tooltip, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { SHORTEST, type Hints } from './passwordHints';

function Hint({ met, children }: { met: boolean; children: string }) {
  const t = useTranslate();
  return (
    <Stack direction="row" component="li" sx={{ gap: 0.75, alignItems: 'center', color: met ? 'success.main' : 'text.secondary' }}>
      {met ? <CheckCircleIcon sx={{ fontSize: 16 }} aria-hidden /> : <CircleIcon sx={{ fontSize: 16 }} aria-hidden />}
      <Typography variant="body2">{children}</Typography>
      <Box component="span" sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}>
        {t(met ? 'stoa.entry.hints.met' : 'stoa.entry.hints.open')}
      </Box>
    </Stack>
  );
}

/** What is typed in both fields. */
export interface TypedPassword {
  password: string;
  again: string;
}

/** Two fields and the hints; `fault` is what the server said against the password. */
export function NewPassword({
  value,
  hints,
  fault,
  onChange,
}: {
  value: TypedPassword;
  hints: Hints;
  fault?: string;
  onChange: (value: TypedPassword) => void;
}) {
  const t = useTranslate();
  const [shown, setShown] = useState(false);
  const listId = useId();
  const label = t(shown ? 'ra.input.password.toggle_visible' : 'ra.input.password.toggle_hidden');
  const type = shown ? 'text' : 'password';
  return (
    <>
      <TextField
        label={t('stoa.entry.password')}
        name="new-password"
        type={type}
        autoComplete="new-password"
        required
        value={value.password}
        error={Boolean(fault)}
        helperText={fault}
        onChange={event => onChange({ ...value, password: event.target.value })}
        slotProps={{
          htmlInput: { 'aria-describedby': listId },
          input: {
            endAdornment: (
              <InputAdornment position="end">
                <Tooltip title={label}>
                  <IconButton edge="end" aria-label={label} aria-pressed={shown} onClick={() => setShown(!shown)}>
                    {shown ? <VisibilityIcon fontSize="small" /> : <VisibilityOffIcon fontSize="small" />}
                  </IconButton>
                </Tooltip>
              </InputAdornment>
            ),
          },
        }}
      />
      <TextField
        label={t('stoa.entry.again')}
        name="new-password-again"
        type={type}
        autoComplete="new-password"
        required
        value={value.again}
        onChange={event => onChange({ ...value, again: event.target.value })}
      />
      <Stack component="ul" id={listId} sx={{ listStyle: 'none', m: 0, p: 0, gap: 0.25 }}>
        <Hint met={hints.longEnough}>{t('stoa.entry.hints.long', { least: SHORTEST, now: hints.length })}</Hint>
        <Hint met={hints.ownWords}>{t('stoa.entry.hints.words')}</Hint>
        <Hint met={hints.same}>{t('stoa.entry.hints.same')}</Hint>
      </Stack>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('stoa.entry.hints.advice')}
      </Typography>
    </>
  );
}
