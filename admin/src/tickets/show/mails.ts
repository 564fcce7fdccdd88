// The mails that went out about a ticket, for those who may see them.
import { useMemo } from 'react';
import { useGetList } from 'react-admin';
import { useMay } from '../../api/permissions';
import type { OutboundEmail } from '../../types';

/** As many as are looked at; the list of outgoing mail shows the rest. */
const MOST = 200;
/** How often it is asked for mails that are still to be sent, in milliseconds. */
const AGAIN = 5000;

/** The newest mails about a ticket; one request for all parts of the page. */
export function useTicketMails(ticketId: string) {
  const may = useMay('outbound_emails', 'list');
  const { data, total, error } = useGetList<OutboundEmail>(
    'outbound_emails',
    {
      filter: { ticket_id: ticketId },
      sort: { field: 'created_at', order: 'DESC' },
      pagination: { page: 1, perPage: MOST },
    },
    {
      enabled: may,
      staleTime: 10_000,
      refetchInterval: query => (query.state.data?.data.some(mail => mail.state === 'queued') ? AGAIN : false),
    }
  );
  return { may, mails: data, total, error };
}

/** Those that carry a message. */
export function useMessageMails(ticketId: string, messageId: string): OutboundEmail[] {
  const { mails } = useTicketMails(ticketId);
  return useMemo(() => (mails ?? []).filter(mail => mail.message_id === messageId), [mails, messageId]);
}
