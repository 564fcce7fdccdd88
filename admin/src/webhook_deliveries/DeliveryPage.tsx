// One delivery: how it stands, what came back, and a way to send it once more.
import { Alert, Box, Card, Link, Stack, Typography } from '@mui/material';
import { useRedirect, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { SectionCard } from '../components';
import { eventKey } from '../integrations/events';
import { Fact } from '../structure/Fact';
import { Moment } from '../structure/Moment';
import { TicketRef, WebhookRef } from '../structure/Refs';
import { ShowPage } from '../structure/ShowPage';
import type { WebhookDelivery } from '../types';
import { Answer } from './Answer';
import { DeliveryStateChip } from './DeliveryStateChip';
import { EventName, NextTry } from './Parts';
import { ReplayAction } from './ReplayAction';
import { deliveryRefresh, deliveryStanding, type DeliveryStanding } from './standing';

const SEVERITY: Record<DeliveryStanding, 'info' | 'success' | 'warning' | 'error'> = {
  pending: 'info',
  retrying: 'warning',
  queued: 'info',
  delivered: 'success',
  failed: 'error',
  cancelled: 'info',
};

function State({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslate();
  const redirect = useRedirect();
  const word = (name: string) => t(`stoa.integrations.deliveries.${name}`);
  const standing = deliveryStanding(delivery);
  return (
    <Card sx={{ p: { xs: 1.5, sm: 2 } }}>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap', mb: 1.5 }}>
        <DeliveryStateChip delivery={delivery} />
        <Box sx={{ color: 'text.secondary' }}>
          {word('tries')}: {delivery.attempts}
        </Box>
      </Stack>
      <Alert severity={SEVERITY[standing]} sx={{ mb: 1.5 }}>
        {word(`told.${standing}`)}
        {delivery.state === 'pending' && (
          <Box>
            {word('next')}: <NextTry delivery={delivery} />
          </Box>
        )}
      </Alert>
      <Typography variant="h6" component="h2">
        {word('sections.answer')}
      </Typography>
      {delivery.attempts > 0 ? (
        <Answer delivery={delivery} />
      ) : (
        <Typography sx={{ color: 'text.secondary' }}>{delivery.error ?? word('none')}</Typography>
      )}
      <Box sx={{ mt: 2 }}>
        <ReplayAction
          delivery={delivery}
          onSent={sent => redirect('edit', 'webhook_deliveries', sent.id)}
        />
      </Box>
    </Card>
  );
}

function Facts({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslate();
  const fact = (name: string) => t(`stoa.integrations.deliveries.facts.${name}`);
  return (
    <SectionCard title={t('stoa.integrations.deliveries.sections.facts')}>
      <Fact label={t('stoa.integrations.deliveries.event')}>
        <EventName delivery={delivery} />
      </Fact>
      <Fact label={fact('webhook')}>
        <WebhookRef id={delivery.webhook_id} />
      </Fact>
      {delivery.ticket_id && (
        <Fact label={fact('ticket')}>
          <TicketRef id={delivery.ticket_id} />
        </Fact>
      )}
      <Moment label={fact('created')} value={delivery.created_at} />
      <Moment label={fact('finished')} value={delivery.finished_at} />
      <Fact label={fact('event_id')}>
        <code>{delivery.event_id}</code>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {fact('event_idHelp')}
        </Typography>
      </Fact>
      {delivery.replay_of && (
        <Fact label={t('stoa.integrations.deliveries.replayOf')}>
          <Link component={RouterLink} to={`/webhook_deliveries/${delivery.replay_of}`}>
            {t('stoa.integrations.deliveries.earlier')}
          </Link>
        </Fact>
      )}
    </SectionCard>
  );
}

/** Page of a delivery. */
export default function DeliveryPage() {
  const t = useTranslate();
  return (
    <ShowPage<WebhookDelivery>
      title={delivery => t(eventKey(delivery.event_type), { _: delivery.event_type })}
      refreshEvery={deliveryRefresh}
      render={delivery => <State delivery={delivery} />}
      aside={delivery => <Facts delivery={delivery} />}
    />
  );
}
