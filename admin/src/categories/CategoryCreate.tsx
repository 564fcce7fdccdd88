// Makes a category.
import { RecordForm } from '../structure/RecordForm';
import { CreatePage } from '../structure/RecordPages';
import { CategoryFields } from './CategoryFields';

/** Page for a new category. */
export default function CategoryCreate() {
  return (
    <CreatePage>
      <RecordForm action="create">
        <CategoryFields />
      </RecordForm>
    </CreatePage>
  );
}
