// What the reader may do with a person: reach, rank, and the rule that nobody acts on their own account.
import { useActing } from '../api/company';
import { useMe } from '../api/me';
import { useReach } from '../api/permissions';
import { covers } from '../structure/access';
import type { Role, User } from '../types';

/** What may be done with one person. */
export interface Rights {
  /** It is the reader. */
  self: boolean;
  /** An operator looks from outside at a person of a company: nothing can be changed from there. */
  outside: boolean;
  edit: boolean;
  setRole: boolean;
  disable: boolean;
  revoke: boolean;
  /** Send the invitation again. */
  invite: boolean;
  /** Have them choose another password by mail. */
  resetPassword: boolean;
  /** Take their second factor off. */
  resetFactor: boolean;
  remove: boolean;
}

/** Roles that `actor` may give to others; operators are made outside companies, everybody else inside. */
export function grantable(actor: Role | undefined, inCompany: boolean): Role[] {
  switch (actor) {
    case 'superadmin':
      return inCompany ? ['company_admin', 'content_manager', 'content_writer', 'client'] : ['superadmin'];
    case 'company_admin':
      return ['company_admin', 'content_manager', 'content_writer', 'client'];
    case 'content_manager':
      return ['client'];
    default:
      return [];
  }
}

/** Roles that the reader may give where they are now. */
export function useGrantable(): Role[] {
  const me = useMe();
  const acting = useActing();
  return grantable(me?.role, me?.role !== 'superadmin' || acting !== null);
}

/** Tells what the reader may do with a person. */
export function useRights(): (person: User) => Rights {
  const me = useMe();
  const acting = useActing();
  const edit = useReach('users', 'edit');
  const setRole = useReach('users', 'set_role');
  const disable = useReach('users', 'disable');
  const revoke = useReach('users', 'revoke');
  const invite = useReach('users', 'invite');
  const resetPassword = useReach('users', 'reset_password');
  const resetFactor = useReach('users', 'reset_mfa');
  const remove = useReach('users', 'delete');
  return person => {
    const self = person.id === me?.id;
    const outside = me?.role === 'superadmin' && acting === null && person.company_id !== null;
    const may = (reach: string | undefined) => !!me && !outside && covers(reach, me, person);
    const others = (reach: string | undefined) => !self && may(reach);
    return {
      self,
      outside,
      edit: may(edit),
      setRole: others(setRole),
      disable: others(disable),
      revoke: others(revoke),
      invite: others(invite) && person.status === 'invited',
      resetPassword: others(resetPassword) && person.status === 'active',
      resetFactor: others(resetFactor) && Boolean(person.mfa_enrolled_at),
      remove: others(remove),
    };
  };
}
