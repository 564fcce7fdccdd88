// What became of a file, as a small label.
import { Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { ToneChip, type Tone } from '../components';
import type { Upload } from '../types';
import { standing, type Standing } from './standing';

const TONES: Record<Standing, Tone> = {
  attached: 'success',
  unattached: 'info',
  pending: 'warning',
  quarantined: 'error',
  deleting: 'default',
};

/** State, and why where it is kept back. */
export function UploadState({ upload }: { upload: Upload }) {
  const t = useTranslate();
  const now = standing(upload);
  const reason = upload.quarantine_reason;
  return (
    <>
      <ToneChip tone={TONES[now]} label={t(`stoa.uploads.state.${now}`)} />
      {reason && (
        <Typography variant="caption" component="div" color="textSecondary" sx={{ maxWidth: 240, minWidth: 150 }}>
          {t(`stoa.uploads.reasons.${reason}`)}
        </Typography>
      )}
    </>
  );
}
