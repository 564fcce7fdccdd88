// What an outgoing mail says, or why that cannot be read.
import LockOutlinedIcon from '@mui/icons-material/LockOutlined';
import { Alert, Skeleton, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { ApiError, request } from '../api/client';
import { useMay } from '../api/permissions';
import { EmptyState, ErrorState, SectionCard } from '../components';
import { MailView } from '../mail/MailView';
import type { MailText, OutboundEmail } from '../types';

function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslate();
  const code = error instanceof ApiError ? error.code : '';
  if (code === 'content_sealed') {
    return (
      <EmptyState
        icon={<LockOutlinedIcon />}
        title={t('stoa.mail.outbound.content.sealed.title')}
        body={t('stoa.mail.outbound.content.sealed.body')}
      />
    );
  }
  if (code === 'content_unavailable') {
    return <EmptyState title={t('stoa.mail.outbound.content.unavailable')} body={(error as ApiError).message} />;
  }
  return <ErrorState error={error} onRetry={onRetry} />;
}

/** The text of the mail. */
export function MailContent({ mail }: { mail: OutboundEmail }) {
  const t = useTranslate();
  const may = useMay('outbound_emails', 'content');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['outbound_emails', 'content', mail.id, mail.version],
    queryFn: async ({ signal }) =>
      (await request<MailText>(`/api/outbound_emails/${mail.id}/content`, { signal })).data,
    enabled: may,
    retry: false,
    // It may hold what is not for everybody: not longer in the memory of the page than it is shown.
    gcTime: 0,
  });
  return (
    <SectionCard title={t('stoa.mail.outbound.content.title')}>
      {!may ? (
        <Typography sx={{ color: 'text.secondary' }}>{t('stoa.mail.outbound.content.unread')}</Typography>
      ) : error ? (
        <Refused error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton variant="rounded" height={420} />
      ) : (
        <>
          <MailView mail={data} height={440} />
          {mail.state === 'sent' && mail.template !== 'prepared' && (
            <Alert severity="info" sx={{ mt: 1.5, py: 0 }}>
              {t('stoa.mail.outbound.content.now')}
            </Alert>
          )}
        </>
      )}
    </SectionCard>
  );
}
