// What the person has to do: the own unsolved tickets, those longest untouched first.
import { Box, Button, Link as MuiLink, Skeleton, Typography } from '@mui/material';
import { useGetList, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Me } from '../api/me';
import { EmptyState, ErrorState, SectionCard } from '../components';
import type { Ticket } from '../types';
import { filters, links } from './links';
import { ROW, TicketRows } from './TicketRows';
import type { Overview } from './useOverview';

const ROWS = 8;

/** The card of the own work; its numbers come with the overview where there is one. */
export function MyWork({ me, overview, withNumbers }: { me: Me; overview?: Overview; withNumbers: boolean }) {
  const t = useTranslate();
  const { data, error, refetch } = useGetList<Ticket>('tickets', {
    filter: filters.mine(me.id),
    sort: { field: 'updated_at', order: 'ASC' },
    pagination: { page: 1, perPage: ROWS },
  });
  return (
    <SectionCard
      title={t('stoa.home.mine.title')}
      actions={<Numbers me={me} mine={overview?.mine} show={withNumbers} />}
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data?.length === 0 ? (
        <Box sx={{ height: { md: ROWS * ROW }, display: 'grid', placeContent: 'center' }}>
          <EmptyState
            title={t('stoa.home.mine.none')}
            body={t('stoa.home.mine.none_body')}
            action={
              <Button component={Link} to={links.unassigned()}>
                {t('stoa.home.mine.take')}
              </Button>
            }
          />
        </Box>
      ) : (
        <TicketRows
          tickets={data}
          rows={ROWS}
          time={ticket => ticket.updated_at}
          label={t('stoa.home.mine.title')}
        />
      )}
    </SectionCard>
  );
}

function Numbers({ me, mine, show }: { me: Me; mine?: Overview['mine']; show: boolean }) {
  const t = useTranslate();
  if (!show) {
    return (
      <MuiLink component={Link} to={links.mine(me.id)} variant="body2">
        {t('stoa.home.mine.all')}
      </MuiLink>
    );
  }
  if (!mine) return <Skeleton width={110} />;
  return (
    <Typography variant="body2" component="span" sx={{ display: 'flex', gap: 1.5 }}>
      <MuiLink component={Link} to={links.mine(me.id)}>
        {t('stoa.home.mine.unsolved', { smart_count: mine.open })}
      </MuiLink>
      <MuiLink component={Link} to={links.minePending(me.id)}>
        {t('stoa.home.mine.pending', { smart_count: mine.pending })}
      </MuiLink>
    </Typography>
  );
}
