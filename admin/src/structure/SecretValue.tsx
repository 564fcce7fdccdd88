// Something secret that is shown once: whole, however long, with buttons to take it along.
import CheckIcon from '@mui/icons-material/Check';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import { Alert, Box, Button, Stack } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { MONO } from '../theme';

/** The text in full; `more` are further buttons beside the one that copies. */
export function SecretValue({
  label,
  text,
  copied,
  more,
  children,
}: {
  label: string;
  /** What is copied. */
  text: string;
  /** Called when it was copied. */
  copied?: () => void;
  more?: ReactNode;
  /** How it is shown; as it is when absent. */
  children?: ReactNode;
}) {
  const t = useTranslate();
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
      copied?.();
    } catch {
      // No clipboard without a secure connection: the text can still be selected.
      setState('failed');
    }
  };
  return (
    <Box>
      <Box
        role="group"
        aria-label={label}
        tabIndex={0}
        sx={{
          p: 1.5,
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'background.default',
          fontFamily: MONO,
          fontSize: '0.9rem',
          overflowWrap: 'anywhere',
          userSelect: 'all',
        }}
      >
        {children ?? text}
      </Box>
      <Stack direction="row" sx={{ gap: 1, mt: 1, flexWrap: 'wrap' }}>
        <Button
          variant="outlined"
          color={state === 'copied' ? 'success' : 'primary'}
          startIcon={state === 'copied' ? <CheckIcon /> : <ContentCopyIcon />}
          onClick={() => void copy()}
        >
          {t(state === 'copied' ? 'stoa.structure.copy.done' : 'stoa.structure.copy.action')}
        </Button>
        {more}
      </Stack>
      {state === 'failed' && (
        <Alert severity="warning" sx={{ mt: 1 }}>
          {t('stoa.structure.copy.failed')}
        </Alert>
      )}
    </Box>
  );
}
