// The name of a record in a table; a link where the record can be opened, so that it can be reached by keyboard.
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useGetRecordRepresentation, useResourceContext } from 'react-admin';
import type { StoaRecord } from '../types';
import { useDepth } from './depth';
import { RowLink } from './RowLink';
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
  const resource = useResourceContext();
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
        <RowLink id={record.id} opens={opens && !trash.shown}>
          {name}
        </RowLink>{' '}
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
