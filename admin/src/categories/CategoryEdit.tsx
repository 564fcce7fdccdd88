// Changes a category.
import { useCovers } from '../structure/access';
import { DeleteAction } from '../structure/DeleteAction';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { Category } from '../types';
import { CategoryFields } from './CategoryFields';

/** Page of a category. */
export default function CategoryEdit() {
  const mayEdit = useCovers('categories', 'edit');
  const mayDelete = useCovers('categories', 'delete');
  return (
    <EditPage<Category>
      render={record => (
        <RecordForm action="edit" locked={!mayEdit(record)} danger={mayDelete(record) && <DeleteAction />}>
          <CategoryFields />
        </RecordForm>
      )}
    />
  );
}
