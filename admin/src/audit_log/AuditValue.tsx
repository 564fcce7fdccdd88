// A value in the audit log: names for ids, words for codes.
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { CategoryName, DepartmentName, FieldValue } from '../components';
import { Named } from './RecordOf';

/** Where the words for the codes of a field are. */
const WORDS: Record<string, string> = {
  'users.role': 'stoa.common.roles',
  'users.status': 'stoa.users.status',
  'users.ticket_scope': 'stoa.users.scope',
  'companies.status': 'stoa.companies.status',
  'companies.support_access': 'stoa.settings.support',
  'ticket_messages.kind': 'stoa.auditLog.kinds',
  'tickets.kind': 'stoa.common.kind',
  'tickets.channel': 'stoa.common.channel',
  'uploads.state': 'stoa.uploads.state',
  'email_templates.key': 'stoa.mail.keys',
  'email_templates.status': 'stoa.emailTemplates.state',
  'outbound_emails.state': 'stoa.mail.outbound.state',
  'inbound_emails.state': 'stoa.mail.inbound.state',
  'jobs.state': 'stoa.jobs.states',
  'webhook_deliveries.state': 'stoa.integrations.deliveries.state',
  'webhooks.disabled_reason': 'stoa.integrations.webhooks.disabled',
  'teams_connections.disabled_reason': 'stoa.integrations.teams.disabled',
};

/** Fields that name a ticket. */
const TICKETS = new Set(['ticket_id', 'merged_into', 'follow_up_of', 'split_from', 'origin_ticket_id']);

function Parts({ value }: { value: object }) {
  return (
    <>
      {Object.entries(value).map(([name, part]) => (
        <div key={name}>
          {name}:{' '}
          {part === null || typeof part !== 'object' ? <FieldValue field={name} value={part} /> : JSON.stringify(part)}
        </div>
      ))}
    </>
  );
}

/** One side of a change. */
export function AuditValue({
  resource,
  field,
  value,
  brief = false,
}: {
  resource: string;
  field: string;
  value: unknown;
  /** On one line. */
  brief?: boolean;
}) {
  const t = useTranslate();
  if (typeof value === 'string' && value) {
    const words = WORDS[`${resource}.${field}`];
    if (words)
      return <>{t(field === 'support_access' ? `${words}.${value}.title` : `${words}.${value}`, { _: value })}</>;
    if (TICKETS.has(field)) return <Named resource="tickets" id={value} opens />;
    if (field === 'assignment_strategy') return <>{t(`stoa.structure.strategy.${value}.title`, { _: value })}</>;
    if (field === 'parent_id')
      return resource === 'departments' ? <DepartmentName id={value} /> : <CategoryName id={value} />;
    if (!brief && value.length > 60) return <Box sx={{ whiteSpace: 'pre-wrap' }}>{value}</Box>;
  }
  if (field === 'required_for_solved' && Array.isArray(value)) {
    return <>{value.map(name => t(`resources.tickets.fields.${name}`, { _: String(name) })).join(', ') || '–'}</>;
  }
  // The ids of files say nothing to anybody.
  if (field === 'attachment_ids' && Array.isArray(value)) {
    return <>{value.length ? t('stoa.auditLog.files', { smart_count: value.length }) : '–'}</>;
  }
  if (value && typeof value === 'object' && !Array.isArray(value))
    return brief ? <>{JSON.stringify(value)}</> : <Parts value={value} />;
  return <FieldValue field={field} value={value} />;
}

/** Name of a field of a resource. */
export function useFieldName(): (resource: string, field: string) => string {
  const t = useTranslate();
  return (resource, field) => t(`resources.${resource}.fields.${field}`, { _: field.replaceAll('_', ' ') });
}
