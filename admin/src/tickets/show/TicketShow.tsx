// The page of one ticket, where the staff answers it.
import { Box, Button } from '@mui/material';
import { useEffect } from 'react';
import { ResourceContextProvider, Title, useCreatePath, useTranslate } from 'react-admin';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { useMe } from '../../api/me';
import { EmptyState, ErrorState } from '../../components';
import { TicketBody } from './TicketBody';
import { TicketSkeleton } from './TicketSkeleton';
import { useRoom } from './useRoom';
import { useTicket } from './useTicket';

function Absent() {
  const t = useTranslate();
  const createPath = useCreatePath();
  return (
    <>
      <Title title="stoa.ticket.absent.short" />
      <EmptyState
        title={t('stoa.ticket.absent.title')}
        body={t('stoa.ticket.absent.body')}
        action={
          <Button component={Link} to={createPath({ resource: 'tickets', type: 'list' })} variant="contained">
            {t('stoa.ticket.header.list')}
          </Button>
        }
      />
    </>
  );
}

function Content({ id, wide }: { id: string; wide: boolean }) {
  const me = useMe();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const { ticket, error, absent, isPending, refetch } = useTicket(id);
  const known = ticket?.id;
  useEffect(() => {
    // An address may name the number; all else goes by the id.
    if (!known || known === id) return;
    navigate(createPath({ resource: 'tickets', type: 'show', id: known }), { replace: true });
  }, [known, id, navigate, createPath]);

  if (isPending || (ticket && (!me || known !== id))) return <TicketSkeleton wide={wide} />;
  if (ticket && me) return <TicketBody ticket={ticket} me={me} wide={wide} />;
  if (absent) return <Absent />;
  return <ErrorState error={error} onRetry={() => void refetch()} />;
}

/** The page at `/tickets/:id/show`. It fills the window: only its panes scroll. */
export default function TicketShow() {
  const { id = '' } = useParams();
  const { box, top, wide } = useRoom();
  return (
    <ResourceContextProvider value="tickets">
      <Box
        ref={box}
        sx={{
          display: 'flex',
          flexDirection: 'column',
          height: `calc(100dvh - ${top}px)`,
          minHeight: 320,
          // The page has no margins of its own frame: the panes reach to the edges.
          mx: { xs: -1, sm: -2 },
          mb: -2,
          bgcolor: 'background.default',
        }}
      >
        <Content key={id} id={id} wide={wide} />
      </Box>
    </ResourceContextProvider>
  );
}
