// Settings of the company: how its helpdesk works, and what it is called.
import SettingsOutlinedIcon from '@mui/icons-material/SettingsOutlined';
import { Alert, Box, Button } from '@mui/material';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMe } from '../api/me';
import { useMay } from '../api/permissions';
import { EmptyState, PageSkeleton } from '../components';
import { useCompanyId } from '../structure/useCompanyId';
import { CompanyForm } from './CompanyForm';
import { HelpdeskForm } from './HelpdeskForm';

/** Page of the settings. */
export default function SettingsPage() {
  const t = useTranslate();
  const me = useMe();
  const companyId = useCompanyId();
  const mayEdit = useMay('settings', 'edit');
  if (!me) return <PageSkeleton rows={6} />;
  return (
    <Box sx={{ pt: 1 }}>
      <Title title={t('stoa.settings.title')} />
      {companyId ? (
        <>
          {!mayEdit && (
            <Alert severity="info" sx={{ mb: 1, py: 0 }}>
              {t('stoa.settings.readOnly')}
            </Alert>
          )}
          <Box
            sx={{
              display: 'grid',
              gap: 2,
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
              alignItems: 'start',
              maxWidth: 1400,
            }}
          >
            <HelpdeskForm companyId={companyId} />
            <CompanyForm companyId={companyId} />
          </Box>
        </>
      ) : (
        <EmptyState
          icon={<SettingsOutlinedIcon />}
          title={t('stoa.settings.outside')}
          body={t('stoa.settings.outsideBody')}
          action={
            <Button variant="contained" component={Link} to="/companies">
              {t('resources.companies.name', { smart_count: 2 })}
            </Button>
          }
        />
      )}
    </Box>
  );
}
