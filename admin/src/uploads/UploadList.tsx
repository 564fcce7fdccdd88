// All files of the company: who sent each, what became of it, and which ticket carries it.
import FolderIcon from '@mui/icons-material/FolderOutlined';
import { Box, Stack, Typography } from '@mui/material';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { useReach } from '../api/permissions';
import { PersonName, TimeAgo } from '../components';
import { FileThumb } from '../files/FileThumb';
import { formatSize } from '../files/size';
import type { ExportPlan } from '../structure/ExportButton';
import { FilterSlot } from '../structure/FilterSlot';
import { ListPage } from '../structure/ListPage';
import { UPLOAD_STATES, type Upload } from '../types';
import { AttachedTo } from './AttachedTo';
import { StorageUse } from './StorageUse';
import { UploadActions } from './UploadActions';
import { UploadState } from './UploadState';

function Filters() {
  const t = useTranslate();
  return (
    <FilterSlot width={180}>
      <SelectInput
        source="state"
        choices={UPLOAD_STATES.map(id => ({ id, name: t(`stoa.uploads.state.${id}`) }))}
        translateChoice={false}
        fullWidth
      />
    </FilterSlot>
  );
}

function Name({ upload }: { upload: Upload }) {
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 1, minWidth: 160 }}>
      <FileThumb type={upload.sniffed_type ?? upload.content_type} size={28} />
      <Box sx={{ minWidth: 0, maxWidth: 320 }}>
        <Typography variant="body2" noWrap title={upload.filename} sx={{ fontWeight: 600 }}>
          {upload.filename}
        </Typography>
        <Typography variant="caption" noWrap component="div" color="textSecondary">
          {upload.sniffed_type ?? upload.content_type}
        </Typography>
      </Box>
    </Stack>
  );
}

/** The list of files. */
export default function UploadList() {
  const t = useTranslate();
  const everybody = useReach('uploads', 'list') === 'all';
  const label = (field: string) => t(`resources.uploads.fields.${field}`);
  const plan: ExportPlan<Upload> = {
    columns: () => [
      { label: label('filename'), value: upload => upload.filename },
      { label: label('size'), value: upload => String(upload.size) },
      { label: label('content_type'), value: upload => upload.sniffed_type ?? upload.content_type },
      { label: label('state'), value: upload => t(`stoa.uploads.state.${upload.state}`) },
      { label: label('created_by'), value: upload => upload.created_by ?? '' },
      { label: label('created_at'), value: upload => upload.created_at },
    ],
  };
  return (
    <ListPage<Upload>
      icon={<FolderIcon />}
      sort={{ field: 'created_at', order: 'DESC' }}
      searchable={false}
      creates={false}
      deletes="none"
      exportPlan={plan}
      filters={<Filters />}
      before={<StorageUse />}
      columns={[
        <DataTable.Col<Upload>
          key="filename"
          source="filename"
          disableSort
          render={upload => <Name upload={upload} />}
        />,
        <DataTable.Col<Upload>
          key="size"
          source="size"
          disableSort
          render={upload => <Box sx={{ whiteSpace: 'nowrap' }}>{formatSize(upload.size)}</Box>}
        />,
        <DataTable.Col<Upload>
          key="state"
          source="state"
          disableSort
          render={upload => <UploadState upload={upload} />}
        />,
        <DataTable.Col<Upload>
          key="link"
          source="link"
          disableSort
          render={upload => <AttachedTo upload={upload} />}
        />,
        everybody && (
          <DataTable.Col<Upload>
            key="created_by"
            source="created_by"
            disableSort
            render={upload => <PersonName id={upload.created_by} />}
          />
        ),
        <DataTable.Col<Upload>
          key="created_at"
          source="created_at"
          sortByOrder="DESC"
          render={upload => <TimeAgo value={upload.created_at} />}
        />,
        <DataTable.Col<Upload>
          key="acts"
          label={t('stoa.uploads.acts')}
          disableSort
          render={upload => <UploadActions upload={upload} />}
        />,
      ]}
      card={upload => ({
        start: <FileThumb type={upload.sniffed_type ?? upload.content_type} size={36} />,
        title: upload.filename,
        end: <UploadActions upload={upload} />,
        lines: [
          <Stack key="state" direction="row" sx={{ gap: 0.75, alignItems: 'center', flexWrap: 'wrap', my: 0.25 }}>
            <span>{formatSize(upload.size)}</span>
            <UploadState upload={upload} />
          </Stack>,
          <AttachedTo key="link" upload={upload} />,
          <Box key="who" sx={{ display: 'flex', gap: 0.75, alignItems: 'center', flexWrap: 'wrap' }}>
            {everybody && <PersonName id={upload.created_by} />}
            <TimeAgo value={upload.created_at} />
          </Box>,
        ],
      })}
    />
  );
}
