// Pages that have nothing to show yet: empty, broken, loading; and the card that sections stand in.
import ErrorOutlineIcon from '@mui/icons-material/ErrorOutlineOutlined';
import InboxIcon from '@mui/icons-material/InboxOutlined';
import { Box, Button, Card, Skeleton, Stack, Typography } from '@mui/material';
import { useId, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { useErrorText } from './useErrorText';

/** Nothing is here, and what to do about it. */
export function EmptyState({
  icon,
  title,
  body,
  action,
}: {
  icon?: ReactNode;
  title: string;
  body?: string;
  action?: ReactNode;
}) {
  return (
    <Stack spacing={1} sx={{ alignItems: 'center', textAlign: 'center', py: 6, px: 2, color: 'text.secondary' }}>
      <Box aria-hidden sx={{ '& svg': { fontSize: 44, opacity: 0.6 } }}>
        {icon ?? <InboxIcon />}
      </Box>
      <Typography variant="h6" component="p" sx={{ color: 'text.primary' }}>
        {title}
      </Typography>
      {body && <Typography sx={{ maxWidth: 460 }}>{body}</Typography>}
      {action && <Box sx={{ pt: 1 }}>{action}</Box>}
    </Stack>
  );
}

/** It could not be loaded, why, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useTranslate();
  const errorText = useErrorText();
  return (
    <Box role="alert">
      <EmptyState
        icon={<ErrorOutlineIcon />}
        title={t('stoa.common.errors.title')}
        body={errorText(error)}
        action={
          onRetry && (
            <Button variant="outlined" onClick={() => onRetry()}>
              {t('stoa.common.retry')}
            </Button>
          )
        }
      />
    </Box>
  );
}

/** The shape of a page before its content is there. */
export function PageSkeleton({ rows = 10 }: { rows?: number }) {
  const t = useTranslate();
  return (
    <Box role="status" aria-label={t('ra.page.loading')} sx={{ pt: 2 }}>
      <Skeleton variant="rounded" height={36} sx={{ mb: 2, maxWidth: 420 }} />
      {Array.from({ length: rows }, (_, at) => (
        <Skeleton key={at} variant="rounded" height={28} sx={{ mb: 1 }} />
      ))}
    </Box>
  );
}

/** A titled part of a page. */
export function SectionCard({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: 2, minWidth: 0 }}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', mb: 1, minHeight: 30, gap: 1 }}>
        <Typography id={id} variant="h6" component="h2">
          {title}
        </Typography>
        {actions}
      </Stack>
      {children}
    </Card>
  );
}
