// The latest deliveries of a webhook, with a way to all of them.
import { Box, Link, Stack, Typography } from '@mui/material';
import { useGetList, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { SectionCard, TimeNear } from '../components';
import { eventKey } from '../integrations/events';
import type { Webhook, WebhookDelivery } from '../types';
import { DeliveryStateChip } from '../webhook_deliveries/DeliveryStateChip';
import { deliveriesRefresh } from '../webhook_deliveries/standing';

const MOST = 6;

/** Newest first. */
export function LatestPanel({ hook }: { hook: Webhook }) {
  const t = useTranslate();
  const may = useMay('webhook_deliveries', 'list');
  const { data } = useGetList<WebhookDelivery>(
    'webhook_deliveries',
    {
      filter: { webhook_id: hook.id },
      sort: { field: 'created_at', order: 'DESC' },
      pagination: { page: 1, perPage: MOST },
    },
    { enabled: may, refetchInterval: query => deliveriesRefresh(query.state.data?.data) }
  );
  if (!may) return null;
  const all = `/webhook_deliveries?filter=${encodeURIComponent(JSON.stringify({ webhook_id: hook.id }))}`;
  return (
    <SectionCard title={t('stoa.integrations.webhooks.latest')}>
      {data?.length === 0 && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('stoa.integrations.webhooks.noneYet')}
        </Typography>
      )}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {data?.map(delivery => (
          <Stack
            key={delivery.id}
            component="li"
            direction="row"
            sx={{ gap: 1, py: 0.4, alignItems: 'center', justifyContent: 'space-between' }}
          >
            <Link
              component={RouterLink}
              to={`/webhook_deliveries/${delivery.id}`}
              underline="hover"
              sx={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            >
              {t(eventKey(delivery.event_type), { _: delivery.event_type })}
            </Link>
            <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexShrink: 0 }}>
              <Typography variant="body2" component="span" sx={{ color: 'text.secondary' }}>
                <TimeNear value={delivery.created_at} />
              </Typography>
              <DeliveryStateChip delivery={delivery} />
            </Stack>
          </Stack>
        ))}
      </Box>
      <Link component={RouterLink} to={all} sx={{ display: 'inline-block', mt: 1 }}>
        {t('stoa.integrations.webhooks.allOf')}
      </Link>
    </SectionCard>
  );
}
