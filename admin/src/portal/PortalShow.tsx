// One request of a client: where it stands, the conversation, and a field to answer.
import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Skeleton, Typography } from '@mui/material';
import { Title, useGetOne, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { ApiError } from '../api/client';
import { useMe } from '../api/me';
import { useMay } from '../api/permissions';
import { CategoryName, EmptyState, ErrorState, TimeAgo } from '../components';
import type { Ticket } from '../types';
import { Conversation } from './Conversation';
import { Copied } from './Copied';
import { Relations } from './Relations';
import { Reply } from './Reply';
import { StandingChip } from './StandingChip';
import { Subject } from './Subject';

/** The page of a request. */
export default function PortalShow() {
  const t = useTranslate();
  const me = useMe();
  const { id = '' } = useParams();
  const { data: ticket, error, refetch } = useGetOne<Ticket>('tickets', { id: decodeURIComponent(id) });
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <Box sx={{ pt: 0.5, width: '100%', maxWidth: 820, mx: 'auto' }}>
      <Title title={ticket ? t('stoa.portal.one', { reference: ticket.reference }) : t('stoa.portal.title')} />
      <Button component={Link} to="/tickets" startIcon={<ArrowBack />} sx={{ ml: -0.5 }}>
        {t('stoa.portal.show.back')}
      </Button>
      {missing ? (
        <EmptyState title={t('stoa.portal.show.missing')} body={t('stoa.portal.show.missing_body')} />
      ) : error && !ticket ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : ticket && me ? (
        <Request key={ticket.id} ticket={ticket} me={me.id} />
      ) : (
        <>
          <Skeleton width="70%" height={32} />
          <Skeleton width="40%" />
        </>
      )}
    </Box>
  );
}

function Request({ ticket, me }: { ticket: Ticket; me: string }) {
  const own = ticket.requester_id === me;
  const writable = own && !ticket.archived && !ticket.merged_into;
  // The subject is what the team found it by once they work on it.
  const untouched = ticket.status === 'new' || ticket.status === 'pending';
  const maySubject = useMay('tickets.subject', 'edit') && writable && untouched;
  const mayCopy = useMay('tickets.cc_ids', 'edit') && writable && ticket.status !== 'closed';
  return (
    <>
      <Subject ticket={ticket} mayChange={maySubject} />
      <About ticket={ticket} own={own} mayCopy={mayCopy} />
      <Relations ticket={ticket} />
      <Box sx={{ mt: 2 }}>
        <Conversation ticket={ticket} me={me} />
      </Box>
      {!ticket.merged_into && <Reply ticket={ticket} me={me} />}
    </>
  );
}

function About({ ticket, own, mayCopy }: { ticket: Ticket; own: boolean; mayCopy: boolean }) {
  const t = useTranslate();
  return (
    <Box sx={{ display: 'grid', gap: 0.75, my: 1, fontSize: '0.85rem', color: 'text.secondary' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <StandingChip status={ticket.status} />
        <span>
          {ticket.reference} · {t('stoa.portal.show.asked')} <TimeAgo value={ticket.created_at} />
          {ticket.category_id && (
            <>
              {' · '}
              <CategoryName id={ticket.category_id} />
            </>
          )}
          {!own && ` · ${t('stoa.portal.list.copied')}`}
        </span>
      </Box>
      {(mayCopy || ticket.cc_ids.length > 0) && (
        <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1 }}>
          <Typography variant="body2" component="span" sx={{ flexShrink: 0 }}>
            {t('stoa.portal.show.copied')}:
          </Typography>
          <Copied ticket={ticket} mayChange={mayCopy} />
        </Box>
      )}
    </Box>
  );
}
