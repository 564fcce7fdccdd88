// Whether the people of a company may log in.
import { useTranslate } from 'react-admin';
import { ToneChip } from '../components';
import type { Company } from '../types';

/** Status of a company. */
export function CompanyStatus({ status }: { status: Company['status'] | undefined }) {
  const t = useTranslate();
  if (!status) return null;
  return <ToneChip tone={status === 'suspended' ? 'error' : 'success'} label={t(`stoa.companies.status.${status}`)} />;
}
