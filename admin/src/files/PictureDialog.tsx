// A picture of a message as large as the screen allows.
import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import type { FileOf } from './filesOf';
import { formatSize } from './size';
import { useSaveFile } from './useSaveFile';

/** Shows the picture at `url`. */
export function PictureDialog({ file, url, onClose }: { file: FileOf; url: string; onClose: () => void }) {
  const t = useTranslate();
  const id = useId();
  const { save, busy } = useSaveFile(file);
  return (
    <Dialog open onClose={onClose} maxWidth="lg" aria-labelledby={id}>
      <DialogTitle id={id} sx={{ overflowWrap: 'anywhere' }}>
        {file.name}
      </DialogTitle>
      <DialogContent sx={{ display: 'grid', placeItems: 'center' }}>
        <Box component="img" src={url} alt={file.name} sx={{ maxWidth: '100%', maxHeight: '72vh' }} />
      </DialogContent>
      <DialogActions>
        <Button onClick={() => void save()} disabled={busy}>
          {t('stoa.files.save_short', { size: formatSize(file.size) })}
        </Button>
        <Button onClick={onClose} autoFocus>
          {t('ra.action.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
