// Said to operators of the platform, who belong to no company.
import { useTranslate } from 'react-admin';
import { EmptyState } from '../components';

/** Why there are no notifications and nothing to choose. */
export function NoCompany() {
  const t = useTranslate();
  return <EmptyState title={t('stoa.notifications.no_company')} body={t('stoa.notifications.no_company_body')} />;
}
