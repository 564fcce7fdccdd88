// The mails that belong to the ticket: how many went out and came in, with ways to them.
import { Box, Link, Typography } from '@mui/material';
import { useCreatePath, useGetList, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../../../api/permissions';
import { standingOf } from '../../../outbound_emails/state';
import type { InboundEmail } from '../../../types';
import { useTicketPage } from '../context';
import { useTicketMails } from '../mails';
import { Section } from './Section';

function useIncoming(ticketId: string) {
  const may = useMay('inbound_emails', 'list');
  const { total = 0 } = useGetList<InboundEmail>(
    'inbound_emails',
    { filter: { ticket_id: ticketId }, pagination: { page: 1, perPage: 1 } },
    { enabled: may, staleTime: 10_000 }
  );
  return { may, total };
}

/** Links to the lists; nothing for those who see neither. */
export function Mails() {
  const t = useTranslate();
  const createPath = useCreatePath();
  const { ticket } = useTicketPage();
  const out = useTicketMails(ticket.id);
  const incoming = useIncoming(ticket.id);
  if (!out.may && !incoming.may) return null;
  const count = out.total ?? out.mails?.length ?? 0;
  const lost = (out.mails ?? []).filter(mail => ['failed', 'bounced'].includes(standingOf(mail))).length;
  const filter = encodeURIComponent(JSON.stringify({ ticket_id: ticket.id }));
  const list = (resource: string) => `${createPath({ resource, type: 'list' })}?filter=${filter}`;
  return (
    <Section title={t('stoa.mail.ticket.title')}>
      {count > 0 && (
        <Box>
          <Link component={RouterLink} to={list('outbound_emails')} variant="body2">
            {t('stoa.mail.ticket.outgoing', { smart_count: count })}
          </Link>
        </Box>
      )}
      {lost > 0 && (
        <Typography variant="body2" sx={{ color: 'error.main' }}>
          {t('stoa.mail.ticket.failed', { smart_count: lost })}
        </Typography>
      )}
      {incoming.total > 0 && (
        <Box>
          <Link component={RouterLink} to={list('inbound_emails')} variant="body2">
            {t('stoa.mail.ticket.incoming', { smart_count: incoming.total })}
          </Link>
        </Box>
      )}
      {count === 0 && incoming.total === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('stoa.mail.ticket.none')}
        </Typography>
      )}
    </Section>
  );
}
