// Takes files that are dropped anywhere on the page or pasted into what is inside, and says where they go.
import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Box, type SxProps, type Theme } from '@mui/material';
import { useEffect, useEffectEvent, useState, type ClipboardEvent, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { Attaching } from './useAttaching';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Whether files are being dragged over the page; a drop gives them to `onDrop`. */
function useDrop(enabled: boolean, onDrop: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const drop = useEffectEvent(onDrop);
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (carriesFiles(event)) setOver(enabled);
    };
    // Each element that is left tells so; nothing comes after it where the page is left.
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    // Without this the browser would leave the page and open the file.
    const hover = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = enabled ? 'copy' : 'none';
    };
    const land = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (enabled) drop([...(event.dataTransfer?.files ?? [])]);
    };
    const all = { dragenter: enter, dragleave: leave, dragover: hover, drop: land };
    const entries = Object.entries(all) as [keyof typeof all, (event: DragEvent) => void][];
    for (const [name, listener] of entries) window.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of entries) window.removeEventListener(name, listener);
    };
  }, [enabled]);
  return over && enabled;
}

/** The part of a page to which files are added. `hint` says to what. */
export function DropZone({
  files,
  hint,
  disabled = false,
  sx,
  children,
}: {
  files: Attaching;
  hint?: string;
  disabled?: boolean;
  sx?: SxProps<Theme>;
  children: ReactNode;
}) {
  const t = useTranslate();
  const enabled = files.may && !disabled && !files.waiting;
  const over = useDrop(enabled, dropped => files.add(dropped));
  const paste = (event: ClipboardEvent) => {
    const { files: pasted, types } = event.clipboardData;
    // Texts from office programs bring a picture of themselves along.
    if (!enabled || pasted.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    files.add([...pasted], true);
  };
  return (
    <Box data-files onPaste={paste} sx={[{ position: 'relative' }, ...(Array.isArray(sx) ? sx : [sx])]}>
      {children}
      {over && (
        <Box
          sx={{
            position: 'absolute',
            inset: 2,
            zIndex: 3,
            display: 'flex',
            alignItems: 'center',
            justifyContent: 'center',
            gap: 1,
            border: 2,
            borderStyle: 'dashed',
            borderColor: 'primary.main',
            borderRadius: 1,
            bgcolor: 'background.paper',
            opacity: 0.94,
            fontWeight: 600,
            pointerEvents: 'none',
          }}
        >
          <UploadIcon color="primary" />
          {hint ?? t('stoa.files.drop')}
        </Box>
      )}
    </Box>
  );
}
