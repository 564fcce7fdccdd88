// Recovery codes, shown once: to copy, to keep as a file, to print.
import DownloadIcon from '@mui/icons-material/Download';
import PrintIcon from '@mui/icons-material/PrintOutlined';
import { Alert, Box, Button, Checkbox, FormControlLabel, GlobalStyles, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { download } from '../api/export';
import { SecretValue } from '../structure/SecretValue';

const SHEET = 'stoa-recovery-sheet';

/** On paper stands the sheet and nothing else. */
const PRINT = {
  '@media print': {
    'body *': { visibility: 'hidden !important' },
    [`.${SHEET}, .${SHEET} *`]: { visibility: 'visible !important' },
    [`.${SHEET}`]: { position: 'fixed', inset: 0, display: 'block !important', color: '#000', background: '#fff' },
  },
} as const;

/** The codes; `onSaved` once the person says that they are put away. */
export function RecoveryCodes({ codes, email, onSaved }: { codes: string[]; email: string; onSaved: () => void }) {
  const t = useTranslate();
  const [saved, setSaved] = useState(false);
  const heading = t('stoa.security.codes.sheet', { email });
  const text = `${heading}\n\n${codes.join('\n')}\n`;
  const keep = () => download(new Blob([text], { type: 'text/plain;charset=utf-8' }), 'stoa-recovery-codes.txt');
  return (
    <Stack spacing={2}>
      <GlobalStyles styles={PRINT} />
      <Typography>{t('stoa.security.codes.body')}</Typography>
      <SecretValue
        label={t('stoa.security.codes.title')}
        text={text}
        more={
          <>
            <Button variant="outlined" startIcon={<DownloadIcon />} onClick={keep}>
              {t('stoa.security.codes.download')}
            </Button>
            <Button variant="outlined" startIcon={<PrintIcon />} onClick={() => window.print()}>
              {t('stoa.security.codes.print')}
            </Button>
          </>
        }
      >
        <Box component="ol" sx={{ m: 0, pl: 4 }}>
          {codes.map(code => (
            <li key={code}>{code}</li>
          ))}
        </Box>
      </SecretValue>
      <Box className={SHEET} aria-hidden sx={{ display: 'none', p: 4, fontFamily: 'monospace', whiteSpace: 'pre-wrap' }}>
        {text}
      </Box>
      <Alert severity="warning">{t('stoa.security.codes.once')}</Alert>
      <FormControlLabel
        control={<Checkbox checked={saved} onChange={(_, on) => setSaved(on)} />}
        label={t('stoa.security.codes.saved')}
      />
      <Box>
        <Button variant="contained" disabled={!saved} onClick={onSaved}>
          {t('stoa.security.codes.done')}
        </Button>
      </Box>
    </Stack>
  );
}
