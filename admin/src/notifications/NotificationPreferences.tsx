// The choice of what a person is told of, saved as a whole.
import { Alert, Box, Button, Paper, Skeleton, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Title, useNotify, useTranslate } from 'react-admin';
import { request } from '../api/client';
import { useMe } from '../api/me';
import { useMay } from '../api/permissions';
import { ConfirmDialog, ErrorState, useErrorText } from '../components';
import type { NotificationMatrix, Role } from '../types';
import { groupsFor, relationsFor, sameMatrix, withSwitch } from './matrix';
import { MatrixTable } from './MatrixTable';
import { NoCompany } from './NoCompany';

const PATH = '/api/notification_preferences';
const KEY = ['notification_preferences'];

/** The page of preferences. */
export default function NotificationPreferences() {
  const t = useTranslate();
  const me = useMe();
  return (
    <Box sx={{ pt: 1.5, width: '100%', maxWidth: 900, mx: 'auto' }}>
      <Title title={t('stoa.notifications.preference.title')} />
      {me?.role === 'superadmin' ? (
        <NoCompany />
      ) : (
        me && <Choice role={me.role} />
      )}
    </Box>
  );
}

function Choice({ role }: { role: Role }) {
  const t = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await request<NotificationMatrix>(PATH, { signal })).data,
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Typography color="textSecondary" sx={{ mb: 1.5, maxWidth: 640 }}>
        {t(role === 'client' ? 'stoa.notifications.preference.intro_client' : 'stoa.notifications.preference.intro')}
      </Typography>
      {data ? (
        <Switches role={role} saved={data} />
      ) : (
        <Skeleton variant="rounded" height={role === 'client' ? 240 : 800} />
      )}
    </>
  );
}

function Switches({ role, saved }: { role: Role; saved: NotificationMatrix }) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const client = useQueryClient();
  const may = useMay('notifications', 'edit');
  const [chosen, setChosen] = useState(saved);
  const [asks, setAsks] = useState(false);
  const dirty = !sameMatrix(saved, chosen);
  useWarning(dirty);
  const put = useMutation({
    mutationFn: async (matrix: NotificationMatrix) =>
      (await request<NotificationMatrix>(PATH, { method: 'PUT', body: matrix })).data,
    onSuccess: matrix => {
      client.setQueryData(KEY, matrix);
      setChosen(matrix);
    },
    onError: error => notify(errorText(error), { type: 'error' }),
  });
  const save = () =>
    put.mutate(chosen, { onSuccess: () => notify('stoa.notifications.preference.saved', { type: 'success' }) });
  const reset = () =>
    // Rows that are left out get their defaults.
    put.mutate(
      {},
      {
        onSuccess: () => notify('stoa.notifications.preference.reset_done', { type: 'success' }),
        onSettled: () => setAsks(false),
      }
    );
  return (
    <>
      <MatrixTable
        groups={groupsFor(role, saved)}
        relations={relationsFor(role)}
        matrix={chosen}
        client={role === 'client'}
        disabled={!may || put.isPending}
        onSwitch={(event, relation, on) => setChosen(before => withSwitch(before, event, relation, on))}
      />
      {may && (
        <Paper
          square
          elevation={0}
          sx={{
            position: 'sticky',
            bottom: 0,
            zIndex: 1,
            py: 1.5,
            bgcolor: 'background.default',
            borderTop: 1,
            borderColor: 'divider',
            mt: 2,
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            gap: 1,
          }}
        >
          <Button variant="contained" disabled={!dirty || put.isPending} onClick={save}>
            {t('stoa.notifications.preference.save')}
          </Button>
          {dirty && (
            <>
              <Button disabled={put.isPending} onClick={() => setChosen(saved)}>
                {t('stoa.notifications.preference.discard')}
              </Button>
              <Alert severity="info" icon={false} sx={{ py: 0 }}>
                {t('stoa.notifications.preference.unsaved')}
              </Alert>
            </>
          )}
          <Box sx={{ flex: 1 }} />
          <Button disabled={put.isPending} onClick={() => setAsks(true)}>
            {t('stoa.notifications.preference.reset')}
          </Button>
        </Paper>
      )}
      <ConfirmDialog
        open={asks}
        title={t('stoa.notifications.preference.reset_title')}
        confirmLabel={t('stoa.notifications.preference.reset')}
        busy={put.isPending}
        onConfirm={reset}
        onClose={() => setAsks(false)}
      >
        {t('stoa.notifications.preference.reset_body')}
      </ConfirmDialog>
    </>
  );
}

/** Asks before the tab is closed with changes that are not saved. */
function useWarning(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
}
