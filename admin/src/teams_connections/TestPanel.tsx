// Posts a test card to a channel and tells what came of it.
import SendIcon from '@mui/icons-material/SendOutlined';
import { Alert, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { SectionCard } from '../components';
import { useAct } from '../structure/useAct';
import type { TeamsConnection } from '../types';

interface Tested {
  ok: boolean;
  error: string | null;
}

/** A button, and below it what came of the last test. */
export function TestPanel({ connection }: { connection: TeamsConnection }) {
  const t = useTranslate();
  const may = useMay('teams_connections', 'edit');
  const [tested, setTested] = useState<Tested>();
  const { run, busy, refusal } = useAct<Tested>('teams_connections', connection.id);
  if (!may) return null;
  const send = async () => {
    setTested(undefined);
    setTested(await run('test'));
  };
  return (
    <SectionCard title={t('stoa.integrations.test.title')}>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1.5 }}>
        {t('stoa.integrations.teams.testBody')}
      </Typography>
      <Button variant="outlined" startIcon={<SendIcon />} disabled={busy} onClick={() => void send()}>
        {t(`stoa.integrations.test.${busy ? 'sending' : 'action'}`)}
      </Button>
      {(tested ?? refusal) && (
        <Alert severity={tested?.ok ? 'success' : 'error'} role="status" sx={{ mt: 1.5 }}>
          {tested?.ok
            ? t('stoa.integrations.teams.tested')
            : t('stoa.integrations.teams.notTested', { why: tested?.error ?? refusal ?? '' })}
        </Alert>
      )}
    </SectionCard>
  );
}
