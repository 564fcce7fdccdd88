// What each role can do, in the words of the role dialog; in line with docs/permissions.md.
import type { Role } from '../types';

/** What a role can do, from the usual to the powerful. */
const ABILITIES: [string, Role[]][] = [
  ['requests', ['client', 'content_writer', 'content_manager', 'company_admin']],
  ['workTickets', ['content_writer', 'content_manager', 'company_admin']],
  ['tagTickets', ['content_writer', 'content_manager', 'company_admin']],
  ['allTickets', ['content_manager', 'company_admin']],
  ['steerTickets', ['content_manager', 'company_admin']],
  ['redact', ['content_manager', 'company_admin']],
  ['categories', ['content_manager', 'company_admin']],
  ['clients', ['content_manager', 'company_admin']],
  ['people', ['company_admin']],
  ['departments', ['company_admin']],
  ['settings', ['company_admin']],
  ['audit', ['company_admin']],
];

/** What a person whose role changes gains and loses. */
export function difference(from: Role, to: Role): { gains: string[]; loses: string[] } {
  const only = (one: Role, other: Role) =>
    ABILITIES.filter(([, roles]) => roles.includes(one) && !roles.includes(other)).map(([ability]) => ability);
  return { gains: only(to, from), loses: only(from, to) };
}
