// A label with a value that is only read.
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** One line of what is known of a record. */
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
