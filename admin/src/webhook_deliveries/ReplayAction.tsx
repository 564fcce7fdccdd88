// Sends an event to its webhook once more, after a question.
import { Alert, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useGetManyAggregate, useNotify, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { ConfirmDialog } from '../components';
import { useHold } from '../structure/hold';
import { useAct } from '../structure/useAct';
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
  const notify = useNotify();
  const may = useMay('webhook_deliveries', 'replay');
  const [asking, setAsking] = useState(false);
  useHold(asking);
  const { run, busy, refusal, forget } = useAct<WebhookDelivery>('webhook_deliveries', delivery.id);
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
  const confirm = async () => {
    const sent = await run('replay');
    if (!sent) return;
    setAsking(false);
    notify(word('done'), { type: 'success' });
    onSent?.(sent);
  };
  return (
    // The row around opens the delivery; clicks here do not.
    <span onClick={event => event.stopPropagation()} role="presentation">
      <Button
        variant={compact ? 'text' : 'outlined'}
        sx={compact ? { py: 0 } : undefined}
        onClick={() => {
          forget();
          setAsking(true);
        }}
      >
        {word('action')}
      </Button>
      <ConfirmDialog
        open={asking}
        busy={busy}
        title={word('title')}
        confirmLabel={word('action')}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <Typography>{word('body')}</Typography>
        {refusal && (
          <Alert severity="error" sx={{ mt: 2 }}>
            {refusal}
          </Alert>
        )}
      </ConfirmDialog>
    </span>
  );
}
