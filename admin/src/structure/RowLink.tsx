// The name of a record in a row of a table, as the way to its page: so it can be reached by keyboard.
import { Box, Link } from '@mui/material';
import type { ReactNode } from 'react';
import { useCreatePath, useResourceContext } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';

/** A link where the record can be opened; else the name alone. */
export function RowLink({ id, opens = true, children }: { id: string; opens?: boolean; children: ReactNode }) {
  const resource = useResourceContext() ?? '';
  const createPath = useCreatePath();
  if (!opens) {
    return (
      <Box component="span" sx={{ fontWeight: 600 }}>
        {children}
      </Box>
    );
  }
  return (
    <Link
      component={RouterLink}
      to={createPath({ resource, id, type: 'edit' })}
      // The row opens it too.
      onClick={event => event.stopPropagation()}
      underline="hover"
      color="text.primary"
      sx={{ fontWeight: 600 }}
    >
      {children}
    </Link>
  );
}
