// The message that a mail became, as it stands in its ticket.
import { Skeleton, Typography } from '@mui/material';
import { useGetOne, useTranslate } from 'react-admin';
import { SectionCard } from '../components';
import { Attachments } from '../files/Attachments';
import { MessageBody } from '../tickets/show/conversation/MessageBody';
import type { TicketMessage } from '../types';

/** Its text and files. */
export function MailMessage({ ticketId, messageId }: { ticketId: string; messageId: string }) {
  const t = useTranslate();
  const { data, isPending } = useGetOne<TicketMessage>(
    'ticket_messages',
    { id: messageId, meta: { ticket_id: ticketId } },
    { retry: false }
  );
  return (
    <SectionCard title={t('stoa.mail.inbound.says')}>
      {isPending ? (
        <Skeleton variant="rounded" height={90} />
      ) : !data || data.redacted_at ? (
        <Typography sx={{ color: 'text.secondary' }}>{t('stoa.mail.inbound.hidden')}</Typography>
      ) : (
        <>
          <MessageBody body={data.full_body ?? data.body} html={data.full_body ? null : data.body_html} />
          <Attachments message={data} />
        </>
      )}
    </SectionCard>
  );
}
