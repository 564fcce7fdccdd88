// What became of a file, and until when it is kept, as a small label.
import { Chip, Tooltip, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { formatDateTime } from '../components';
import { useFaultText } from '../files/useFaultText';
import type { Upload } from '../types';
import { standing, type Standing } from './standing';

const COLOUR: Record<Standing, 'success' | 'info' | 'warning' | 'error' | 'default'> = {
  attached: 'success',
  unattached: 'info',
  pending: 'warning',
  quarantined: 'error',
  deleting: 'default',
};

/** State, and why where it is kept back. */
export function UploadState({ upload }: { upload: Upload }) {
  const t = useTranslate();
  const faultText = useFaultText();
  const now = standing(upload);
  const reason = upload.quarantine_reason;
  const until = upload.expires_at && t('stoa.uploads.until', { when: formatDateTime(upload.expires_at) });
  const chip = (
    <Chip component="span" label={t(`stoa.uploads.state.${now}`)} color={COLOUR[now]} variant="outlined" sx={{ height: 20 }} />
  );
  return (
    <>
      {until ? <Tooltip title={until}>{chip}</Tooltip> : chip}
      {reason && (
        <Typography variant="caption" component="div" color="textSecondary" sx={{ maxWidth: 240 }}>
          {faultText({ code: reason, again: false }, upload.size)}
        </Typography>
      )}
    </>
  );
}
