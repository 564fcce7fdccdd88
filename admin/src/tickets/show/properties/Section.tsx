// A titled part of the pane of details.
import { Box, Stack, Typography } from '@mui/material';
import { useId, type ReactNode } from 'react';

/** Heading, what can be done about it, content. */
export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} sx={{ borderTop: 1, borderColor: 'divider', pt: 1.25, mt: 1.75 }}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', minHeight: 28, mb: 0.25 }}>
        <Typography id={id} variant="subtitle2" component="h3">
          {title}
        </Typography>
        {action}
      </Stack>
      {children}
    </Box>
  );
}
