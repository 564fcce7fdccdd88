// Which records a permission covers, by how far it goes.
import { useCallback } from 'react';
import { useMe, type Me } from '../api/me';
import { useReach } from '../api/permissions';
import type { Role, StoaRecord } from '../types';

const RANK: Record<Role, number> = {
  superadmin: 100,
  company_admin: 80,
  content_manager: 60,
  content_writer: 40,
  client: 20,
};

/** The fields of records that reaches look at. */
export type Touchable = StoaRecord & { role?: Role; lead_ids?: string[]; link?: unknown };

/** How powerful a role is. */
export function rankOf(role: Role | undefined): number {
  return role ? RANK[role] : 0;
}

/** Whether a permission that goes as far as `reach` covers the record. */
export function covers(reach: string | undefined, me: Pick<Me, 'id' | 'role'>, record: Touchable): boolean {
  switch (reach) {
    case 'all':
      return true;
    case 'own':
      return record.created_by === me.id;
    case 'unlinked':
      return record.created_by === me.id && !record.link;
    case 'self':
      return record.id === me.id;
    case 'clients':
      return record.id === me.id || record.role === 'client';
    case 'staff':
      return record.id === me.id || record.role !== 'client';
    case 'ranked':
      return rankOf(record.role) <= rankOf(me.role);
    case 'lead':
      return !!record.lead_ids?.includes(me.id);
    default:
      return false;
  }
}

/** Tells for each record whether the action on it is within the role's reach. */
export function useCovers(resource: string, action: string): (record: Touchable) => boolean {
  const me = useMe();
  const reach = useReach(resource, action);
  return useCallback(record => !!me && covers(reach, me, record), [me, reach]);
}
