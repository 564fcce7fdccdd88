// The own account: profile, password, sessions.
import NotificationsIcon from '@mui/icons-material/NotificationsNone';
import { Alert, Box, Button, Stack } from '@mui/material';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMe } from '../api/me';
import { useMay } from '../api/permissions';
import { mustChangePassword } from '../api/session';
import { PageSkeleton } from '../components';
import { PasswordSection } from './PasswordSection';
import { ProfileSection } from './ProfileSection';
import { SessionsSection } from './SessionsSection';

export default function AccountPage() {
  const t = useTranslate();
  const me = useMe();
  const hears = useMay('notifications', 'edit') || useMay('notifications', 'update');
  const must = mustChangePassword();
  if (must) {
    return (
      <Box sx={{ maxWidth: 560, pt: 2 }}>
        <Title title="stoa.account.title" />
        <Alert severity="info" sx={{ mb: 2 }}>
          {t('stoa.account.password.must')}
        </Alert>
        <PasswordSection />
      </Box>
    );
  }
  return (
    <>
      <Title title="stoa.account.title" />
      {me ? (
        <Stack spacing={2} sx={{ maxWidth: 720, pt: 2 }}>
          <ProfileSection me={me} />
          <PasswordSection />
          <SessionsSection />
          {hears && me.role !== 'superadmin' && (
            <Box>
              <Button component={Link} to="/notifications/preferences" startIcon={<NotificationsIcon />}>
                {t('stoa.account.notifications')}
              </Button>
            </Box>
          )}
        </Stack>
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}
