// A tag as tickets show it.
import { Chip } from '@mui/material';
import { isColour, readableOn } from '../structure/colour';

/** A word on its colour, in black or white, whichever can be read. */
export function TagChip({ name, colour }: { name: string; colour: string | null | undefined }) {
  return (
    <Chip
      component="span"
      label={name}
      variant={isColour(colour) ? 'filled' : 'outlined'}
      sx={{ height: 20, ...(isColour(colour) ? { bgcolor: colour, color: readableOn(colour) } : {}) }}
    />
  );
}
