// A state as a small label; its explanation is behind it.
import { Chip, Tooltip } from '@mui/material';

export type ChipColour = 'success' | 'warning' | 'error' | 'info' | 'default';

/** A label; `why` is shown to whoever points at it. */
export function SmallChip({ label, colour = 'default', why }: { label: string; colour?: ChipColour; why?: string }) {
  const chip = <Chip component="span" label={label} color={colour} variant="outlined" sx={{ height: 20 }} />;
  return why ? <Tooltip title={why}>{chip}</Tooltip> : chip;
}
