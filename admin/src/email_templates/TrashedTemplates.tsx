// Wordings in the trash, which can be taken back.
import RestoreFromTrashIcon from '@mui/icons-material/RestoreFromTrash';
import { Box, Button, Card, Stack } from '@mui/material';
import { useGetList, useTranslate } from 'react-admin';
import { EmptyState, ErrorState, PageSkeleton, TimeAgo } from '../components';
import { useMailName } from '../mail/names';
import { useRestore } from '../structure/BulkActions';
import { languageName } from '../structure/PlaceInputs';
import type { EmailTemplate } from '../types';

/** What was deleted, newest first. */
export function TrashedTemplates() {
  const t = useTranslate();
  const name = useMailName();
  const restore = useRestore();
  const { data, isPending, error, refetch } = useGetList<EmailTemplate>('email_templates', {
    sort: { field: 'created_at', order: 'DESC' },
    pagination: { page: 1, perPage: 200 },
    meta: { trash: true },
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <PageSkeleton rows={4} />;
  if (!data?.length) {
    return (
      <Card>
        <EmptyState title={t('stoa.structure.list.trashEmpty')} body={t('stoa.structure.list.trashEmptyBody')} />
      </Card>
    );
  }
  return (
    <Card component="ul" sx={{ m: 0, px: 2, py: 1, listStyle: 'none' }}>
      {data.map(one => (
        <Stack component="li" key={one.id} direction="row" sx={{ alignItems: 'center', gap: 1, py: 0.5, flexWrap: 'wrap' }}>
          <Box sx={{ fontWeight: 600 }}>
            {t('stoa.emailTemplates.name', { mail: name(one.key), language: languageName(one.locale) })}
          </Box>
          <Box sx={{ color: 'text.secondary' }}>
            {t('stoa.structure.list.deletedAt')} <TimeAgo value={one.deleted_at} />
          </Box>
          <Button startIcon={<RestoreFromTrashIcon />} onClick={() => void restore([one.id])} sx={{ ml: 'auto' }}>
            {t('stoa.structure.list.restore')}
          </Button>
        </Stack>
      ))}
    </Card>
  );
}
