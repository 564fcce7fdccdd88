// The secret of a webhook: sealed since it was shown, and changed without losing an event.
import { Alert, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { SectionCard, formatDateTime } from '../components';
import { ActButton } from '../structure/ActButton';
import type { RotatedSecret, Webhook } from '../types';
import { FreshWebhookSecret } from './FreshWebhookSecret';
import { overlapOf } from './overlap';

/** What the secret is for, and how it is changed. */
export function SecretPanel({ hook }: { hook: Webhook }) {
  const t = useTranslate();
  const may = useMay('webhooks', 'edit');
  const [fresh, setFresh] = useState<RotatedSecret>();
  const word = (name: string, values?: object) => t(`stoa.integrations.webhooks.secret.${name}`, values);
  const overlap = overlapOf(hook, Date.now());
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
        <ActButton
          resource="webhooks"
          id={hook.id}
          action="rotate_secret"
          label={word('rotate')}
          title={word('rotateTitle', { name: hook.name })}
          onDone={answer => setFresh(answer as RotatedSecret)}
          sx={{ mt: 1.5 }}
        >
          <Typography>{word('rotateBody')}</Typography>
          {overlap && (
            <Alert severity="warning" sx={{ mt: 2 }}>
              {word('rotateAgain', { when: formatDateTime(overlap) })}
            </Alert>
          )}
        </ActButton>
      )}
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
