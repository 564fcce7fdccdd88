// The page of a list: header with search and actions, table or cards, pages.
import { Box, Card, useMediaQuery, type Theme } from '@mui/material';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { List, ListContextProvider, useListContext, useResourceContext, useTranslate } from 'react-admin';
import { ErrorState, Pager } from '../components';
import type { StoaRecord } from '../types';
import { CardList, type CardContent } from './CardList';
import { DepthProvider } from './depth';
import type { ExportPlan } from './ExportButton';
import { HoldProvider } from './hold';
import { ListHeader } from './ListHeader';
import { RecordTable } from './RecordTable';
import { TrashProvider, useTrash } from './trash';
import { asTree, type Nested } from './tree';

/** What is special to the list of a resource. */
export interface ListPageProps<R extends StoaRecord> {
  /** Columns of the table: `DataTable.Col`s. */
  columns: ReactNode[];
  /** What a card shows where there is no room for a table. */
  card: (record: R) => CardContent;
  sort: { field: string; order: 'ASC' | 'DESC' };
  /** Inputs beside the search. */
  filters?: ReactNode;
  /** A resource without names has no search by name. */
  searchable?: boolean;
  /** Icon of the empty list. */
  icon: ReactNode;
  /** Whether the record can be opened for editing; none can when absent. */
  mayOpen?: (record: R) => boolean;
  /** Whether the record can be selected for bulk actions. */
  mayDelete?: (record: R) => boolean;
  /** The API deletes many at once and can show the trash. */
  deletes?: 'many' | 'one' | 'none';
  exportPlan?: ExportPlan<R>;
  /** Records lie below others: with this order, and all on one page, they are shown as a tree. */
  tree?: string;
  perPage?: number;
  /** Shown between header and table. */
  before?: ReactNode;
  /** Shown below a row. */
  expand?: ReactNode;
  /** Conditions that always hold. */
  filter?: Record<string, unknown>;
  /** Whether the create button is offered to those who may create. */
  creates?: boolean;
  /** Milliseconds after which the list is read again, by what it shows now; never when false or absent. */
  refreshEvery?: (records: R[] | undefined) => number | false;
}

function Body<R extends StoaRecord>(props: ListPageProps<R>) {
  const phone = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const context = useListContext<R>();
  const { data, error, refetch, sort, filterValues, total } = context;
  const { tree } = props;
  const trash = useTrash();
  const unselect = useRef(context.onUnselectItems);
  // What was selected on an earlier visit is not meant any more.
  useEffect(() => unselect.current(), []);
  const whole = data && data.length === total && !trash.shown && !Object.keys(filterValues).length;
  const arranged = useMemo(
    () => (whole && sort.field === tree && sort.order === 'ASC' ? asTree(data as unknown as Nested[]) : undefined),
    [data, whole, sort, tree]
  );
  if (error && !data?.length) {
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    );
  }
  const shown = arranged ? { ...context, data: arranged.records } : context;
  return (
    <ListContextProvider value={shown as typeof context}>
      <DepthProvider value={arranged?.depths}>
        <Card sx={{ overflow: 'visible' }}>{phone ? <CardList {...props} /> : <RecordTable {...props} />}</Card>
      </DepthProvider>
    </ListContextProvider>
  );
}

/** The list of a resource. */
export function ListPage<R extends StoaRecord>(props: ListPageProps<R>) {
  const t = useTranslate();
  const resource = useResourceContext();
  const [shown, show] = useState(false);
  const trash = useMemo(() => ({ shown, show }), [shown]);
  const { sort, filter, perPage = 50, refreshEvery } = props;
  const [holds, setHolds] = useState(0);
  const hold = useCallback(() => {
    setHolds(count => count + 1);
    return () => setHolds(count => count - 1);
  }, []);
  const polled = refreshEvery && {
    refetchInterval: (query: { state: { data?: { data: R[] } } }) =>
      holds > 0 ? false : refreshEvery(query.state.data?.data),
  };
  return (
    <TrashProvider value={trash}>
      <List<R>
        key={shown ? 'trash' : 'live'}
        sort={sort}
        filter={filter}
        perPage={perPage}
        queryOptions={shown ? { meta: { trash: true } } : polled}
        storeKey={`${resource}.${shown ? 'trash' : 'list'}`}
        disableSyncWithLocation={shown}
        title={t(`resources.${resource}.name`, { smart_count: 2 })}
        actions={false}
        exporter={false}
        empty={false}
        component={Box}
        pagination={<Pager sx={{ '& .MuiToolbar-root': { minHeight: 44 } }} />}
        sx={{ pt: 1, '& .RaList-main': { mt: 0, minWidth: 0 } }}
      >
        <ListHeader {...props} />
        {props.before}
        <HoldProvider value={hold}>
          <Body {...props} />
        </HoldProvider>
      </List>
    </TrashProvider>
  );
}
