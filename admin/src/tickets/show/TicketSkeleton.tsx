// The shape of the page while the ticket is on its way: what comes takes the same places.
import { Box, Skeleton, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Grey places for head, conversation, composer and properties. */
export function TicketSkeleton({ wide }: { wide: boolean }) {
  const t = useTranslate();
  return (
    <Box
      role="status"
      aria-label={t('ra.page.loading')}
      sx={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}
    >
      <Box sx={{ borderBottom: 1, borderColor: 'divider', px: 2, py: 1, height: 69, flexShrink: 0 }}>
        <Skeleton width="50%" height={28} />
        <Skeleton width="35%" />
      </Box>
      <Box sx={{ display: 'flex', flex: 1, minHeight: 0 }}>
        <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
          <Stack sx={{ gap: 1.5, flex: 1, p: 2, justifyContent: 'flex-end', overflow: 'hidden' }}>
            <Skeleton variant="rounded" height={90} sx={{ mr: 5 }} />
            <Skeleton variant="rounded" height={120} sx={{ ml: 5 }} />
            <Skeleton variant="rounded" height={70} sx={{ mr: 5 }} />
          </Stack>
          <Box sx={{ borderTop: 2, borderColor: 'divider', p: 2, height: 140 }}>
            <Skeleton variant="rounded" height={70} />
          </Box>
        </Box>
        {wide && (
          <Stack sx={{ gap: 1.5, width: 330, borderLeft: 1, borderColor: 'divider', p: 1.5, pt: 6 }}>
            {Array.from({ length: 7 }, (_, at) => (
              <Skeleton key={at} variant="rounded" height={36} />
            ))}
          </Stack>
        )}
      </Box>
    </Box>
  );
}
