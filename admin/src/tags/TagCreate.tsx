// Makes a tag.
import { RecordForm } from '../structure/RecordForm';
import { CreatePage } from '../structure/RecordPages';
import { TagFields } from './TagFields';

/** Page for a new tag. */
export default function TagCreate() {
  return (
    <CreatePage>
      <RecordForm action="create">
        <TagFields />
      </RecordForm>
    </CreatePage>
  );
}
