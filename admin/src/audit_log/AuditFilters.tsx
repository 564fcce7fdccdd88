// What the audit log can be searched for.
import { DateInput, SelectInput, useListContext, useTranslate } from 'react-admin';
import { FilterSlot } from '../structure/FilterSlot';
import { RecordInput } from '../structure/RecordInput';
import { ACTIONS, RESOURCES, useActionWords } from './actions';

/** The beginning or the end of a day here, as an instant. */
function instant(day: string, end: boolean): string {
  if (!day) return '';
  const date = new Date(`${day.slice(0, 10)}T${end ? '23:59:59.999' : '00:00:00.000'}`);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Filters of the audit log. `everybody`: the reader sees what others did. */
export function AuditFilters({ everybody }: { everybody: boolean }) {
  const t = useTranslate();
  const words = useActionWords();
  const { filterValues } = useListContext();
  const chosen = filterValues.resource as string | undefined;
  const areas = chosen
    ? Object.keys(ACTIONS).filter(area => area === chosen || (chosen === 'users' && area === 'auth'))
    : Object.keys(ACTIONS);
  const actions = areas.flatMap(area => (ACTIONS[area] ?? []).map(verb => `${area}.${verb}`));
  return (
    <>
      {everybody && (
        <FilterSlot width={180}>
          <RecordInput source="actor_id" reference="users" label={t('stoa.auditLog.who')} />
        </FilterSlot>
      )}
      <FilterSlot width={130}>
        <SelectInput
          source="resource"
          label={t('stoa.auditLog.about')}
          choices={RESOURCES.map(id => ({ id, name: t(`resources.${id}.name`, { smart_count: 2 }) }))}
          fullWidth
        />
      </FilterSlot>
      <FilterSlot width={200}>
        <SelectInput source="action" choices={actions.map(id => ({ id, name: words(id) }))} fullWidth />
      </FilterSlot>
      <FilterSlot width={150}>
        <DateInput
          source="created_at_gte"
          label={t('stoa.auditLog.since')}
          parse={day => instant(day, false)}
          fullWidth
        />
      </FilterSlot>
      <FilterSlot width={150}>
        <DateInput
          source="created_at_lte"
          label={t('stoa.auditLog.until')}
          parse={day => instant(day, true)}
          fullWidth
        />
      </FilterSlot>
      {everybody && (
        <FilterSlot width={150}>
          <SelectInput
            source="act_as"
            label={t('stoa.auditLog.operators')}
            choices={[
              { id: true, name: t('stoa.auditLog.onlyOperators') },
              { id: false, name: t('stoa.auditLog.withoutOperators') },
            ]}
            fullWidth
          />
        </FilterSlot>
      )}
    </>
  );
}
