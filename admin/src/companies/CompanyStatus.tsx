// Whether the people of a company may log in.
import { Chip } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Company } from '../types';

/** Status of a company. */
export function CompanyStatus({ status }: { status: Company['status'] | undefined }) {
  const t = useTranslate();
  if (!status) return null;
  return (
    <Chip
      component="span"
      label={t(`stoa.companies.status.${status}`)}
      color={status === 'suspended' ? 'error' : 'success'}
      variant="outlined"
      sx={{ height: 20 }}
    />
  );
}
