// A key: its name and addresses, and beside them how it stands.
import { useMay } from '../api/permissions';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { ApiKey } from '../types';
import { AddressesField, NameField } from './KeyFields';
import { KeyPanel } from './KeyPanel';

/** Page of a key. */
export default function ApiKeyPage() {
  const mayEdit = useMay('api_keys', 'edit');
  return (
    <EditPage<ApiKey>
      redirect={false}
      readers
      render={apiKey => (
        <RecordForm action="edit" locked={!mayEdit || Boolean(apiKey.revoked_at)}>
          <NameField />
          <AddressesField />
        </RecordForm>
      )}
      aside={apiKey => <KeyPanel apiKey={apiKey} />}
    />
  );
}
