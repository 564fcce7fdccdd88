// The name of a record in a table; a link where the record can be opened, so that it can be reached by keyboard.
import { Box, Link, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useCreatePath, useGetRecordRepresentation, useResourceContext } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import type { StoaRecord } from '../types';
import { useDepth } from './depth';
import { useTrash } from './trash';

/** Name, what it is below, and how far it is set in. */
export function NameCell({
  record,
  opens,
  start,
  end,
  below,
}: {
  record: StoaRecord;
  opens: boolean;
  start?: ReactNode;
  /** Beside the name. */
  end?: ReactNode;
  below?: ReactNode;
}) {
  const resource = useResourceContext() ?? '';
  const createPath = useCreatePath();
  const name = useGetRecordRepresentation(resource)(record);
  const trash = useTrash();
  const depth = useDepth(record.id) ?? 0;
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, pl: depth * 2.5, minWidth: 140 }}>
      {depth > 0 && (
        <Box
          aria-hidden
          sx={{ width: 10, height: 14, borderLeft: 1, borderBottom: 1, borderColor: 'divider', mt: -1, flexShrink: 0 }}
        />
      )}
      {start}
      <Box sx={{ minWidth: 0 }}>
        {opens && !trash.shown ? (
          <Link
            component={RouterLink}
            to={createPath({ resource, id: record.id, type: 'edit' })}
            onClick={event => event.stopPropagation()}
            underline="hover"
            color="text.primary"
            sx={{ fontWeight: 600 }}
          >
            {name}
          </Link>
        ) : (
          <Box component="span" sx={{ fontWeight: 600 }}>
            {name}
          </Box>
        )}{' '}
        {end}
        {below && (
          <Typography
            variant="body2"
            sx={{
              color: 'text.secondary',
              maxWidth: 420,
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }}
          >
            {below}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
