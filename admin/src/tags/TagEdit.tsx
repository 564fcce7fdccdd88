// Changes a tag.
import { useCovers } from '../structure/access';
import { DeleteAction } from '../structure/DeleteAction';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { Tag } from '../types';
import { TagFields } from './TagFields';

/** Page of a tag. */
export default function TagEdit() {
  const mayEdit = useCovers('tags', 'edit');
  const mayDelete = useCovers('tags', 'delete');
  return (
    <EditPage<Tag>
      render={record => (
        <RecordForm action="edit" locked={!mayEdit(record)} danger={mayDelete(record) && <DeleteAction />}>
          <TagFields />
        </RecordForm>
      )}
    />
  );
}
