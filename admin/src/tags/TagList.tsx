// The tags, and a line to add more.
import LocalOfferOutlinedIcon from '@mui/icons-material/LocalOfferOutlined';
import { Box } from '@mui/material';
import { DataTable, useTranslate } from 'react-admin';
import { TimeAgo } from '../components';
import { useCovers } from '../structure/access';
import type { ExportPlan } from '../structure/ExportButton';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import type { Tag } from '../types';
import { QuickTag } from './QuickTag';
import { TagChip } from './TagChip';

/** List of tags. */
export default function TagList() {
  const t = useTranslate();
  const mayOpen = useCovers('tags', 'edit');
  const mayDelete = useCovers('tags', 'delete');
  const plan: ExportPlan<Tag> = {
    columns: () => [
      { label: t('resources.tags.fields.name'), value: record => record.name },
      { label: t('resources.tags.fields.colour'), value: record => record.colour ?? '' },
      { label: t('resources.tags.fields.description'), value: record => record.description ?? '' },
    ],
  };
  return (
    <ListPage<Tag>
      icon={<LocalOfferOutlinedIcon />}
      sort={{ field: 'name', order: 'ASC' }}
      mayOpen={mayOpen}
      mayDelete={mayDelete}
      exportPlan={plan}
      before={<QuickTag />}
      columns={[
        <DataTable.Col<Tag>
          key="name"
          source="name"
          render={record => <NameCell record={record} opens={mayOpen(record)} />}
        />,
        <DataTable.Col<Tag>
          key="colour"
          source="colour"
          label={t('stoa.structure.tags.looks')}
          disableSort
          render={record => <TagChip name={record.name} colour={record.colour} />}
        />,
        <DataTable.Col<Tag>
          key="description"
          source="description"
          disableSort
          render={record => <Box sx={{ color: 'text.secondary' }}>{record.description}</Box>}
        />,
        <DataTable.Col<Tag>
          key="created_at"
          source="created_at"
          render={record => <TimeAgo value={record.created_at} />}
        />,
      ]}
      card={record => ({ title: <TagChip name={record.name} colour={record.colour} />, lines: [record.description] })}
    />
  );
}
