// The table of a list: dense, with bulk actions for those who may.
import type { ReactNode } from 'react';
import { DataTable, DataTableBody, useListContext, useResourceContext, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { TimeAgo } from '../components';
import type { StoaRecord } from '../types';
import { BulkDelete, BulkRestore } from './BulkActions';
import { EmptyList } from './EmptyList';
import type { ListPageProps } from './ListPage';
import { Row } from './TableRow';
import { useTrash } from './trash';

function Body({ children }: { children?: ReactNode }) {
  return <DataTableBody row={Row}>{children}</DataTableBody>;
}

/** The table of the list around. */
export function RecordTable<R extends StoaRecord>(props: ListPageProps<R>) {
  const { columns, mayOpen, mayDelete, deletes = 'many', expand } = props;
  const t = useTranslate();
  const resource = useResourceContext() ?? '';
  const trash = useTrash();
  const { data } = useListContext<R>();
  const deleteAllowed = useMay(resource, 'delete') && deletes !== 'none';
  const selectable = deleteAllowed && (trash.shown || deletes === 'many') && Boolean(data?.length);
  const opens = (record: R) => !trash.shown && Boolean(mayOpen?.(record));
  return (
    <DataTable<R>
      body={Body}
      bulkActionButtons={selectable ? trash.shown ? <BulkRestore /> : <BulkDelete /> : false}
      isRowSelectable={trash.shown || !mayDelete ? undefined : mayDelete}
      rowClick={(_id, _resource, record) => (opens(record as R) ? 'edit' : expand ? 'expand' : false)}
      rowSx={record => ({ cursor: opens(record) || expand ? 'pointer' : 'default' })}
      empty={<EmptyList {...props} />}
      expand={trash.shown ? undefined : expand}
      storeKey={`${resource}.table`}
      sx={{
        '& .RaBulkActionsToolbar-toolbar': { left: -1, right: -1 },
        '& .RaDataTable-tableWrapper': { overflowX: 'auto' },
        '& .RaDataTable-headerCell': { py: 0.75, px: 1.5, whiteSpace: 'nowrap' },
        '& .RaDataTable-rowCell': { py: 0.6, px: 1.5, verticalAlign: 'middle' },
      }}
    >
      {trash.shown
        ? [
            ...columns,
            <DataTable.Col<R>
              key="deleted_at"
              source="deleted_at"
              label={t('stoa.structure.list.deletedAt')}
              disableSort
              render={record => <TimeAgo value={record.deleted_at} />}
            />,
          ]
        : columns}
    </DataTable>
  );
}
