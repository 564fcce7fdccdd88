// Where one is logged in, with a way to end each session, or all.
import { Box, Button, Chip, List, ListItem, ListItemText } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { request } from '../api/client';
import { logOutEverywhere } from '../api/session';
import { ConfirmDialog, ErrorState, PageSkeleton, SectionCard, TimeAgo, formatDateTime, useErrorText } from '../components';
import { device } from './device';

interface Session {
  id: string;
  current: boolean;
  created_at: string;
  last_seen_at: string;
  ip: string | null;
  user_agent: string | null;
}

const KEY = ['auth', 'sessions'];

function Row({ session, onEnd, busy }: { session: Session; onEnd: () => void; busy: boolean }) {
  const t = useTranslate();
  const name = device(session.user_agent) ?? t('stoa.account.sessions.unknown');
  return (
    <ListItem
      divider
      disableGutters
      secondaryAction={
        session.current ? (
          <Chip label={t('stoa.account.sessions.here')} color="primary" variant="outlined" />
        ) : (
          <Button
            onClick={onEnd}
            disabled={busy}
            color="error"
            aria-label={t('stoa.account.sessions.end_label', { device: name })}
          >
            {t('stoa.account.sessions.end')}
          </Button>
        )
      }
    >
      <ListItemText
        sx={{ pr: 8 }}
        primary={`${name}${session.ip ? ` · ${session.ip}` : ''}`}
        secondary={
          <>
            {t('stoa.account.sessions.since', { when: formatDateTime(session.created_at) })}
            {' · '}
            <TimeAgo value={session.last_seen_at} />
          </>
        }
      />
    </ListItem>
  );
}

/** The list. */
export function SessionsSection() {
  const t = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { data, error, refetch, isPending } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<{ data: Session[] }>('/auth/sessions', { signal }).then(answer => answer.data.data),
  });
  const end = useMutation({
    mutationFn: (id: string) => request(`/auth/sessions/${id}`, { method: 'DELETE' }),
    onSuccess: () => notify('stoa.account.sessions.ended', { type: 'success' }),
    onError: fault => notify(errorText(fault), { type: 'error', messageArgs: { _: errorText(fault) } }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const everywhere = async () => {
    try {
      await logOutEverywhere();
      navigate('/login');
    } catch (fault) {
      setAsking(false);
      notify(errorText(fault), { type: 'error', messageArgs: { _: errorText(fault) } });
    }
  };
  return (
    <SectionCard
      title={t('stoa.account.sessions.title')}
      actions={
        <Button color="error" onClick={() => setAsking(true)}>
          {t('stoa.account.sessions.everywhere')}
        </Button>
      }
    >
      {isPending && <PageSkeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={refetch} />}
      {data && (
        <List disablePadding>
          {data.map(session => (
            <Row
              key={session.id}
              session={session}
              busy={end.isPending}
              onEnd={() => end.mutate(session.id)}
            />
          ))}
        </List>
      )}
      {data?.length === 1 && <Box sx={{ color: 'text.secondary', pt: 1 }}>{t('stoa.account.sessions.only')}</Box>}
      <ConfirmDialog
        open={asking}
        danger
        title={t('stoa.account.sessions.everywhere_ask')}
        confirmLabel={t('stoa.account.sessions.everywhere')}
        onConfirm={() => void everywhere()}
        onClose={() => setAsking(false)}
      >
        {t('stoa.account.sessions.everywhere_body')}
      </ConfirmDialog>
    </SectionCard>
  );
}
