// The audit log: who did what, when, and from where.
import HistoryOutlinedIcon from '@mui/icons-material/HistoryOutlined';
import { Box, Button, Chip, Collapse, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { DataTable, useTranslate } from 'react-admin';
import { useEverywhere } from '../api/everywhere';
import { useMe } from '../api/me';
import { useMay, useReach } from '../api/permissions';
import { CompanyName } from '../companies/CompanyName';
import { formatDateTime } from '../components';
import type { ExportPlan } from '../structure/ExportButton';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import type { AuditEntry, Role } from '../types';
import { RoleChip } from '../users/RoleChip';
import { AuditFilters } from './AuditFilters';
import { ChangeSummary } from './ChangeSummary';
import { EntryDetails } from './EntryDetails';
import { RecordOf } from './RecordOf';
import { VerifyPanel } from './VerifyPanel';
import { useActionWords } from './actions';

function Who({ entry }: { entry: AuditEntry }) {
  const t = useTranslate();
  return (
    <Box sx={{ minWidth: 120 }}>
      <Stack direction="row" sx={{ gap: 0.75, alignItems: 'center' }}>
        <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
          {entry.actor_name ?? t('stoa.auditLog.itself')}
        </Box>
        {entry.act_as ? (
          <Chip component="span" label={t('stoa.auditLog.operator')} color="warning" sx={{ height: 20 }} />
        ) : (
          <RoleChip role={entry.actor_role as Role | null} />
        )}
      </Stack>
      {entry.reason && (
        <Typography
          variant="body2"
          title={entry.reason}
          sx={{
            color: 'text.secondary',
            fontStyle: 'italic',
            maxWidth: 220,
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          }}
        >
          {t('stoa.auditLog.reason', { reason: entry.reason })}
        </Typography>
      )}
    </Box>
  );
}

function MoreOnPhone({ entry }: { entry: AuditEntry }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open} sx={{ px: 0, minWidth: 0 }}>
        {t(open ? 'stoa.auditLog.less' : 'stoa.auditLog.details')}
      </Button>
      <Collapse in={open} unmountOnExit>
        <EntryDetails entry={entry} />
      </Collapse>
    </>
  );
}

/** List of the audit log. */
export default function AuditLogList() {
  const t = useTranslate();
  const me = useMe();
  const words = useActionWords();
  const everybody = useReach('audit_log', 'list') === 'all';
  const mayVerify = useMay('audit_log', 'verify');
  const inCompany = !useEverywhere();
  const label = (field: string) => t(`resources.audit_log.fields.${field}`);

  const plan: ExportPlan<AuditEntry> = {
    columns: () => [
      { label: label('created_at'), value: entry => entry.created_at },
      { label: label('actor_name'), value: entry => entry.actor_name ?? '' },
      { label: label('actor_role'), value: entry => entry.actor_role ?? '' },
      {
        label: t('stoa.auditLog.operator'),
        value: entry => (entry.act_as ? t('ra.boolean.true') : t('ra.boolean.false')),
      },
      { label: label('reason'), value: entry => entry.reason ?? '' },
      { label: label('action'), value: entry => entry.action },
      { label: label('resource'), value: entry => entry.resource },
      { label: label('resource_id'), value: entry => entry.resource_id ?? '' },
      { label: label('changes'), value: entry => (entry.changes?.length ? JSON.stringify(entry.changes) : '') },
      { label: label('ip'), value: entry => entry.ip ?? '' },
      { label: label('request_id'), value: entry => entry.request_id ?? '' },
    ],
  };

  return (
    <ListPage<AuditEntry>
      icon={<HistoryOutlinedIcon />}
      sort={{ field: 'created_at', order: 'DESC' }}
      searchable={false}
      creates={false}
      deletes="none"
      exportPlan={plan}
      filters={<AuditFilters everybody={everybody} />}
      expand={<EntryDetails />}
      before={
        <>
          {mayVerify && inCompany && <VerifyPanel />}
          {me && !everybody && (
            <ListNote>{t('stoa.auditLog.ownOnly')}</ListNote>
          )}
          {!inCompany && (
            <ListNote>{t('stoa.auditLog.everywhere')}</ListNote>
          )}
        </>
      }
      columns={[
        <DataTable.Col<AuditEntry>
          key="created_at"
          source="created_at"
          label={t('stoa.auditLog.when')}
          sortByOrder="DESC"
          render={entry => (
            <time dateTime={entry.created_at} style={{ whiteSpace: 'nowrap' }}>
              {formatDateTime(entry.created_at)}
            </time>
          )}
        />,
        everybody && (
          <DataTable.Col<AuditEntry>
            key="actor_id"
            source="actor_id"
            label={t('stoa.auditLog.who')}
            disableSort
            render={entry => <Who entry={entry} />}
          />
        ),
        <DataTable.Col<AuditEntry>
          key="action"
          source="action"
          label={t('stoa.auditLog.what')}
          disableSort
          render={entry => (
            <>
              <Box sx={{ fontWeight: 600, minWidth: 180 }}>{words(entry.action)}</Box>
              <Box sx={{ maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
                <RecordOf entry={entry} named={inCompany} />
              </Box>
            </>
          )}
        />,
        !inCompany && (
          <DataTable.Col<AuditEntry>
            key="company_id"
            source="company_id"
            label={t('resources.companies.name', { smart_count: 1 })}
            disableSort
            render={entry => <CompanyName id={entry.company_id} />}
          />
        ),
        inCompany && (
          <DataTable.Col<AuditEntry>
            key="changes"
            source="changes"
            disableSort
            render={entry => <ChangeSummary entry={entry} />}
          />
        ),
        <DataTable.Col<AuditEntry>
          key="ip"
          source="ip"
          disableSort
          render={entry => <Box sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>{entry.ip ?? '–'}</Box>}
        />,
      ]}
      card={entry => ({
        title: words(entry.action),
        lines: [
          <RecordOf key="record" entry={entry} named={inCompany} />,
          everybody && <Who key="who" entry={entry} />,
          formatDateTime(entry.created_at),
        ],
        below: <MoreOnPhone entry={entry} />,
      })}
    />
  );
}
