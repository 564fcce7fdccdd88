// Ids as names: of people, departments and categories, asked for in one call a page.
import { Avatar, Box, Skeleton } from '@mui/material';
import { useGetManyAggregate, useTranslate } from 'react-admin';
import type { Category, Department, StoaRecord, User } from '../types';

const HUES = [231, 200, 170, 120, 30, 10, 330, 280];

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '')).toUpperCase();
}

function hue(name: string): number {
  const sum = [...name].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 9973, 7);
  return HUES[sum % HUES.length] ?? 231;
}

/** A person's initials on a colour of their own. Decoration: the name stands beside it. */
export function PersonAvatar({ name, size = 22 }: { name: string; size?: number }) {
  return (
    <Avatar
      aria-hidden
      sx={{ width: size, height: size, fontSize: size * 0.42, bgcolor: `hsl(${hue(name)} 42% 30%)`, color: '#fff' }}
    >
      {initials(name)}
    </Avatar>
  );
}

function useOne<T extends StoaRecord>(resource: string, id: string | null | undefined) {
  const { data, isPending } = useGetManyAggregate<T>(resource, { ids: id ? [id] : [] }, { enabled: Boolean(id) });
  return { record: data?.[0], waiting: Boolean(id) && isPending };
}

/** Who it is. */
export function PersonName({ id, avatar = true }: { id: string | null | undefined; avatar?: boolean }) {
  const t = useTranslate();
  const { record, waiting } = useOne<User>('users', id);
  if (!id) return <>–</>;
  if (waiting) return <Skeleton variant="text" width={90} sx={{ display: 'inline-block' }} />;
  // Who was removed is nobody's to see; the id would help no one.
  const name = record?.name ?? t('stoa.common.somebody');
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, minWidth: 0, maxWidth: '100%' }}>
      {avatar && <PersonAvatar name={name} />}
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {name}
      </Box>
    </Box>
  );
}

function Named({ resource, id }: { resource: string; id: string | null | undefined }) {
  const t = useTranslate();
  const { record, waiting } = useOne<Department | Category>(resource, id);
  if (!id) return <>–</>;
  if (waiting) return <Skeleton variant="text" width={70} sx={{ display: 'inline-block' }} />;
  return <>{record?.name ?? t('stoa.common.removed')}</>;
}

/** Which department. */
export function DepartmentName({ id }: { id: string | null | undefined }) {
  return <Named resource="departments" id={id} />;
}

/** Which category. */
export function CategoryName({ id }: { id: string | null | undefined }) {
  return <Named resource="categories" id={id} />;
}
