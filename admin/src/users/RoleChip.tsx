// A role as a small label.
import { Chip } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Role } from '../types';

const COLOUR: Partial<Record<Role, 'primary' | 'info'>> = {
  superadmin: 'primary',
  company_admin: 'primary',
  content_manager: 'info',
};

/** Role of a person. */
export function RoleChip({ role }: { role: Role | null | undefined }) {
  const t = useTranslate();
  if (!role) return null;
  return (
    <Chip
      component="span"
      label={t(`stoa.common.roles.${role}`, { _: role })}
      color={COLOUR[role] ?? 'default'}
      variant="outlined"
      sx={{ height: 20 }}
    />
  );
}
