// All of an entry: every change, and where it came from.
import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useRecordContext, useTranslate } from 'react-admin';
import type { AuditEntry } from '../types';
import { AuditValue, useFieldName } from './AuditValue';
import { real } from './telling';

function Facts({ entry }: { entry: AuditEntry }) {
  const t = useTranslate();
  const facts: [string, string | number | null | undefined][] = [
    ['seq', entry.seq],
    ['created_at', new Date(entry.created_at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })],
    ['reason', entry.reason],
    ['ip', entry.ip],
    ['user_agent', entry.user_agent],
    ['request_id', entry.request_id],
    ['resource_id', entry.resource_id],
    ['record_version', entry.record_version],
    ['hash', entry.hash],
  ];
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'max-content 1fr' },
        columnGap: 2,
        rowGap: 0.25,
        m: 0,
        fontSize: '0.86rem',
        '& dt': { color: 'text.secondary' },
        '& dd': { m: 0, overflowWrap: 'anywhere' },
      }}
    >
      {facts
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <Box key={name} sx={{ display: 'contents' }}>
            <dt>{name === 'hash' ? t('stoa.auditLog.hash') : t(`resources.audit_log.fields.${name}`)}</dt>
            <dd>{value}</dd>
          </Box>
        ))}
    </Box>
  );
}

/** Details of the entry, or of the record around. */
export function EntryDetails({ entry: given }: { entry?: AuditEntry }) {
  const t = useTranslate();
  const fieldName = useFieldName();
  const around = useRecordContext<AuditEntry>();
  const entry = given ?? around;
  if (!entry) return null;
  const changes = real(entry.changes ?? []);
  return (
    <Box sx={{ py: 1.5, px: { xs: 0, sm: 1 } }}>
      {changes.length ? (
        <Table size="small" sx={{ mb: 1.5, maxWidth: 900, '& td': { verticalAlign: 'top', overflowWrap: 'anywhere' } }}>
          <TableHead>
            <TableRow>
              <TableCell>{t('stoa.auditLog.field')}</TableCell>
              <TableCell>{t('stoa.auditLog.from')}</TableCell>
              <TableCell>{t('stoa.auditLog.to')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {changes.map(change => (
              <TableRow key={change.field}>
                <TableCell component="th" scope="row" sx={{ fontWeight: 600 }}>
                  {fieldName(entry.resource, change.field)}
                </TableCell>
                <TableCell>
                  <AuditValue resource={entry.resource} field={change.field} value={change.from} />
                </TableCell>
                <TableCell>
                  <AuditValue resource={entry.resource} field={change.field} value={change.to} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : (
        <Typography variant="body2" sx={{ mb: 1, color: 'text.secondary' }}>
          {t(entry.changes === null ? 'stoa.auditLog.hiddenChanges' : 'stoa.auditLog.noChanges')}
        </Typography>
      )}
      <Facts entry={entry} />
    </Box>
  );
}
