// The changes of an entry in two lines at most.
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { AuditEntry } from '../types';
import { AuditValue, useFieldName } from './AuditValue';
import { telling } from './telling';

const MOST = 2;

/** The changes that say most, and how many more there are. */
export function ChangeSummary({ entry }: { entry: AuditEntry }) {
  const t = useTranslate();
  const fieldName = useFieldName();
  const all = entry.changes ?? [];
  const found = telling(all);
  // With more than two lines one of them says how many there are.
  const shown = found.slice(0, found.length > MOST ? MOST - 1 : MOST);
  const created = entry.action.endsWith('.create');
  const rest = (found.length || all.length) - shown.length;
  return (
    <Box sx={{ maxWidth: 270, '& > div': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } }}>
      {shown.map(change => (
        <div key={change.field}>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {fieldName(entry.resource, change.field)}:
          </Box>{' '}
          {!created && (
            <>
              <AuditValue resource={entry.resource} field={change.field} value={change.from} brief />
              {' → '}
            </>
          )}
          <AuditValue resource={entry.resource} field={change.field} value={change.to} brief />
        </div>
      ))}
      {rest > 0 && (
        <Box sx={{ color: 'text.secondary' }}>
          {t(shown.length ? 'stoa.auditLog.more' : 'stoa.auditLog.counts', { smart_count: rest })}
        </Box>
      )}
    </Box>
  );
}
