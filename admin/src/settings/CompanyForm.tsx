// The company's own record: name, place, looks, and who may look inside.
import { useTranslate } from 'react-admin';
import { reloadMe } from '../api/me';
import { useMay } from '../api/permissions';
import { CompanyFields, FactorRoles, SupportAccess, tidyCompany } from '../companies/CompanyFields';
import { RecordForm } from '../structure/RecordForm';
import { RecordSection } from '../structure/RecordSection';

/** The company. */
export function CompanyForm({ companyId }: { companyId: string }) {
  const t = useTranslate();
  const mayEdit = useMay('companies', 'edit');
  return (
    <RecordSection
      resource="companies"
      id={companyId}
      title={t('stoa.settings.company')}
      transform={tidyCompany}
      // Its name stands in the frame around the pages too.
      onSaved={() => void reloadMe().catch(() => undefined)}
    >
      <RecordForm action="edit" locked={!mayEdit} leave={false} flat>
        <CompanyFields />
        <FactorRoles />
        <SupportAccess />
      </RecordForm>
    </RecordSection>
  );
}
