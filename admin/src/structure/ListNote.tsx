// What is said above a list, in a line that takes little room.
import { Alert, type AlertProps } from '@mui/material';
import type { ReactNode } from 'react';

/** The line. */
export function ListNote({
  severity = 'info',
  action,
  children,
}: {
  severity?: AlertProps['severity'];
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Alert
      severity={severity}
      action={action}
      sx={{
        mb: 1,
        py: 0,
        alignItems: 'center',
        // On a phone, what can be done stands below.
        ...(action && {
          flexWrap: { xs: 'wrap', sm: 'nowrap' },
          '& .MuiAlert-message': { flex: { xs: '1 1 220px', sm: '0 1 auto' } },
        }),
      }}
    >
      {children}
    </Alert>
  );
}
