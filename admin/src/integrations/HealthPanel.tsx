// Beside the form of a connection: how it fares, why it was switched off, and how to switch it on again.
import { Alert, AlertTitle, Button } from '@mui/material';
import { useNotify, useRefresh, useResourceContext, useTranslate, useUpdate } from 'react-admin';
import type { ReactNode } from 'react';
import { useMay } from '../api/permissions';
import { SectionCard, formatDateTime } from '../components';
import { Fact } from '../structure/Fact';
import { Moment } from '../structure/Moment';
import { useSaveError } from '../structure/useSaveError';
import type { Connected } from '../types';
import { HealthChip } from './HealthChip';
import { healthOf, type Health } from './health';

const SEVERITY: Record<Health, 'error' | 'warning' | 'info' | 'success'> = {
  disabled: 'error',
  off: 'warning',
  failing: 'warning',
  fine: 'success',
  unused: 'info',
};

function SwitchOn({ of }: { of: Connected }) {
  const t = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const onError = useSaveError();
  const resource = useResourceContext() ?? '';
  const may = useMay(`${resource}.is_active`, 'edit');
  const [update, { isPending }] = useUpdate();
  if (!may) return null;
  const run = () =>
    update(
      resource,
      { id: of.id, data: { is_active: true }, previousData: of },
      {
        onSuccess: () => {
          notify(t('stoa.integrations.panel.onDone'), { type: 'success' });
          refresh();
        },
        onError,
      }
    );
  return (
    <Button variant="outlined" color="inherit" disabled={isPending} onClick={() => void run()} sx={{ mt: 1 }}>
      {t('stoa.integrations.panel.on')}
    </Button>
  );
}

/** State, failures, last success. `reason` says why the server switched it off. */
export function HealthPanel({ of, reason, children }: { of: Connected; reason?: string; children?: ReactNode }) {
  const t = useTranslate();
  const word = (name: string) => t(`stoa.integrations.panel.${name}`);
  const health = healthOf(of);
  return (
    <SectionCard title={word('title')} actions={<HealthChip of={of} why={reason} />}>
      <Alert severity={SEVERITY[health]} sx={{ mb: 1 }}>
        {health === 'disabled' ? (
          <>
            <AlertTitle>
              {word('switchedOff')}, {formatDateTime(of.disabled_at)}
            </AlertTitle>
            {reason}
            <div>
              <SwitchOn of={of} />
            </div>
          </>
        ) : (
          word(health)
        )}
      </Alert>
      <Moment label={word('lastOk')} value={of.last_ok_at} none={t('stoa.integrations.never')} />
      <Fact label={word('failures')}>{of.failures > 0 ? of.failures.toLocaleString() : word('none')}</Fact>
      {children}
    </SectionCard>
  );
}
