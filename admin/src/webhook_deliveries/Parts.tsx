// Parts of a delivery that list and page show alike: webhook, ticket, event, next try.
import { Box, Chip, Link } from '@mui/material';
import { useGetManyAggregate, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { TimeNear } from '../components';
import { eventKey } from '../integrations/events';
import type { Ticket, Webhook, WebhookDelivery } from '../types';
import { deliveryStanding } from './standing';

/** Which webhook, with a way to it. */
export function WebhookName({ id }: { id: string }) {
  const t = useTranslate();
  const { data, isPending } = useGetManyAggregate<Webhook>('webhooks', { ids: [id] });
  const hook = data?.[0];
  if (isPending) return <>…</>;
  if (!hook) {
    return <Box sx={{ color: 'text.secondary' }}>{t('stoa.integrations.deliveries.unknown')}</Box>;
  }
  return (
    <Link
      component={RouterLink}
      to={`/webhooks/${id}`}
      onClick={event => event.stopPropagation()}
      underline="hover"
      color="text.primary"
    >
      {hook.name}
    </Link>
  );
}

/** Which ticket, with a way to it; `whole` with its subject. */
export function TicketName({ id, whole = false }: { id: string | null; whole?: boolean }) {
  const t = useTranslate();
  const { data, isPending } = useGetManyAggregate<Ticket>(
    'tickets',
    { ids: id ? [id] : [] },
    { enabled: Boolean(id) }
  );
  const ticket = data?.[0];
  if (!id) return <>–</>;
  if (isPending) return <>…</>;
  if (!ticket) return <Box sx={{ color: 'text.secondary' }}>{t('stoa.common.removed')}</Box>;
  return (
    <Link
      component={RouterLink}
      to={`/tickets/${id}/show`}
      onClick={event => event.stopPropagation()}
      underline="hover"
      color="text.primary"
      title={ticket.subject}
      sx={{ whiteSpace: whole ? undefined : 'nowrap' }}
    >
      {whole ? `${ticket.reference} ${ticket.subject}` : ticket.reference}
    </Link>
  );
}

/** What happened, and whether it was sent before. */
export function EventName({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslate();
  return (
    <Box component="span" title={delivery.event_type} sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center' }}>
      <span>{t(eventKey(delivery.event_type), { _: delivery.event_type })}</span>
      {delivery.replay_of && (
        <Chip
          component="span"
          label={t('stoa.integrations.deliveries.replayed')}
          variant="outlined"
          sx={{ height: 20 }}
        />
      )}
    </Box>
  );
}

/** When it is tried next. */
export function NextTry({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslate();
  if (delivery.state !== 'pending') return <>–</>;
  if (deliveryStanding(delivery) === 'queued') {
    return <Box sx={{ color: 'text.secondary' }}>{t('stoa.integrations.deliveries.behind')}</Box>;
  }
  return <TimeNear value={delivery.next_at} past={t('stoa.integrations.deliveries.due')} />;
}
