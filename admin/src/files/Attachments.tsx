// The files of a message: what they are, pictures of what can be shown, and a way to save each.
import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { Box, ButtonBase, CircularProgress, Stack, Typography } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { TicketMessage } from '../types';
import { filesOf, type FileOf } from './filesOf';
import { FileThumb } from './FileThumb';
import { PictureDialog } from './PictureDialog';
import { formatSize } from './size';
import { useSaveFile } from './useSaveFile';
import { usePicture } from './usePicture';

/** Whether something was in sight once: what is far up in a conversation is not loaded. */
function useSeen<T extends Element>() {
  const element = useRef<T>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!element.current || seen) return undefined;
    const observer = new IntersectionObserver(
      entries => entries.some(entry => entry.isIntersecting) && setSeen(true),
      { rootMargin: '300px' }
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [seen]);
  return { element, seen };
}

const FRAME = {
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  bgcolor: 'background.paper',
  color: 'text.primary',
  textAlign: 'left',
  minWidth: 0,
  maxWidth: '100%',
} as const;

/** A picture that is looked at here and saved from there. */
function Picture({ file }: { file: FileOf }) {
  const t = useTranslate();
  const { element, seen } = useSeen<HTMLDivElement>();
  const { url, failed } = usePicture(seen && file.picture ? { path: file.picture } : undefined);
  const [open, setOpen] = useState(false);
  if (failed) return <Plain file={file} failed={failed} />;
  return (
    <Box ref={element} sx={{ maxWidth: '100%' }}>
      <ButtonBase
        aria-label={t('stoa.files.look', { name: file.name, size: formatSize(file.size) })}
        aria-haspopup="dialog"
        disabled={!url}
        onClick={() => setOpen(true)}
        sx={{ ...FRAME, display: 'block', overflow: 'hidden', width: { xs: 146, sm: 184 } }}
      >
        <Box sx={{ height: 116, bgcolor: 'action.hover', display: 'grid', placeItems: 'center' }}>
          {url ? (
            <Box component="img" src={url} alt="" sx={{ width: '100%', height: 116, objectFit: 'cover' }} />
          ) : (
            <CircularProgress size={20} />
          )}
        </Box>
        <Box sx={{ px: 1, py: 0.5 }}>
          <Typography variant="body2" noWrap title={file.name} sx={{ fontWeight: 600, lineHeight: 1.35 }}>
            {file.name}
          </Typography>
          <Typography variant="caption" color="textSecondary" component="div" sx={{ lineHeight: 1.35 }}>
            {formatSize(file.size)}
          </Typography>
        </Box>
      </ButtonBase>
      {open && url && <PictureDialog file={file} url={url} onClose={() => setOpen(false)} />}
    </Box>
  );
}

function Plain({ file, failed }: { file: FileOf; failed?: unknown }) {
  const t = useTranslate();
  const { save, busy, lost } = useSaveFile(file, failed);
  return (
    <ButtonBase
      aria-label={lost ? `${file.name}, ${lost}` : t('stoa.files.save', { name: file.name, size: formatSize(file.size) })}
      onClick={() => void save()}
      disabled={busy}
      aria-busy={busy}
      sx={{ ...FRAME, display: 'flex', alignItems: 'center', gap: 1, pl: 0.75, pr: 1, py: 0.5, width: 268 }}
    >
      <FileThumb type={file.type} size={32} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body2" noWrap title={file.name} sx={{ fontWeight: 600, lineHeight: 1.35 }}>
          {file.name}
        </Typography>
        <Typography
          variant="caption"
          component="div"
          role={lost ? 'alert' : undefined}
          sx={{ lineHeight: 1.35, color: lost ? 'error.main' : 'text.secondary' }}
        >
          {lost ?? formatSize(file.size)}
        </Typography>
      </Box>
      {busy ? <CircularProgress size={18} /> : <DownloadIcon fontSize="small" color="action" />}
    </ButtonBase>
  );
}

function Row({ files }: { files: FileOf[] }) {
  if (files.length === 0) return null;
  return (
    <Stack
      direction="row"
      component="ul"
      sx={{ listStyle: 'none', p: 0, m: 0, mt: 1, gap: 1, flexWrap: 'wrap', alignItems: 'flex-start' }}
    >
      {files.map(file => (
        <Box component="li" key={file.key} sx={{ minWidth: 0, maxWidth: '100%' }}>
          {file.picture ? <Picture file={file} /> : <Plain file={file} />}
        </Box>
      ))}
    </Stack>
  );
}

/** What hangs on a message: pictures first, as they need more height. */
export function Attachments({ message }: { message: TicketMessage }) {
  const t = useTranslate();
  const files = filesOf(message);
  if (files.length === 0) return null;
  return (
    <Box role="group" aria-label={t('stoa.files.of_message')}>
      <Row files={files.filter(file => file.picture)} />
      <Row files={files.filter(file => !file.picture)} />
    </Box>
  );
}
