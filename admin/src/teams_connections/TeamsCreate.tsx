// Makes a connection to Microsoft Teams.
import { useNotify, useRedirect, useTranslate } from 'react-admin';
import { CreatePage } from '../structure/RecordPages';
import { RecordForm } from '../structure/RecordForm';
import type { StoaRecord } from '../types';
import { HowTo } from './HowTo';
import { TeamsFields } from './TeamsFields';

/** Page for a new connection. */
export default function TeamsCreate() {
  const t = useTranslate();
  const notify = useNotify();
  const redirect = useRedirect();
  return (
    <CreatePage
      aside={<HowTo />}
      onSuccess={(record: StoaRecord & { name?: string }) => {
        notify(t('stoa.integrations.teams.made', { name: record.name ?? '' }), { type: 'success' });
        // There it can be tried at once.
        redirect('edit', 'teams_connections', record.id);
      }}
    >
      <RecordForm action="create" saveLabel={t('stoa.integrations.teams.make')}>
        <TeamsFields />
      </RecordForm>
    </CreatePage>
  );
}
