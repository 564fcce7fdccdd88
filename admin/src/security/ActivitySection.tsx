// What happened to the own account lately: log-ins, failed ones too, and changes of its security.
import { Box, Button, List, ListItem, ListItemText, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { device } from '../account/device';
import { readActivity, type Activity } from '../api/mfa';
import { useActionWords } from '../audit_log/actions';
import { ErrorState, PageSkeleton, SectionCard, TimeAgo } from '../components';

/** Shown at first. */
const FEW = 8;
/** What somebody else may have tried. */
const WORRYING = ['auth.login_failed', 'auth.mfa_failed', 'auth.proof_failed', 'auth.refresh_reuse'];

function Row({ entry }: { entry: Activity }) {
  const t = useTranslate();
  const words = useActionWords();
  const from = [device(entry.user_agent), entry.ip].filter(Boolean).join(' · ');
  return (
    <ListItem divider disableGutters>
      <ListItemText
        primary={t(`stoa.security.activity.acts.${entry.action}`, { _: '' }) || words(entry.action)}
        slotProps={{ primary: { sx: WORRYING.includes(entry.action) ? { color: 'warning.main', fontWeight: 600 } : {} } }}
        secondary={
          <>
            <TimeAgo value={entry.at} />
            {entry.by_other ? ` · ${t('stoa.security.activity.byOther')}` : from && ` · ${from}`}
          </>
        }
      />
    </ListItem>
  );
}

/** The list. */
export function ActivitySection() {
  const t = useTranslate();
  const [all, setAll] = useState(false);
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ['auth', 'activity'],
    queryFn: ({ signal }) => readActivity(signal),
  });
  const shown = all ? data : data?.slice(0, FEW);
  return (
    <SectionCard title={t('stoa.security.activity.title')}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('stoa.security.activity.body')}
      </Typography>
      {isPending && <PageSkeleton rows={3} />}
      {error && <ErrorState error={error} onRetry={refetch} />}
      {shown && (
        <List disablePadding>
          {shown.map(entry => (
            <Row key={entry.id} entry={entry} />
          ))}
        </List>
      )}
      {data?.length === 0 && <Box sx={{ pt: 1, color: 'text.secondary' }}>{t('stoa.security.activity.none')}</Box>}
      {data && data.length > FEW && !all && (
        <Button sx={{ mt: 1 }} onClick={() => setAll(true)}>
          {t('stoa.security.activity.more', { smart_count: data.length - FEW })}
        </Button>
      )}
    </SectionCard>
  );
}
