// Sends an event to its webhook once more, after a question.
import { Typography } from '@mui/material';
import { useGetManyAggregate, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { ActButton } from '../structure/ActButton';
import type { Webhook, WebhookDelivery } from '../types';
import { canReplay } from './standing';

/** A button with its question; nothing while the delivery is under way. `onSent` takes the new delivery. */
export function ReplayAction({
  delivery,
  compact = false,
  onSent,
}: {
  delivery: WebhookDelivery;
  compact?: boolean;
  onSent?: (sent: WebhookDelivery) => void;
}) {
  const t = useTranslate();
  const may = useMay('webhook_deliveries', 'replay');
  const { data, isPending } = useGetManyAggregate<Webhook>('webhooks', { ids: [delivery.webhook_id] });
  const word = (name: string) => t(`stoa.integrations.deliveries.replay.${name}`);
  if (!may || !canReplay(delivery)) return null;
  // Nothing goes to a webhook that is off; the server would refuse.
  if (!isPending && !data?.[0]?.is_active) {
    return compact ? null : (
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {word('off')}
      </Typography>
    );
  }
  return (
    <ActButton
      resource="webhook_deliveries"
      id={delivery.id}
      action="replay"
      label={word('action')}
      title={word('title')}
      done={word('done')}
      onDone={sent => onSent?.(sent as WebhookDelivery)}
      {...(compact ? { variant: 'text', sx: { py: 0 } } : {})}
    >
      {word('body')}
    </ActButton>
  );
}
