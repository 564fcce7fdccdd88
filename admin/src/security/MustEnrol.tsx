// What is asked of people whose company demands a second factor, before anything else.
import { Alert, Box, Button } from '@mui/material';
import { useCallback, useEffect, useState } from 'react';
import { Title, useLogout, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useMe } from '../api/me';
import { factorSettled } from '../api/mfa';
import { SectionCard } from '../components';
import { EnrolFlow } from './EnrolFlow';

/** The page. */
export function MustEnrol() {
  const t = useTranslate();
  const me = useMe();
  const logout = useLogout();
  const navigate = useNavigate();
  const [begun, setBegun] = useState(false);
  const goOn = useCallback(() => void factorSettled().then(() => navigate('/')), [navigate]);
  const enrolled = me?.mfa?.enrolled;
  // It was done in another tab, or before this page was loaded anew.
  useEffect(() => {
    if (enrolled && !begun) goOn();
  }, [enrolled, begun, goOn]);
  return (
    <Box sx={{ maxWidth: 640, pt: 2 }}>
      <Title title="stoa.account.title" />
      <Alert
        severity="info"
        sx={{ mb: 2 }}
        action={
          <Button color="inherit" onClick={() => void logout()} sx={{ whiteSpace: 'nowrap' }}>
            {t('ra.auth.logout')}
          </Button>
        }
      >
        {t('stoa.security.must')}
      </Alert>
      <SectionCard title={t('stoa.security.enrol.title')}>
        <EnrolFlow
          email={me?.email ?? ''}
          onConfirmed={() => setBegun(true)}
          onDone={goOn}
        />
      </SectionCard>
    </Box>
  );
}
