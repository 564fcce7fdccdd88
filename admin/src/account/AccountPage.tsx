// The own account: profile, password, second factor, sessions, and what happened to it.
import NotificationsIcon from '@mui/icons-material/NotificationsNone';
import { Alert, Box, Button, Stack } from '@mui/material';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMe } from '../api/me';
import { useMay } from '../api/permissions';
import { mustChangePassword, mustSetUpFactor } from '../api/session';
import { PageSkeleton } from '../components';
import { ActivitySection } from '../security/ActivitySection';
import { FactorSection } from '../security/FactorSection';
import { MustEnrol } from '../security/MustEnrol';
import { PasswordSection } from './PasswordSection';
import { ProfileSection } from './ProfileSection';
import { SessionsSection } from './SessionsSection';

export default function AccountPage() {
  const t = useTranslate();
  const me = useMe();
  const edits = useMay('notifications', 'edit');
  const updates = useMay('notifications', 'update');
  const hears = edits || updates;
  const must = mustChangePassword();
  // Once begun it stays until the recovery codes are put away, whatever the session says meanwhile.
  const [enrols, setEnrols] = useState(false);
  const mustEnrol = mustSetUpFactor();
  if (mustEnrol && !enrols) setEnrols(true);
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
  if (mustEnrol || enrols) return <MustEnrol />;
  return (
    <>
      <Title title="stoa.account.title" />
      {me ? (
        <Stack spacing={2} sx={{ maxWidth: 720, pt: 2 }}>
          <ProfileSection me={me} />
          <PasswordSection />
          <FactorSection />
          <SessionsSection />
          <ActivitySection />
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
