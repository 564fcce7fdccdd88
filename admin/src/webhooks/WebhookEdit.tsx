// A webhook: its form, and beside it how it fares, a test, its secret and what was sent.
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { TimeAgo } from '../components';
import { useDisabledWords } from '../integrations/disabled';
import { HealthPanel } from '../integrations/HealthPanel';
import { DeleteAction } from '../structure/DeleteAction';
import { Fact } from '../structure/Fact';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { Webhook } from '../types';
import { LatestPanel } from './LatestPanel';
import { SecretPanel } from './SecretPanel';
import { TestPanel } from './TestPanel';
import { WebhookFields } from './WebhookFields';

/** Page of a webhook. */
export default function WebhookEdit() {
  const t = useTranslate();
  const mayEdit = useMay('webhooks', 'edit');
  const mayDelete = useMay('webhooks', 'delete');
  const why = useDisabledWords('webhooks');
  return (
    <EditPage<Webhook>
      redirect={false}
      readers
      refreshEvery={20_000}
      render={() => (
        <RecordForm action="edit" locked={!mayEdit} danger={mayDelete && <DeleteAction />}>
          <WebhookFields />
        </RecordForm>
      )}
      aside={hook => (
        <>
          <HealthPanel of={hook} reason={why(hook)}>
            {hook.failing_since && (
              <Fact label={t('stoa.integrations.panel.since')}>
                <TimeAgo value={hook.failing_since} />
              </Fact>
            )}
          </HealthPanel>
          <TestPanel hook={hook} />
          <LatestPanel hook={hook} />
          <SecretPanel hook={hook} />
        </>
      )}
    />
  );
}
