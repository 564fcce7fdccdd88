// A key as far as it may be seen.
import { Box } from '@mui/material';
import { MONO } from '../theme';
import type { ApiKey } from '../types';
import { masked } from './status';

/** Begin and end of the key. */
export function KeyText({ apiKey }: { apiKey: ApiKey }) {
  return (
    <Box component="code" sx={{ fontFamily: MONO, fontSize: '0.85rem', whiteSpace: 'nowrap' }}>
      {masked(apiKey)}
    </Box>
  );
}
