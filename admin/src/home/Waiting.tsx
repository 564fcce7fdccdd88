// Tickets that no one of the staff has answered yet, the oldest first.
import { Box, Link as MuiLink, Skeleton } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyState, SectionCard } from '../components';
import { links } from './links';
import { ROW, TicketRows } from './TicketRows';
import type { Overview } from './useOverview';

const ROWS = 8;

/** The card of those who wait longest. */
export function Waiting({ overview }: { overview?: Overview }) {
  const t = useTranslate();
  const tickets = overview?.oldest_unanswered.slice(0, ROWS);
  const all = overview ? (
    <MuiLink component={Link} to={links.unanswered()} variant="body2">
      {t('stoa.home.waiting.all', { smart_count: overview.unanswered })}
    </MuiLink>
  ) : (
    <Skeleton width={50} />
  );
  return (
    <SectionCard title={t('stoa.home.waiting.title')} actions={all}>
      {tickets?.length === 0 ? (
        <Box sx={{ height: { md: ROWS * ROW }, display: 'grid', placeContent: 'center' }}>
          <EmptyState title={t('stoa.home.waiting.none')} body={t('stoa.home.waiting.none_body')} />
        </Box>
      ) : (
        <TicketRows
          tickets={tickets}
          rows={ROWS}
          time={ticket => ticket.created_at}
          marksLate
          label={t('stoa.home.waiting.title')}
        />
      )}
    </SectionCard>
  );
}
