// A mailbox: its fields, and beside them how it stands, its signature and its signed address.
import { useMay } from '../api/permissions';
import { DeleteAction } from '../structure/DeleteAction';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { Mailbox } from '../types';
import { DkimPanel } from './DkimPanel';
import { MailboxFields } from './MailboxFields';
import { StatusPanel } from './StatusPanel';
import { WebhookPanel } from './WebhookPanel';
import { asSaved } from './values';

/** Page of a mailbox. */
export default function MailboxEdit() {
  const mayEdit = useMay('mailboxes', 'edit');
  const mayDelete = useMay('mailboxes', 'delete');
  return (
    <EditPage<Mailbox>
      redirect={false}
      readers
      transform={(data, options) => asSaved(data as Record<string, unknown>, options?.previousData as Mailbox | undefined)}
      render={() => (
        <RecordForm action="edit" locked={!mayEdit} danger={mayDelete && <DeleteAction />}>
          <MailboxFields />
        </RecordForm>
      )}
      aside={mailbox => (
        <>
          <StatusPanel mailbox={mailbox} />
          <WebhookPanel mailbox={mailbox} />
          <DkimPanel mailbox={mailbox} />
        </>
      )}
    />
  );
}
