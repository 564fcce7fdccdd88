// Who else is on the ticket: colleagues who look at it, and those who are writing.
import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { PersonAvatar } from '../../../components';
import type { Present } from './usePresence';

/** Most pictures side by side. */
const MOST = 4;

/** A line above the composer; it takes no room when nobody is there. */
export function PresenceLine({ others }: { others: Present[] }) {
  const t = useTranslate();
  const writers = others.filter(one => one.activity === 'writing');
  const shown = writers.length > 0 ? writers : others;
  const names = shown.map(one => one.user_name).join(', ');
  const what = writers.length > 0 ? 'writing' : 'viewing';
  return (
    <Box aria-live="polite">
      {shown.length > 0 && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: { xs: 1, sm: 2 }, py: 0.5 }}>
          <Box sx={{ display: 'flex', gap: 0.5 }}>
            {shown.slice(0, MOST).map(one => (
              <PersonAvatar key={one.user_id} name={one.user_name} size={20} />
            ))}
          </Box>
          <Typography
            variant="caption"
            sx={{
              color: writers.length > 0 ? 'warning.main' : 'text.secondary',
              fontWeight: writers.length > 0 ? 600 : 400,
            }}
          >
            {t(`stoa.ticket.presence.${what}`, { names, smart_count: shown.length })}
          </Typography>
        </Box>
      )}
    </Box>
  );
}
