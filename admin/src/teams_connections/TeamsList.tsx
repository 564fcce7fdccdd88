// The connections to Microsoft Teams: which channel is told what, and whether the cards arrive.
import ForumIcon from '@mui/icons-material/ForumOutlined';
import { Alert, Box, Tooltip } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { TimeAgo } from '../components';
import { useDisabledWords } from '../integrations/disabled';
import { useEventWords } from '../integrations/EventPicker';
import { HealthChip } from '../integrations/HealthChip';
import { useCovers } from '../structure/access';
import { FilterSlot } from '../structure/FilterSlot';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import { useYesNo } from '../structure/useYesNo';
import type { TeamsConnection } from '../types';

/** List of connections. */
export default function TeamsList() {
  const t = useTranslate();
  const opens = useMay('teams_connections', 'show');
  const mayDelete = useCovers('teams_connections', 'delete');
  const words = useEventWords();
  const why = useDisabledWords('teams');
  const { choices } = useYesNo();
  const count = (one: TeamsConnection) => t('stoa.integrations.eventCount', { smart_count: one.events.length });
  const lastOk = (one: TeamsConnection) =>
    one.last_ok_at ? <TimeAgo value={one.last_ok_at} /> : t('stoa.integrations.never');
  const error = (one: TeamsConnection) => why(one) ?? (one.failures > 0 ? one.last_error : null);
  return (
    <ListPage<TeamsConnection>
      icon={<ForumIcon />}
      sort={{ field: 'name', order: 'ASC' }}
      searchable={false}
      deletes="one"
      mayOpen={() => opens}
      mayDelete={mayDelete}
      before={
        <Alert severity="info" sx={{ mb: 1, py: 0 }}>
          {t('stoa.integrations.teams.about')}
        </Alert>
      }
      filters={
        <FilterSlot width={110}>
          <SelectInput source="is_active" choices={choices} fullWidth />
        </FilterSlot>
      }
      columns={[
        <DataTable.Col<TeamsConnection>
          key="name"
          source="name"
          render={one => <NameCell record={one} opens={opens} below={one.channel_label} />}
        />,
        <DataTable.Col<TeamsConnection>
          key="health"
          label={t('stoa.integrations.panel.title')}
          disableSort
          render={one => <HealthChip of={one} why={why(one)} />}
        />,
        <DataTable.Col<TeamsConnection> key="last_ok_at" source="last_ok_at" disableSort render={lastOk} />,
        <DataTable.Col<TeamsConnection>
          key="last_error"
          source="last_error"
          disableSort
          render={one => (
            <Box
              title={error(one) ?? undefined}
              sx={{ maxWidth: 260, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            >
              {error(one) ?? '–'}
            </Box>
          )}
        />,
        <DataTable.Col<TeamsConnection>
          key="events"
          source="events"
          disableSort
          render={one => (
            <Tooltip title={words(one.events)}>
              <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
                {count(one)}
              </Box>
            </Tooltip>
          )}
        />,
        <DataTable.Col<TeamsConnection> key="url_host" source="url_host" disableSort />,
      ]}
      card={one => ({
        title: one.name,
        end: <HealthChip of={one} why={why(one)} />,
        lines: [
          one.channel_label,
          error(one),
          <span key="ok">
            {t('stoa.integrations.panel.lastOk')}: {lastOk(one)} · {count(one)}
          </span>,
        ],
      })}
    />
  );
}
