// What mails name: tickets and mailboxes, with ways to them.
import { Box, Link, Skeleton } from '@mui/material';
import { useCreatePath, useGetManyAggregate, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import type { Mailbox, Ticket } from '../types';

/** A ticket by reference and, where there is room, subject. */
export function TicketRef({ id, short = false }: { id: string | null | undefined; short?: boolean }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const opens = useMay('tickets', 'show');
  const { data, isPending } = useGetManyAggregate<Ticket>(
    'tickets',
    { ids: id ? [id] : [] },
    { enabled: Boolean(id) && opens }
  );
  if (!id) return <>–</>;
  if (opens && isPending) return <Skeleton variant="text" width={short ? 50 : 140} sx={{ display: 'inline-block' }} />;
  const ticket = data?.[0];
  if (!ticket) return <Box component="span" sx={{ color: 'text.secondary' }}>{t('stoa.mail.ticketGone')}</Box>;
  return (
    <Link
      component={RouterLink}
      to={createPath({ resource: 'tickets', type: 'show', id })}
      onClick={event => event.stopPropagation()}
      title={ticket.subject}
      sx={short ? { whiteSpace: 'nowrap' } : undefined}
    >
      {short ? ticket.reference : `${ticket.reference} ${ticket.subject}`}
    </Link>
  );
}

/** A mailbox by its address. */
export function MailboxRef({ id, link = true }: { id: string | null | undefined; link?: boolean }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const sees = useMay('mailboxes', 'show');
  const { data, isPending } = useGetManyAggregate<Mailbox>(
    'mailboxes',
    { ids: id ? [id] : [] },
    { enabled: Boolean(id) && sees }
  );
  if (!id) return <>{t('stoa.mail.platform')}</>;
  if (sees && isPending) return <Skeleton variant="text" width={120} sx={{ display: 'inline-block' }} />;
  const mailbox = data?.[0];
  if (!mailbox) return <Box component="span" sx={{ color: 'text.secondary' }}>{t('stoa.mail.mailboxGone')}</Box>;
  if (!link) return <>{mailbox.address}</>;
  return (
    <Link
      component={RouterLink}
      to={createPath({ resource: 'mailboxes', type: 'edit', id })}
      onClick={event => event.stopPropagation()}
      sx={{ overflowWrap: 'anywhere' }}
    >
      {mailbox.address}
    </Link>
  );
}
