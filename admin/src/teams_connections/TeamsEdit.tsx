// A connection to Microsoft Teams: its form, and beside it how it fares and a test.
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { useDisabledWords } from '../integrations/disabled';
import { HealthPanel } from '../integrations/HealthPanel';
import { DeleteAction } from '../structure/DeleteAction';
import { Fact } from '../structure/Fact';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { TeamsConnection } from '../types';
import { HowTo } from './HowTo';
import { TeamsFields, withoutEmptyAddress } from './TeamsFields';
import { TestPanel } from './TestPanel';

/** Page of a connection. */
export default function TeamsEdit() {
  const t = useTranslate();
  const mayEdit = useMay('teams_connections', 'edit');
  const mayDelete = useMay('teams_connections', 'delete');
  const why = useDisabledWords('teams');
  return (
    <EditPage<TeamsConnection>
      redirect={false}
      readers
      refreshEvery={20_000}
      transform={withoutEmptyAddress}
      render={() => (
        <RecordForm action="edit" locked={!mayEdit} danger={mayDelete && <DeleteAction />}>
          <TeamsFields />
        </RecordForm>
      )}
      aside={connection => (
        <>
          <HealthPanel of={connection} reason={why(connection)}>
            {connection.last_error && (
              <Fact label={t('stoa.integrations.panel.why')}>{connection.last_error}</Fact>
            )}
          </HealthPanel>
          <TestPanel connection={connection} />
          <HowTo />
        </>
      )}
    />
  );
}
