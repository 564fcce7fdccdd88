// The page of one record that is looked at and acted on, and not changed in a form.
import { Box, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { ShowBase, Title, useGetRecordRepresentation, useResourceContext, useShowContext } from 'react-admin';
import { ErrorState, PageSkeleton } from '../components';
import type { StoaRecord } from '../types';

interface ShowPageProps<R extends StoaRecord> {
  /** The record's name when absent. */
  title?: (record: R) => string;
  /** Cards with what it is. */
  render: (record: R) => ReactNode;
  /** Cards beside them. */
  aside: (record: R) => ReactNode;
  /** How the record stands is told beside it: on a narrow page that comes first. */
  asideFirst?: boolean;
  /** Milliseconds after which the record is read again, by how it is now; never when false or absent. */
  refreshEvery?: (record: R | undefined) => number | false;
}

function Loaded<R extends StoaRecord>({ title, render, aside, asideFirst = false }: ShowPageProps<R>) {
  const { record, error, refetch } = useShowContext<R>();
  const represent = useGetRecordRepresentation(useResourceContext());
  if (!record) {
    return (
      <>
        <Title title="…" />
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageSkeleton rows={6} />}
      </>
    );
  }
  return (
    <>
      <Title title={title ? title(record) : <span>{represent(record)}</span>} />
      <Stack
        direction={{ xs: asideFirst ? 'column-reverse' : 'column', lg: 'row' }}
        sx={{ gap: 2, alignItems: 'flex-start' }}
      >
        <Stack sx={{ flex: '1 1 auto', width: '100%', minWidth: 0, gap: 2 }}>{render(record)}</Stack>
        <Stack sx={{ flex: { lg: '0 0 380px' }, width: '100%', minWidth: 0, gap: 2 }}>{aside(record)}</Stack>
      </Stack>
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
