// The webhooks of the company: where each leads, and how it fares.
import ListAltIcon from '@mui/icons-material/ListAlt';
import WebhookIcon from '@mui/icons-material/Webhook';
import { Alert, Box, Button, Tooltip } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { TimeAgo } from '../components';
import { useEventWords } from '../integrations/EventPicker';
import { useDisabledWords } from '../integrations/disabled';
import { HealthChip } from '../integrations/HealthChip';
import { useCovers } from '../structure/access';
import { FilterSlot } from '../structure/FilterSlot';
import { YesNo } from '../structure/Flags';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import { useYesNo } from '../structure/useYesNo';
import type { Webhook } from '../types';

/** List of webhooks. */
export default function WebhookList() {
  const t = useTranslate();
  const opens = useMay('webhooks', 'show');
  const log = useMay('webhook_deliveries', 'list');
  const mayDelete = useCovers('webhooks', 'delete');
  const words = useEventWords();
  const why = useDisabledWords('webhooks');
  const { choices } = useYesNo();
  const count = (hook: Webhook) => t('stoa.integrations.eventCount', { smart_count: hook.events.length });
  const lastOk = (hook: Webhook) =>
    hook.last_ok_at ? <TimeAgo value={hook.last_ok_at} /> : t('stoa.integrations.never');
  return (
    <ListPage<Webhook>
      icon={<WebhookIcon />}
      sort={{ field: 'name', order: 'ASC' }}
      searchable={false}
      deletes="one"
      mayOpen={() => opens}
      mayDelete={mayDelete}
      before={
        <Alert
          severity="info"
          sx={{
            mb: 1,
            py: 0,
            alignItems: 'center',
            flexWrap: { xs: 'wrap', sm: 'nowrap' },
            '& .MuiAlert-message': { flex: { xs: '1 1 220px', sm: '0 1 auto' } },
          }}
          action={
            log && (
              <Button
                component={RouterLink}
                to="/webhook_deliveries"
                color="inherit"
                startIcon={<ListAltIcon />}
                sx={{ whiteSpace: 'nowrap' }}
              >
                {t('stoa.integrations.webhooks.toLog')}
              </Button>
            )
          }
        >
          {t('stoa.integrations.webhooks.about')}
        </Alert>
      }
      filters={
        <FilterSlot width={110}>
          <SelectInput source="is_active" choices={choices} fullWidth />
        </FilterSlot>
      }
      columns={[
        <DataTable.Col<Webhook>
          key="name"
          source="name"
          render={hook => <NameCell record={hook} opens={opens} below={hook.url} />}
        />,
        <DataTable.Col<Webhook>
          key="health"
          label={t('stoa.integrations.panel.title')}
          disableSort
          render={hook => <HealthChip of={hook} why={why(hook)} />}
        />,
        <DataTable.Col<Webhook>
          key="last_ok_at"
          source="last_ok_at"
          disableSort
          render={lastOk}
        />,
        <DataTable.Col<Webhook>
          key="failures"
          source="failures"
          disableSort
          render={hook => hook.failures || '–'}
        />,
        <DataTable.Col<Webhook>
          key="events"
          source="events"
          disableSort
          render={hook => (
            <Tooltip title={words(hook.events)}>
              <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
                {count(hook)}
              </Box>
            </Tooltip>
          )}
        />,
        <DataTable.Col<Webhook>
          key="include_private"
          source="include_private"
          disableSort
          render={hook => <YesNo value={hook.include_private} />}
        />,
      ]}
      card={hook => ({
        title: hook.name,
        end: <HealthChip of={hook} why={why(hook)} />,
        lines: [
          hook.url,
          why(hook),
          <span key="ok">
            {t('stoa.integrations.panel.lastOk')}: {lastOk(hook)} · {count(hook)}
          </span>,
        ],
      })}
    />
  );
}
