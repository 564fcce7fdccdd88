// The people of the company; for an operator outside companies, of all.
import GroupOutlinedIcon from '@mui/icons-material/GroupOutlined';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { useEverywhere } from '../api/everywhere';
import { useMay } from '../api/permissions';
import { CompanyName } from '../companies/CompanyName';
import { TimeAgo, formatDateTime } from '../components';
import type { ExportPlan } from '../structure/ExportButton';
import { FilterSlot } from '../structure/FilterSlot';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import { RecordInput } from '../structure/RecordInput';
import { RecordNames } from '../structure/RecordNames';
import { ROLES, type User } from '../types';
import { PersonPicture } from './PersonPicture';
import { PersonStatus } from './PersonStatus';
import { useRights } from './rights';
import { RoleChip } from './RoleChip';

/** List of people. */
export default function UserList() {
  const t = useTranslate();
  const rights = useRights();
  const sees = {
    email: useMay('users.email', 'read'),
    role: useMay('users.role', 'read'),
    status: useMay('users.status', 'read'),
    departments: useMay('users.department_ids', 'read'),
    lastLogin: useMay('users.last_login_at', 'read'),
  };
  // Departments belong to a company; outside there is none to choose from.
  const everywhere = useEverywhere();
  const departments = sees.departments && !everywhere;
  const mayOpen = (person: User) => rights(person).edit || (sees.status && rights(person).outside);
  const label = (field: string) => t(`resources.users.fields.${field}`);

  const plan: ExportPlan<User> = {
    names: departments ? ['departments'] : [],
    columns: nameOf => [
      { label: label('name'), value: (person: User) => person.name },
      ...(sees.email ? [{ label: label('email'), value: (person: User) => person.email }] : []),
      ...(sees.role ? [{ label: label('role'), value: (person: User) => t(`stoa.common.roles.${person.role}`) }] : []),
      ...(sees.status
        ? [{ label: label('status'), value: (person: User) => t(`stoa.users.status.${person.status}`) }]
        : []),
      ...(departments
        ? [
            {
              label: label('department_ids'),
              value: (person: User) => person.department_ids.map(id => nameOf('departments', id)).join(', '),
            },
            { label: label('phone'), value: (person: User) => person.phone ?? '' },
          ]
        : []),
      ...(sees.lastLogin
        ? [
            {
              label: label('last_login_at'),
              value: (person: User) => (person.last_login_at ? formatDateTime(person.last_login_at) : ''),
            },
          ]
        : []),
    ],
  };

  return (
    <ListPage<User>
      icon={<GroupOutlinedIcon />}
      sort={{ field: 'name', order: 'ASC' }}
      mayOpen={mayOpen}
      mayDelete={person => rights(person).remove}
      exportPlan={plan}
      before={
        everywhere && (
          <ListNote>{t('stoa.users.everywhere')}</ListNote>
        )
      }
      filters={
        sees.role && (
          <>
            {sees.role && (
              <FilterSlot width={140}>
                <SelectInput
                  source="role"
                  choices={ROLES.filter(role => everywhere || role !== 'superadmin').map(id => ({
                    id,
                    name: t(`stoa.common.roles.${id}`),
                  }))}
                  fullWidth
                />
              </FilterSlot>
            )}
            {sees.status && (
              <FilterSlot width={115}>
                <SelectInput
                  source="status"
                  choices={['active', 'invited', 'disabled'].map(id => ({ id, name: t(`stoa.users.status.${id}`) }))}
                  fullWidth
                />
              </FilterSlot>
            )}
            {departments && (
              <FilterSlot width={190}>
                <RecordInput source="department_ids" reference="departments" label={t('stoa.users.department')} />
              </FilterSlot>
            )}
          </>
        )
      }
      columns={[
        <DataTable.Col<User>
          key="name"
          source="name"
          render={person => (
            <NameCell
              record={person}
              opens={mayOpen(person)}
              start={<PersonPicture name={person.name} url={person.avatar_url} />}
              below={person.email}
            />
          )}
        />,
        sees.role && (
          <DataTable.Col<User>
            key="role"
            source="role"
            disableSort
            render={person => <RoleChip role={person.role} />}
          />
        ),
        sees.status && (
          <DataTable.Col<User>
            key="status"
            source="status"
            disableSort
            render={person => <PersonStatus person={person} />}
          />
        ),
        everywhere && (
          <DataTable.Col<User>
            key="company_id"
            source="company_id"
            label={t('resources.companies.name', { smart_count: 1 })}
            disableSort
            render={person => <CompanyName id={person.company_id} />}
          />
        ),
        departments && (
          <DataTable.Col<User>
            key="department_ids"
            source="department_ids"
            disableSort
            render={person => <RecordNames resource="departments" ids={person.department_ids} />}
          />
        ),
        sees.lastLogin && (
          <DataTable.Col<User>
            key="last_login_at"
            source="last_login_at"
            sortByOrder="DESC"
            render={person => (person.last_login_at ? <TimeAgo value={person.last_login_at} /> : t('stoa.users.never'))}
          />
        ),
      ]}
      card={person => ({
        start: <PersonPicture name={person.name} url={person.avatar_url} size={34} />,
        title: person.name,
        end: <RoleChip role={person.role} />,
        lines: [
          person.email,
          departments && person.department_ids?.length ? (
            <RecordNames key="departments" resource="departments" ids={person.department_ids} />
          ) : null,
          person.status !== 'active' || person.out_of_office ? (
            <PersonStatus key="status" person={person} quiet />
          ) : null,
        ],
      })}
    />
  );
}
