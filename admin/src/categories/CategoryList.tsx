// The categories, as a tree in their order.
import CategoryOutlinedIcon from '@mui/icons-material/CategoryOutlined';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { CategoryName, DepartmentName, PriorityChip } from '../components';
import { useCovers } from '../structure/access';
import { useDepth } from '../structure/depth';
import type { ExportPlan } from '../structure/ExportButton';
import { FilterSlot } from '../structure/FilterSlot';
import { Flags, YesNo } from '../structure/Flags';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import { RecordInput } from '../structure/RecordInput';
import { useYesNo } from '../structure/useYesNo';
import type { Category } from '../types';

/** What it is for; where it lies, when the list is not shown as a tree. */
function Below({ category }: { category: Category }) {
  const t = useTranslate();
  const inTree = useDepth(category.id) !== undefined;
  if (category.parent_id && !inTree) {
    return (
      <>
        {t('stoa.structure.list.under')} <CategoryName id={category.parent_id} />
      </>
    );
  }
  return <>{category.description}</>;
}

/** List of categories. */
export default function CategoryList() {
  const t = useTranslate();
  const seesAll = useMay('categories.department_id', 'read');
  const mayOpen = useCovers('categories', 'edit');
  const mayDelete = useCovers('categories', 'delete');
  const label = (field: string) => t(`resources.categories.fields.${field}`);
  const required = (record: Category) =>
    record.required_for_solved.map(field => t(`resources.tickets.fields.${field}`)).join(', ');
  const { choices, words } = useYesNo();

  const plan: ExportPlan<Category> = {
    names: ['categories', 'departments'],
    columns: nameOf => [
      { label: label('name'), value: record => record.name },
      { label: label('description'), value: record => record.description ?? '' },
      { label: label('parent_id'), value: record => nameOf('categories', record.parent_id) },
      ...(seesAll
        ? [
            { label: label('position'), value: (record: Category) => String(record.position) },
            { label: label('department_id'), value: (record: Category) => nameOf('departments', record.department_id) },
            {
              label: label('default_priority'),
              value: (record: Category) =>
                record.default_priority ? t(`stoa.common.priority.${record.default_priority}`) : '',
            },
            { label: label('skill'), value: (record: Category) => record.skill ?? '' },
            { label: label('required_for_solved'), value: required },
            { label: label('is_active'), value: (record: Category) => words(record.is_active) },
          ]
        : []),
      { label: label('is_public'), value: record => words(record.is_public) },
    ],
  };

  return (
    <ListPage<Category>
      icon={<CategoryOutlinedIcon />}
      sort={{ field: seesAll ? 'position' : 'name', order: 'ASC' }}
      tree={seesAll ? 'position' : 'name'}
      perPage={100}
      mayOpen={mayOpen}
      mayDelete={mayDelete}
      exportPlan={plan}
      filters={
        seesAll && (
          <>
            <FilterSlot width={190}>
              <RecordInput source="department_id" reference="departments" />
            </FilterSlot>
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
        seesAll && (
          <DataTable.Col<Category>
            key="position"
            source="position"
            sx={{ width: 90 }}
            render={record => record.position}
          />
        ),
        <DataTable.Col<Category>
          key="name"
          source="name"
          render={record => (
            <NameCell
              record={record}
              opens={mayOpen(record)}
              end={<Flags active={record.is_active} isPublic={undefined} />}
              below={<Below category={record} />}
            />
          )}
        />,
        seesAll && (
          <DataTable.Col<Category>
            key="department_id"
            source="department_id"
            disableSort
            render={record => <DepartmentName id={record.department_id} />}
          />
        ),
        seesAll && (
          <DataTable.Col<Category>
            key="default_priority"
            source="default_priority"
            disableSort
            render={record => (record.default_priority ? <PriorityChip priority={record.default_priority} /> : '–')}
          />
        ),
        seesAll && (
          <DataTable.Col<Category> key="skill" source="skill" disableSort render={record => record.skill ?? '–'} />
        ),
        seesAll && (
          <DataTable.Col<Category>
            key="required_for_solved"
            source="required_for_solved"
            disableSort
            render={record => required(record) || '–'}
          />
        ),
        <DataTable.Col<Category>
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
          <Below key="below" category={record} />,
          record.department_id && <DepartmentName key="department" id={record.department_id} />,
        ],
      })}
    />
  );
}
