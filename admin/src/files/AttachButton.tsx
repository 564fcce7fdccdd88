// Chooses files from the disk.
import AttachFileIcon from '@mui/icons-material/AttachFile';
import { Box, Button, IconButton, Tooltip, type SxProps } from '@mui/material';
import { useRef } from 'react';
import { useTranslate } from 'react-admin';
import { MOST } from './tray';
import type { Attaching } from './useAttaching';

/** A button that opens the chooser: an icon, or with `words` a button that says what it does. */
export function AttachButton({
  files,
  disabled = false,
  words = false,
  sx,
}: {
  files: Attaching;
  disabled?: boolean;
  words?: boolean;
  sx?: SxProps;
}) {
  const t = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  if (!files.may) return null;
  const full = files.items.length >= MOST;
  const off = disabled || files.waiting || full;
  const label = t('stoa.files.attach');
  const open = () => input.current?.click();
  return (
    <>
      {words ? (
        <Button data-attach startIcon={<AttachFileIcon />} onClick={open} disabled={off} sx={sx}>
          {label}
        </Button>
      ) : (
        <Tooltip title={full ? t('stoa.files.full', { most: MOST }) : t('stoa.files.attach_hint')}>
          <Box component="span" sx={sx}>
            <IconButton data-attach aria-label={label} onClick={open} disabled={off}>
              <AttachFileIcon fontSize="small" />
            </IconButton>
          </Box>
        </Tooltip>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={label}
        onChange={event => {
          files.add([...(event.target.files ?? [])]);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}
