// The record that an entry is about, by name, with a way to it.
import { Box, Link, Skeleton } from '@mui/material';
import { useCreatePath, useGetManyAggregate, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { MONO } from '../theme';
import type { AuditEntry, StoaRecord, Ticket } from '../types';

/** Resources of which a record has a page. */
const PAGES: Record<string, 'edit' | 'show'> = {
  users: 'edit',
  departments: 'edit',
  categories: 'edit',
  tags: 'edit',
  tickets: 'show',
  mailboxes: 'edit',
  outbound_emails: 'edit',
  inbound_emails: 'edit',
  webhooks: 'edit',
  teams_connections: 'edit',
};

/** Name of a record of any resource. */
function nameOf(record: Partial<Ticket> & { name?: string; address?: string }): string {
  return record.name ?? record.address ?? [record.reference, record.subject].filter(Boolean).join(' ');
}

/** Name of the record `id`, and a way to it where `opens`. */
export function Named({ resource, id, opens }: { resource: string; id: string; opens: boolean }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const { data, isPending } = useGetManyAggregate<StoaRecord>(resource, { ids: [id] });
  const record = data?.[0];
  if (isPending) return <Skeleton width={110} />;
  if (!record) return <Box sx={{ color: 'text.secondary' }}>{t('stoa.common.removed')}</Box>;
  if (!opens) return <span>{nameOf(record)}</span>;
  return (
    <Link
      component={RouterLink}
      to={createPath({ resource, id, type: PAGES[resource] ?? 'edit' })}
      onClick={event => event.stopPropagation()}
      underline="hover"
      sx={{ color: 'text.primary' }}
    >
      {nameOf(record)}
    </Link>
  );
}

/** The ticket that a new message was written to; its name says more than that of a message. */
function subjectOf(entry: AuditEntry): { resource: string; id: string | null } {
  const ticket =
    entry.resource === 'ticket_messages' && entry.changes?.find(change => change.field === 'ticket_id')?.to;
  if (typeof ticket === 'string') return { resource: 'tickets', id: ticket };
  return { resource: entry.resource, id: entry.resource_id };
}

/** Name of the record. `named`: its name can be looked up from here. */
export function RecordOf({ entry, named }: { entry: AuditEntry; named: boolean }) {
  const t = useTranslate();
  const { resource, id } = subjectOf(entry);
  const actor = entry.actor_id;
  const page = PAGES[resource];
  const mayOpen = useMay(resource, page ?? 'show');
  // What operators read is told by its address.
  if (resource.startsWith('/')) {
    return (
      <Box sx={{ fontFamily: MONO, fontSize: '0.85em', overflowWrap: 'anywhere' }}>{resource}</Box>
    );
  }
  if (!named || !page || !id) return null;
  if (id === actor) return entry.action.startsWith('auth.') ? null : <>{t('stoa.auditLog.oneself')}</>;
  return <Named resource={resource} id={id} opens={mayOpen} />;
}
