// What the list shows: its tickets, their shape while they are on their way, or why there are none.
import AddIcon from '@mui/icons-material/Add';
import { Box, Button } from '@mui/material';
import { useCreatePath, useListContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { ApiError } from '../../api/client';
import { useMay } from '../../api/permissions';
import { EmptyState, ErrorState } from '../../components';
import type { Ticket } from '../../types';
import { CardsSkeleton, TableSkeleton } from './ListSkeleton';
import { TicketCards } from './TicketCards';
import { TicketTable } from './TicketTable';
import { useViews } from './ViewsContext';

function ViewButton({ id, label }: { id: string; label: string }) {
  const t = useTranslate();
  const { builtIn, href } = useViews();
  const view = builtIn.find(one => one.id === id);
  return view ? (
    <Button variant="outlined" component={Link} to={href(view)}>
      {t(label)}
    </Button>
  ) : null;
}

/** Codes that say that the list cannot be filtered or sorted so. */
const REFUSED = [
  'filter_not_allowed',
  'filter_not_indexed',
  'sort_not_allowed',
  'validation_failed',
  'invalid_parameter',
];
/** Views with a text of their own for having nothing to show. */
const OWN_TEXT = ['mine', 'unassigned', 'new', 'solved', 'archived', 'trash'];

function Empty() {
  const t = useTranslate();
  const createPath = useCreatePath();
  const mayCreate = useMay('tickets', 'create');
  const { filterValues } = useListContext<Ticket>();
  const { current, changed } = useViews();
  const bare = Object.keys(filterValues).length === 0 && !current?.trash;

  if (bare) {
    return (
      <EmptyState
        title={t('stoa.tickets.state.none')}
        body={t(`stoa.tickets.state.${mayCreate ? 'none_body' : 'none_may_not'}`)}
        action={
          mayCreate && (
            <Button
              variant="contained"
              startIcon={<AddIcon />}
              component={Link}
              to={createPath({ resource: 'tickets', type: 'create' })}
            >
              {t('stoa.tickets.state.first')}
            </Button>
          )
        }
      />
    );
  }
  if (!current || changed) {
    return (
      <EmptyState
        title={t('stoa.tickets.state.no_match')}
        body={t(`stoa.tickets.state.no_match_${filterValues.q ? 'words' : 'body'}`)}
        action={<ViewButton id="all" label="stoa.tickets.filter.clear" />}
      />
    );
  }
  const mine = current.id === 'mine';
  const title = OWN_TEXT.includes(current.id) ? `empty_${current.id}` : 'empty_view';
  return (
    <EmptyState
      title={t(`stoa.tickets.state.${title}`)}
      body={t(`stoa.tickets.state.${mine ? 'empty_mine_body' : 'empty_body'}`)}
      action={
        mine ? (
          <ViewButton id="unassigned" label="stoa.tickets.state.see_unassigned" />
        ) : (
          <ViewButton id="all" label="stoa.tickets.state.see_all" />
        )
      }
    />
  );
}

/** The list itself. */
export function ListBody({ phone, selecting }: { phone: boolean; selecting: boolean }) {
  const t = useTranslate();
  const { data, isPending, error, refetch } = useListContext<Ticket, Error>();
  const retry = () => void refetch();

  if (!data && error) {
    // An address made by hand, or a saved view from another time.
    return error instanceof ApiError && REFUSED.includes(error.code) ? (
      <EmptyState
        title={t('stoa.tickets.state.refused')}
        body={t('stoa.tickets.state.refused_body')}
        action={<ViewButton id="all" label="stoa.tickets.filter.clear" />}
      />
    ) : (
      <ErrorState error={error} onRetry={retry} />
    );
  }
  if (isPending || !data) return phone ? <CardsSkeleton /> : <TableSkeleton />;
  if (data.length === 0) return <Empty />;
  return phone ? <TicketCards selecting={selecting} /> : <TicketTable />;
}

/** Tells, beside the pages, that the list could not be refreshed. */
export function StaleNotice() {
  const t = useTranslate();
  const { data, error, refetch } = useListContext<Ticket, Error>();
  if (!data || !error) return null;
  return (
    <Box
      role="alert"
      sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 1.5, mr: 'auto', color: 'warning.main' }}
    >
      {t('stoa.tickets.state.stale')}
      <Button color="inherit" onClick={() => void refetch()}>
        {t('stoa.common.retry')}
      </Button>
    </Box>
  );
}
