// A place for a filter beside the search: as wide as it needs, half a line on phones.
import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** Holds one filter. */
export function FilterSlot({ width, children }: { width: number; children: ReactNode }) {
  return (
    <Box
      sx={{
        width: { xs: 'calc(50% - 4px)', sm: width },
        '& .MuiFormControl-root, & .MuiAutocomplete-root': { minWidth: 0, width: '100%', bgcolor: 'background.paper' },
      }}
    >
      {children}
    </Box>
  );
}
