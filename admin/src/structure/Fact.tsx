// A label and a value that cannot be changed.
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** What it is, and below it how it stands. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ py: 0.5, minWidth: 0, overflowWrap: 'anywhere' }}>
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
        {label}
      </Typography>
      <Box>{children}</Box>
    </Box>
  );
}
