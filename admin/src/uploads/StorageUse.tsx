// How much room the company's files take up.
import { Box, Card, LinearProgress, Typography } from '@mui/material';
import { useGetOne, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { formatSize } from '../files/size';
import { useCompanyId } from '../structure/useCompanyId';
import type { Company } from '../types';

/** From this share on it is time to do something. */
const NEARLY = 0.9;

/** Used room, and how much there is where a limit is set for the company. Nothing for whom Stoa does not tell. */
export function StorageUse() {
  const t = useTranslate();
  const id = useCompanyId();
  const told = useMay('companies.storage_used_bytes', 'read');
  const { data } = useGetOne<Company>('companies', { id: id ?? '' }, { enabled: told && id !== undefined });
  const used = data?.storage_used_bytes;
  if (typeof used !== 'number') return null;
  const most = data?.storage_quota_bytes;
  const share = most ? Math.min(1, used / most) : undefined;
  const words = most
    ? t('stoa.uploads.used_of', { used: formatSize(used), most: formatSize(most) })
    : t('stoa.uploads.used', { used: formatSize(used) });
  return (
    <Card sx={{ px: 1.5, py: 1, mb: 1 }}>
      <Typography variant="body2" component="p">
        {words}
      </Typography>
      {share !== undefined && (
        <LinearProgress
          variant="determinate"
          aria-label={words}
          value={share * 100}
          color={share >= 1 ? 'error' : share >= NEARLY ? 'warning' : 'primary'}
          sx={{ mt: 0.75, height: 6, borderRadius: 1 }}
        />
      )}
      {share !== undefined && share >= NEARLY && (
        <Box sx={{ mt: 0.5, fontSize: '0.8125rem', color: share >= 1 ? 'error.main' : 'warning.main' }}>
          {t(share >= 1 ? 'stoa.uploads.full' : 'stoa.uploads.nearly')}
        </Box>
      )}
    </Card>
  );
}
