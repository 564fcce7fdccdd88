// When what happened to the ticket, how it came in, and its name elsewhere.
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { TimeAgo } from '../../../components';
import type { Ticket } from '../../../types';
import { useTicketPage } from '../context';
import { ReadField } from './ReadField';
import { Section } from './Section';

const TIMES = [
  'created_at',
  'first_assigned_at',
  'first_responded_at',
  'last_client_message_at',
  'last_staff_message_at',
  'solved_at',
  'reopened_at',
  'closed_at',
  'archived_at',
] as const satisfies readonly (keyof Ticket)[];

/** What nobody changes by hand. */
export function Facts() {
  const t = useTranslate();
  const { ticket } = useTicketPage();
  const name = (field: keyof Ticket) => t(`resources.tickets.fields.${field}`);
  return (
    <Section title={t('stoa.ticket.facts.title')}>
      <Box component="dl" sx={{ m: 0 }}>
        <ReadField label={name('channel')}>{t(`stoa.common.channel.${ticket.channel}`)}</ReadField>
        {ticket.external_id && <ReadField label={name('external_id')}>{ticket.external_id}</ReadField>}
        {TIMES.filter(field => ticket[field]).map(field => (
          <ReadField key={field} label={t(`stoa.ticket.facts.${field}`)}>
            <TimeAgo value={ticket[field]} />
          </ReadField>
        ))}
        {ticket.reopen_count > 0 && <ReadField label={name('reopen_count')}>{ticket.reopen_count}</ReadField>}
        {ticket.is_spam && <ReadField label={name('is_spam')}>{t('ra.boolean.true')}</ReadField>}
      </Box>
    </Section>
  );
}
