// What jobs do, in words, and where one finds what they worked on.
import { useCallback } from 'react';
import { useTranslate } from 'react-admin';

/** Kinds that companies have. */
export const COMPANY_KINDS = [
  'emails.send',
  'emails.receive',
  'mailboxes.poll',
  'webhooks.deliver',
  'teams.post',
  'uploads.delete',
];

/** Kinds that come by themselves, over and over. */
export const ROUTINE_KINDS = [
  'tickets.sweep',
  'mailboxes.sweep',
  'uploads.reap',
  'uploads.reconcile_objects',
  'uploads.reconcile_records',
];

/** Every kind, in the order of the filter. */
export const ALL_KINDS = [...COMPANY_KINDS, 'accounts.deliver', ...ROUTINE_KINDS, 'jobs.probe'];

/** The list in which the work of a kind can be followed. */
export const PLACES: Record<string, string> = {
  'emails.send': 'outbound_emails',
  'emails.receive': 'inbound_emails',
  'mailboxes.poll': 'mailboxes',
  'webhooks.deliver': 'webhook_deliveries',
  'teams.post': 'teams_connections',
};

/** Kinds whose work, once it was given up, is not begun anew by the job, but from its own list. */
export const SETTLED_ELSEWHERE = ['emails.send', 'webhooks.deliver'];

/** Says a kind in words; one that is not known yet is shown as it is. */
export function useKindWords(): (kind: string) => string {
  const t = useTranslate();
  return useCallback(kind => t(`stoa.jobs.kinds.${kind.replace('.', '_')}`, { _: kind }), [t]);
}
