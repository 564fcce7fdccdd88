// The page of one record that is looked at and not changed.
import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { ShowBase, Title, useShowContext } from 'react-admin';
import { ErrorState, PageSkeleton } from '../components';
import type { StoaRecord } from '../types';
import { Columns } from './RecordPages';

interface ShowPageProps<R extends StoaRecord> {
  title: (record: R) => string;
  render: (record: R) => ReactNode;
  /** Beside it. */
  aside?: (record: R) => ReactNode;
  /** Milliseconds after which the record is read again, by how it is now; never when false or absent. */
  refreshEvery?: (record: R | undefined) => number | false;
}

function Loaded<R extends StoaRecord>({ title, render, aside }: ShowPageProps<R>) {
  const { record, error, refetch } = useShowContext<R>();
  return (
    <>
      <Title title={record ? title(record) : '…'} />
      {record ? (
        <Columns aside={aside?.(record)}>{render(record)}</Columns>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageSkeleton rows={6} />
      )}
    </>
  );
}

/** Shows a record, and keeps it fresh where that is asked for. */
export function ShowPage<R extends StoaRecord>(props: ShowPageProps<R>) {
  const { refreshEvery } = props;
  return (
    <ShowBase<R>
      queryOptions={{
        refetchInterval: query => refreshEvery?.(query.state.data) ?? false,
        // Nobody is sent away from the page: it says itself what is wrong.
        onError: () => undefined,
      }}
    >
      <Box sx={{ pt: 1 }}>
        <Loaded {...props} />
      </Box>
    </ShowBase>
  );
}
