// A property as plain text: for those who may not change it, and for what nobody changes by hand.
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** Name and value side by side; one entry of a description list. */
export function ReadField({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '112px minmax(0, 1fr)', columnGap: 1, py: 0.25 }}>
      <Typography component="dt" variant="body2" color="textSecondary">
        {label}
      </Typography>
      <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: 'anywhere', minWidth: 0 }}>
        {children}
      </Typography>
    </Box>
  );
}
