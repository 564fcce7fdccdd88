// Changes a department. Managers who lead it change its description.
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { useCovers } from '../structure/access';
import { DeleteAction } from '../structure/DeleteAction';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { Department } from '../types';
import { DepartmentFields } from './DepartmentFields';

/** Page of a department. */
export default function DepartmentEdit() {
  const t = useTranslate();
  const mayEdit = useCovers('departments', 'edit');
  const mayDelete = useCovers('departments', 'delete');
  const setsAll = useMay('departments.name', 'edit');
  const note = (record: Department) => {
    if (!mayEdit(record)) return t('stoa.structure.departments.notYours');
    return setsAll ? undefined : t('stoa.structure.departments.leadsOnly');
  };
  return (
    <EditPage<Department>
      render={record => (
        <RecordForm
          action="edit"
          locked={!mayEdit(record)}
          note={note(record)}
          danger={mayDelete(record) && <DeleteAction />}
        >
          <DepartmentFields />
        </RecordForm>
      )}
    />
  );
}
