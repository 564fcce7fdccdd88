// A label and a time: when exactly, and how far away that is.
import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { TimeNear, formatDateTime } from '../components';
import { Fact } from './Fact';

/** The time; `none` is said where there is none, and nothing when that is absent. */
export function Moment({
  label,
  value,
  none,
  children,
}: {
  label: string;
  value: string | null | undefined;
  none?: string;
  /** What more there is to say of it. */
  children?: ReactNode;
}) {
  if (!value) return none === undefined ? null : <Fact label={label}>{none}</Fact>;
  return (
    <Fact label={label}>
      {formatDateTime(value)}{' '}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        (<TimeNear value={value} />)
      </Box>
      {children}
    </Fact>
  );
}
