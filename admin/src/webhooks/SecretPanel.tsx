// The secret of a webhook: sealed since it was shown, and changed without losing an event.
import { Alert, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { ConfirmDialog, SectionCard, formatDateTime } from '../components';
import { useAct } from '../structure/useAct';
import type { RotatedSecret, Webhook } from '../types';
import { FreshWebhookSecret } from './FreshWebhookSecret';
import { overlapOf } from './overlap';

/** What the secret is for, and how it is changed. */
export function SecretPanel({ hook }: { hook: Webhook }) {
  const t = useTranslate();
  const may = useMay('webhooks', 'edit');
  const [asking, setAsking] = useState(false);
  const [fresh, setFresh] = useState<RotatedSecret>();
  const { run, busy, refusal, forget } = useAct<RotatedSecret>('webhooks', hook.id);
  const word = (name: string, values?: object) => t(`stoa.integrations.webhooks.secret.${name}`, values);
  const overlap = overlapOf(hook, Date.now());
  const confirm = async () => {
    const answer = await run('rotate_secret');
    if (!answer) return;
    setAsking(false);
    setFresh(answer);
  };
  return (
    <SectionCard title={word('title')}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {word('body')}
      </Typography>
      {overlap && (
        <Alert severity="info" sx={{ mt: 1 }}>
          {word('overlap', { when: formatDateTime(overlap) })}
        </Alert>
      )}
      {may && (
        <Button
          variant="outlined"
          sx={{ mt: 1.5 }}
          onClick={() => {
            forget();
            setAsking(true);
          }}
        >
          {word('rotate')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        busy={busy}
        title={word('rotateTitle', { name: hook.name })}
        confirmLabel={word('rotate')}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <Typography>{word('rotateBody')}</Typography>
        {overlap && (
          <Alert severity="warning" sx={{ mt: 2 }}>
            {word('rotateAgain', { when: formatDateTime(overlap) })}
          </Alert>
        )}
        {refusal && (
          <Alert severity="error" sx={{ mt: 2 }}>
            {refusal}
          </Alert>
        )}
      </ConfirmDialog>
      {fresh && (
        <FreshWebhookSecret
          title={word('rotatedTitle', { name: hook.name })}
          body={word('rotatedBody', { when: formatDateTime(fresh.previous_secret_until) })}
          value={fresh.secret}
          onClose={() => setFresh(undefined)}
        />
      )}
    </SectionCard>
  );
}
