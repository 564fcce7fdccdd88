// The company that a record belongs to, for operators who see those of all.
import { useGetManyAggregate, useTranslate } from 'react-admin';
import type { Company } from '../types';

/** Name of a company; the platform for what belongs to none. */
export function CompanyName({ id }: { id: string | null }) {
  const t = useTranslate();
  const { data } = useGetManyAggregate<Company>('companies', { ids: id ? [id] : [] }, { enabled: Boolean(id) });
  return <>{id ? (data?.[0]?.name ?? '…') : t('stoa.companies.platform')}</>;
}
