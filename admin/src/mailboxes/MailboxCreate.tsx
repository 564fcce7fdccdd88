// Makes a mailbox; its own page then offers what comes next: test, signature, signed address.
import { CreatePage } from '../structure/RecordPages';
import { RecordForm } from '../structure/RecordForm';
import { MailboxFields } from './MailboxFields';
import { asSaved } from './values';

/** Page for a new mailbox. */
export default function MailboxCreate() {
  return (
    <CreatePage redirect="edit" transform={data => asSaved(data as Record<string, unknown>)}>
      <RecordForm action="create">
        <MailboxFields />
      </RecordForm>
    </CreatePage>
  );
}
