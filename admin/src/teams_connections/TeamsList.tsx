// The connections to Microsoft Teams: which channel is told what, and whether the cards arrive.
import ForumIcon from '@mui/icons-material/ForumOutlined';
import { Box } from '@mui/material';
import { DataTable, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { useDisabledWords } from '../integrations/disabled';
import { HealthChip } from '../integrations/HealthChip';
import { CardLine, EventCount, InUseFilter, LastOk } from '../integrations/ListParts';
import { useCovers } from '../structure/access';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import type { TeamsConnection } from '../types';

/** List of connections. */
export default function TeamsList() {
  const t = useTranslate();
  const opens = useMay('teams_connections', 'show');
  const mayDelete = useCovers('teams_connections', 'delete');
  const why = useDisabledWords('teams');
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
        <ListNote>{t('stoa.integrations.teams.about')}</ListNote>
      }
      filters={<InUseFilter />}
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
        <DataTable.Col<TeamsConnection> key="last_ok_at" source="last_ok_at" disableSort render={one => <LastOk of={one} />} />,
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
          render={one => <EventCount of={one} />}
        />,
        <DataTable.Col<TeamsConnection> key="url_host" source="url_host" disableSort />,
      ]}
      card={one => ({
        title: one.name,
        end: <HealthChip of={one} why={why(one)} />,
        lines: [
          one.channel_label,
          error(one),
          <CardLine key="ok" of={one} />,
        ],
      })}
    />
  );
}
