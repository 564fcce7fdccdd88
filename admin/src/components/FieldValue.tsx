// Any value of any field in words, for histories and conflicts.
import { useTranslate } from 'react-admin';
import { TagChips, PriorityChip, StatusChip } from './chips';
import { CategoryName, DepartmentName, PersonName } from './names';
import { formatDateTime } from './time';
import type { Priority, Status } from '../types';

const PEOPLE = /^(assignee|requester|user|actor|created_by|updated_by|owner|author|reassign_to)(_id)?$/;
const TIME = /_at$|^(from|to)$/;

function One({ field, value }: { field: string; value: string }) {
  if (field === 'status' && /^[a-z_]+$/.test(value)) return <StatusChip status={value as Status} />;
  if (field === 'priority') return <PriorityChip priority={value as Priority} />;
  if (PEOPLE.test(field)) return <PersonName id={value} />;
  if (field === 'department_id') return <DepartmentName id={value} />;
  if (field === 'category_id') return <CategoryName id={value} />;
  if (TIME.test(field)) return <>{formatDateTime(value)}</>;
  return <>{value}</>;
}

function Many({ field, values }: { field: string; values: unknown[] }) {
  if (field === 'tag_ids') return <TagChips ids={values.map(String)} />;
  const single = field.replace(/s$/, '');
  const people = /^(cc|follower|lead|mention|requester|assignee)_id$/.test(single);
  return (
    <>
      {values.map((value, at) => (
        <span key={String(value)}>
          {at > 0 && ', '}
          <FieldValue field={people ? 'user_id' : single} value={value} />
        </span>
      ))}
    </>
  );
}

/** A value of a field: names for ids, words for codes, a dash for nothing. */
export function FieldValue({ field, value }: { field: string; value: unknown }) {
  const t = useTranslate();
  if (value === null || value === undefined || value === '') return <>–</>;
  if (typeof value === 'boolean') return <>{t(value ? 'ra.boolean.true' : 'ra.boolean.false')}</>;
  if (Array.isArray(value)) return value.length ? <Many field={field} values={value} /> : <>–</>;
  if (typeof value === 'object') return <code>{JSON.stringify(value)}</code>;
  if (typeof value === 'number') return <>{value.toLocaleString()}</>;
  return <One field={field} value={String(value)} />;
}
