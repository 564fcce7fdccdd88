// The webhooks of the company: where each leads, and how it fares.
import ListAltIcon from '@mui/icons-material/ListAlt';
import WebhookIcon from '@mui/icons-material/Webhook';
import { Button } from '@mui/material';
import { DataTable, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { useDisabledWords } from '../integrations/disabled';
import { HealthChip } from '../integrations/HealthChip';
import { CardLine, EventCount, InUseFilter, LastOk } from '../integrations/ListParts';
import { useCovers } from '../structure/access';
import { YesNo } from '../structure/Flags';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import type { Webhook } from '../types';

/** List of webhooks. */
export default function WebhookList() {
  const t = useTranslate();
  const opens = useMay('webhooks', 'show');
  const log = useMay('webhook_deliveries', 'list');
  const mayDelete = useCovers('webhooks', 'delete');
  const why = useDisabledWords('webhooks');
  return (
    <ListPage<Webhook>
      icon={<WebhookIcon />}
      sort={{ field: 'name', order: 'ASC' }}
      searchable={false}
      deletes="one"
      mayOpen={() => opens}
      mayDelete={mayDelete}
      before={
        <ListNote
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
        </ListNote>
      }
      filters={<InUseFilter />}
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
          render={hook => <LastOk of={hook} />}
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
          render={hook => <EventCount of={hook} />}
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
          <CardLine key="ok" of={hook} />,
        ],
      })}
    />
  );
}
