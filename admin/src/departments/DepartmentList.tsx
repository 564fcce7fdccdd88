// The departments, as a tree.
import AccountTreeOutlinedIcon from '@mui/icons-material/AccountTreeOutlined';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { DepartmentName } from '../components';
import { useCovers } from '../structure/access';
import type { ExportPlan } from '../structure/ExportButton';
import { FilterSlot } from '../structure/FilterSlot';
import { Flags, YesNo } from '../structure/Flags';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import { People } from '../structure/People';
import { useYesNo } from '../structure/useYesNo';
import type { Department } from '../types';

/** Where a department lies, when the tree does not show it; else what it does. */
function Below({ department }: { department: Department }) {
  const t = useTranslate();
  if (department.description) return <>{department.description}</>;
  if (!department.parent_id) return null;
  return (
    <>
      {t('stoa.structure.list.under')} <DepartmentName id={department.parent_id} />
    </>
  );
}

/** List of departments. */
export default function DepartmentList() {
  const t = useTranslate();
  const seesAll = useMay('departments.is_active', 'read');
  const mayOpen = useCovers('departments', 'edit');
  const mayDelete = useCovers('departments', 'delete');
  const strategy = (value: string) => t(`stoa.structure.strategy.${value}.title`);
  const label = (field: string) => t(`resources.departments.fields.${field}`);
  const { choices, words } = useYesNo();

  const plan: ExportPlan<Department> = {
    names: ['departments', ...(seesAll ? ['users'] : [])],
    columns: nameOf => [
      { label: label('name'), value: record => record.name },
      { label: label('description'), value: record => record.description ?? '' },
      { label: label('parent_id'), value: record => nameOf('departments', record.parent_id) },
      ...(seesAll
        ? [
            {
              label: label('lead_ids'),
              value: (record: Department) => record.lead_ids.map(id => nameOf('users', id)).join(', '),
            },
            {
              label: label('assignment_strategy'),
              value: (record: Department) => strategy(record.assignment_strategy),
            },
            { label: label('is_active'), value: (record: Department) => words(record.is_active) },
          ]
        : []),
      { label: label('is_public'), value: record => words(record.is_public) },
    ],
  };

  return (
    <ListPage<Department>
      icon={<AccountTreeOutlinedIcon />}
      sort={{ field: 'name', order: 'ASC' }}
      tree="name"
      perPage={100}
      mayOpen={mayOpen}
      mayDelete={mayDelete}
      exportPlan={plan}
      filters={
        seesAll && (
          <>
            <FilterSlot width={110}>
              <SelectInput source="is_active" choices={choices} fullWidth />
            </FilterSlot>
            <FilterSlot width={140}>
              <SelectInput source="is_public" choices={choices} fullWidth />
            </FilterSlot>
          </>
        )
      }
      columns={[
        <DataTable.Col<Department>
          key="name"
          source="name"
          render={record => (
            <NameCell
              record={record}
              opens={mayOpen(record)}
              end={<Flags active={record.is_active} isPublic={undefined} />}
              below={<Below department={record} />}
            />
          )}
        />,
        seesAll && (
          <DataTable.Col<Department>
            key="lead_ids"
            source="lead_ids"
            disableSort
            render={record => <People ids={record.lead_ids} />}
          />
        ),
        seesAll && (
          <DataTable.Col<Department>
            key="assignment_strategy"
            source="assignment_strategy"
            disableSort
            render={record => strategy(record.assignment_strategy)}
          />
        ),
        <DataTable.Col<Department>
          key="is_public"
          source="is_public"
          disableSort
          render={record => <YesNo value={record.is_public} />}
        />,
      ]}
      card={record => ({
        title: record.name,
        end: <Flags active={record.is_active} isPublic={record.is_public} />,
        lines: [
          record.description,
          record.assignment_strategy && strategy(record.assignment_strategy),
          record.lead_ids?.length ? <People key="leads" ids={record.lead_ids} /> : null,
        ],
      })}
    />
  );
}
