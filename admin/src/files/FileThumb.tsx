// A small picture of a file where it is one that can be shown, else the icon of its sort.
import { Box } from '@mui/material';
import { FileIcon } from './FileIcon';
import { usePicture, type PictureSource } from './usePicture';

/** A square. Decoration: the name stands beside it. */
export function FileThumb({ type, source, size }: { type: string; source?: PictureSource; size: number }) {
  const { url } = usePicture(source);
  const square = { width: size, height: size, borderRadius: 0.75, flexShrink: 0 } as const;
  if (url) return <Box component="img" src={url} alt="" sx={{ ...square, objectFit: 'cover', bgcolor: 'action.hover' }} />;
  return (
    <Box sx={{ ...square, display: 'grid', placeItems: 'center', bgcolor: 'action.hover', color: 'text.secondary' }}>
      <FileIcon type={type} sx={{ fontSize: size * 0.62 }} />
    </Box>
  );
}
