// Parts of a delivery that list and page show alike: event and next try.
import { Box, Chip } from '@mui/material';
import { useTranslate } from 'react-admin';
import { TimeNear } from '../components';
import { eventKey } from '../integrations/events';
import type { WebhookDelivery } from '../types';
import { deliveryStanding } from './standing';

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
