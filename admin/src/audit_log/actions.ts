// What can be in the audit log, and how it is said.
import { useCallback } from 'react';
import { useTranslate } from 'react-admin';

const EVERY = ['create', 'update', 'delete', 'restore'];

/** Acts by area. Visits of operators are `<area>.read`. */
export const ACTIONS: Record<string, string[]> = {
  auth: [
    'login',
    'login_failed',
    'logout',
    'logout_all',
    'session_revoke',
    'refresh_reuse',
    'password_change',
    'step_up',
    'proof_failed',
    'invite_accept',
    'register',
    'password_reset',
    'mfa_enroll',
    'mfa_disable',
    'mfa_failed',
    'recovery_code_used',
    'recovery_regenerate',
  ],
  tickets: [
    ...EVERY,
    'message',
    'transition',
    'assign',
    'archive',
    'unarchive',
    'merge',
    'unmerge',
    'split',
    'follow',
    'spam',
    'read',
  ],
  ticket_messages: ['create', 'update', 'delete', 'detach', 'read'],
  notifications: ['update'],
  users: [
    ...EVERY,
    'set_role',
    'disable',
    'enable',
    'unlock',
    'revoke_sessions',
    'invite',
    'reset_password',
    'reset_mfa',
    'read',
  ],
  departments: [...EVERY, 'read'],
  categories: [...EVERY, 'read'],
  tags: [...EVERY, 'read'],
  settings: ['create', 'update', 'read'],
  companies: [...EVERY, 'suspend', 'resume', 'read'],
  saved_views: EVERY,
  uploads: ['create', 'complete', 'delete', 'missing', 'read'],
  api_keys: ['create', 'update', 'rotate', 'revoke', 'read'],
  email_templates: [...EVERY, 'publish', 'revert', 'test', 'read'],
  outbound_emails: ['retry', 'read'],
  inbound_emails: ['reprocess', 'raw', 'read'],
  email_recipients: ['release', 'read'],
  mailboxes: [...EVERY, 'test', 'dkim', 'webhook', 'read'],
  webhooks: [...EVERY, 'rotate_secret', 'test', 'disabled', 'read'],
  webhook_deliveries: ['replay', 'read'],
  teams_connections: [...EVERY, 'test', 'disabled', 'read'],
  jobs: ['retry', 'cancel', 'read'],
  audit_log: ['read', 'verify'],
};

/** Resources that entries are about. */
export const RESOURCES = [
  'tickets',
  'ticket_messages',
  'users',
  'departments',
  'categories',
  'tags',
  'settings',
  'companies',
  'saved_views',
  'uploads',
  'api_keys',
  'email_templates',
  'outbound_emails',
  'inbound_emails',
  'email_recipients',
  'mailboxes',
  'webhooks',
  'webhook_deliveries',
  'teams_connections',
  'jobs',
];

/** Says an action in words. */
export function useActionWords(): (action: string) => string {
  const t = useTranslate();
  return useCallback(
    action => {
      const [area = '', verb = ''] = action.split('.');
      const special = t(`stoa.auditLog.actions.${area}.${verb}`, { _: '' });
      if (special) return special;
      const things = t(`resources.${area}.name`, { smart_count: verb === 'read' ? 2 : 1, _: area });
      return t(`stoa.auditLog.verbs.${verb}`, { thing: things.toLowerCase(), _: action });
    },
    [t]
  );
}
