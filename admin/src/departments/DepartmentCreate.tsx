// Makes a department.
import { CreatePage } from '../structure/RecordPages';
import { RecordForm } from '../structure/RecordForm';
import { DepartmentFields } from './DepartmentFields';

/** Page for a new department. */
export default function DepartmentCreate() {
  return (
    <CreatePage>
      <RecordForm action="create">
        <DepartmentFields />
      </RecordForm>
    </CreatePage>
  );
}
