// The companies on the platform, for operators.
import BusinessOutlinedIcon from '@mui/icons-material/BusinessOutlined';
import { Box } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { useActing } from '../api/company';
import { useMay } from '../api/permissions';
import { TimeAgo, formatDateTime } from '../components';
import { useCovers } from '../structure/access';
import type { ExportPlan } from '../structure/ExportButton';
import { FilterSlot } from '../structure/FilterSlot';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import type { Company } from '../types';
import { ActButton } from './ActButton';
import { CompanyStatus } from './CompanyStatus';

/** List of companies. */
export default function CompanyList() {
  const t = useTranslate();
  const acting = useActing();
  const seesStatus = useMay('companies.status', 'read');
  const mayOpen = useCovers('companies', 'edit');
  const label = (field: string) => t(`resources.companies.fields.${field}`);
  const support = (company: Company) =>
    company.support_access ? t(`stoa.settings.support.${company.support_access}.title`) : '–';

  const plan: ExportPlan<Company> = {
    columns: () => [
      { label: label('name'), value: company => company.name },
      ...(seesStatus
        ? [
            { label: label('slug'), value: (company: Company) => company.slug },
            { label: label('status'), value: (company: Company) => t(`stoa.companies.status.${company.status}`) },
            { label: label('support_access'), value: support },
          ]
        : []),
      { label: label('timezone'), value: company => company.timezone },
      { label: label('locale'), value: company => company.locale },
      { label: label('created_at'), value: company => formatDateTime(company.created_at) },
    ],
  };

  return (
    <ListPage<Company>
      icon={<BusinessOutlinedIcon />}
      sort={{ field: 'name', order: 'ASC' }}
      mayOpen={mayOpen}
      // Companies are deleted one by one.
      deletes="one"
      creates={!acting}
      exportPlan={plan}
      before={
        acting && (
          <ListNote>{t('stoa.companies.inside', { name: acting.name })}</ListNote>
        )
      }
      filters={
        seesStatus && (
          <FilterSlot width={130}>
            <SelectInput
              source="status"
              choices={['active', 'suspended'].map(id => ({ id, name: t(`stoa.companies.status.${id}`) }))}
              fullWidth
            />
          </FilterSlot>
        )
      }
      columns={[
        <DataTable.Col<Company>
          key="name"
          source="name"
          render={company => <NameCell record={company} opens={mayOpen(company)} />}
        />,
        seesStatus && (
          <DataTable.Col<Company>
            key="slug"
            source="slug"
            render={company => <Box sx={{ color: 'text.secondary' }}>{company.slug}</Box>}
          />
        ),
        seesStatus && (
          <DataTable.Col<Company>
            key="status"
            source="status"
            disableSort
            render={company => <CompanyStatus status={company.status} />}
          />
        ),
        seesStatus && (
          <DataTable.Col<Company> key="support_access" source="support_access" disableSort render={support} />
        ),
        <DataTable.Col<Company>
          key="created_at"
          source="created_at"
          sortByOrder="DESC"
          render={company => <TimeAgo value={company.created_at} />}
        />,
        seesStatus && !acting && (
          <DataTable.Col<Company>
            key="act"
            label={t('stoa.companies.act.column')}
            disableSort
            sx={{ textAlign: 'right' }}
            render={company => (company.deleted_at ? null : <ActButton company={company} />)}
          />
        ),
      ]}
      card={company => ({
        title: company.name,
        end: <CompanyStatus status={company.status} />,
        lines: [company.slug, company.timezone],
      })}
    />
  );
}
