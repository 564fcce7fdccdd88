// A company, for operators.
import { useCovers } from '../structure/access';
import { DeleteAction } from '../structure/DeleteAction';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { Company } from '../types';
import { CompanyFields, SupportAccess, tidyCompany } from './CompanyFields';
import { StatusPanel } from './StatusPanel';

/** Page of a company. */
export default function CompanyEdit() {
  const mayEdit = useCovers('companies', 'edit');
  const mayDelete = useCovers('companies', 'delete');
  return (
    <EditPage<Company>
      redirect={false}
      transform={tidyCompany}
      render={company => (
        <RecordForm action="edit" locked={!mayEdit(company)} danger={mayDelete(company) && <DeleteAction />}>
          <CompanyFields />
          <SupportAccess />
        </RecordForm>
      )}
      aside={company => <StatusPanel company={company} />}
    />
  );
}
