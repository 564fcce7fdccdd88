// Makes a webhook and shows its secret, once.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import { CreatePage } from '../structure/RecordPages';
import { RecordForm } from '../structure/RecordForm';
import type { FreshWebhook } from '../types';
import { FreshWebhookSecret } from './FreshWebhookSecret';
import { WebhookFields } from './WebhookFields';

/** Page for a new webhook. */
export default function WebhookCreate() {
  const t = useTranslate();
  const redirect = useRedirect();
  const client = useQueryClient();
  const [made, setMade] = useState<FreshWebhook>();
  return (
    <>
      <CreatePage
        redirect={false}
        onSuccess={record => {
          setMade(record as FreshWebhook);
          // The answer is the only place where the secret stands, and it shall not stay in the page's memory of records.
          client.removeQueries({ queryKey: ['webhooks', 'getOne'] });
        }}
      >
        <RecordForm action="create" saveLabel={t('stoa.integrations.webhooks.make')}>
          <WebhookFields />
        </RecordForm>
      </CreatePage>
      {made && (
        <FreshWebhookSecret
          title={t('stoa.integrations.webhooks.secret.madeTitle', { name: made.name })}
          body={t('stoa.integrations.webhooks.secret.madeBody')}
          value={made.secret}
          onClose={() => {
            setMade(undefined);
            // There it can be tried at once.
            redirect('edit', 'webhooks', made.id);
          }}
        />
      )}
    </>
  );
}
