// Sends a test to a webhook and shows what its receiver answers.
import SendIcon from '@mui/icons-material/SendOutlined';
import { Alert, Box, Button, CircularProgress, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useGetOne, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { SectionCard, useNow } from '../components';
import { useAct } from '../structure/useAct';
import type { Webhook, WebhookDelivery } from '../types';
import { Answer } from '../webhook_deliveries/Answer';
import { DeliveryStateChip } from '../webhook_deliveries/DeliveryStateChip';

/** Milliseconds between two looks while the answer is awaited. */
const LOOK = 1_000;
/** After this time, in milliseconds, something is said of why it takes so long. */
const LATE = 20_000;

function Result({ sent }: { sent: WebhookDelivery }) {
  const t = useTranslate();
  const { data } = useGetOne<WebhookDelivery>(
    'webhook_deliveries',
    { id: sent.id },
    { refetchInterval: query => (query.state.data?.state === 'pending' ? LOOK : false) }
  );
  const now = useNow();
  const delivery = data ?? sent;
  const settled = delivery.state !== 'pending';
  const client = useQueryClient();
  // The list beside it knows it as waiting.
  useEffect(() => {
    if (settled) void client.invalidateQueries({ queryKey: ['webhook_deliveries', 'getList'] });
  }, [settled, client]);
  if (!settled) {
    const late = now - new Date(sent.created_at).getTime() > LATE;
    return (
      <Stack direction="row" role="status" sx={{ gap: 1, mt: 1.5, alignItems: 'center' }}>
        <CircularProgress size={16} />
        <Typography variant="body2">{t(`stoa.integrations.test.${late ? 'late' : 'sending'}`)}</Typography>
      </Stack>
    );
  }
  return (
    <Box role="status" sx={{ mt: 1.5 }}>
      <DeliveryStateChip delivery={delivery} />
      <Answer delivery={delivery} />
    </Box>
  );
}

/** A button, and below it what came of the last test. */
export function TestPanel({ hook }: { hook: Webhook }) {
  const t = useTranslate();
  const may = useMay('webhooks', 'edit');
  const [sent, setSent] = useState<WebhookDelivery>();
  const { run, busy, refusal } = useAct<WebhookDelivery>('webhooks', hook.id);
  if (!may) return null;
  const send = async () => setSent(await run('test'));
  return (
    <SectionCard title={t('stoa.integrations.test.title')}>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1.5 }}>
        {t('stoa.integrations.webhooks.testBody')}
      </Typography>
      <Button variant="outlined" startIcon={<SendIcon />} disabled={busy} onClick={() => void send()}>
        {t('stoa.integrations.test.action')}
      </Button>
      {refusal && (
        <Alert severity="error" sx={{ mt: 1.5 }}>
          {refusal}
        </Alert>
      )}
      {sent && <Result key={sent.id} sent={sent} />}
    </SectionCard>
  );
}
