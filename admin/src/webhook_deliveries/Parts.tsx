// Parts of a delivery that list and page show alike: webhook, ticket, event, next try.
import { Box, Chip, Link } from '@mui/material';
import type { ReactNode } from 'react';
import { useGetManyAggregate, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { TimeNear } from '../components';
import { eventKey } from '../integrations/events';
import type { Ticket, Webhook, WebhookDelivery } from '../types';
import { deliveryStanding } from './standing';

/** How a name leads to its record: as text in cards, which are links themselves, quietly in tables, plainly elsewhere. */
type Way = 'text' | 'quiet' | 'link';

function To({ path, way, title, children }: { path: string; way: Way; title?: string; children: ReactNode }) {
  if (way === 'text') return <>{children}</>;
  const quiet = way === 'quiet';
  return (
    <Link
      component={RouterLink}
      to={path}
      title={title}
      onClick={event => event.stopPropagation()}
      underline={quiet ? 'hover' : 'always'}
      color={quiet ? 'text.primary' : 'primary'}
    >
      {children}
    </Link>
  );
}

function Gone({ children }: { children: string }) {
  return (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {children}
    </Box>
  );
}

/** Which webhook. */
export function WebhookName({ id, way = 'quiet' }: { id: string; way?: Way }) {
  const t = useTranslate();
  const { data, isPending } = useGetManyAggregate<Webhook>('webhooks', { ids: [id] });
  const hook = data?.[0];
  if (isPending) return <>…</>;
  if (!hook) return <Gone>{t('stoa.integrations.deliveries.unknown')}</Gone>;
  return (
    <To path={`/webhooks/${id}`} way={way}>
      {hook.name}
    </To>
  );
}

/** Which ticket; with its subject where it is a plain link. */
export function TicketName({ id, way = 'quiet' }: { id: string | null; way?: Way }) {
  const t = useTranslate();
  const { data, isPending } = useGetManyAggregate<Ticket>(
    'tickets',
    { ids: id ? [id] : [] },
    { enabled: Boolean(id) }
  );
  const ticket = data?.[0];
  if (!id) return <>–</>;
  if (isPending) return <>…</>;
  if (!ticket) return <Gone>{t('stoa.common.removed')}</Gone>;
  return (
    <To path={`/tickets/${id}/show`} way={way} title={ticket.subject}>
      {way === 'link' ? `${ticket.reference} ${ticket.subject}` : ticket.reference}
    </To>
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
