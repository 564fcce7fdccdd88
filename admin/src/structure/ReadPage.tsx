// The page of a record that is only read and acted on: no form.
import { Box, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { ShowBase, Title, useGetRecordRepresentation, useResourceContext, useShowContext } from 'react-admin';
import { ErrorState, PageSkeleton } from '../components';
import type { StoaRecord } from '../types';

function Loaded<R extends StoaRecord>({
  render,
  aside,
}: {
  render: (record: R) => ReactNode;
  aside: (record: R) => ReactNode;
}) {
  const { record, error, refetch } = useShowContext<R>();
  const represent = useGetRecordRepresentation(useResourceContext());
  if (!record) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageSkeleton rows={6} />;
  return (
    <>
      <Title title={<span>{represent(record)}</span>} />
      <Stack direction={{ xs: 'column-reverse', lg: 'row' }} sx={{ gap: 2, alignItems: 'flex-start', pt: 1 }}>
        <Stack sx={{ flex: '1 1 auto', width: '100%', minWidth: 0, gap: 2 }}>{render(record)}</Stack>
        <Stack sx={{ flex: { lg: '0 0 380px' }, width: '100%', gap: 2, minWidth: 0 }}>{aside(record)}</Stack>
      </Stack>
    </>
  );
}

/** What it is, and beside it how it stands. */
export function ReadPage<R extends StoaRecord>(props: {
  render: (record: R) => ReactNode;
  aside: (record: R) => ReactNode;
}) {
  return (
    // Who may list them may open them; the page asks for what is more itself.
    <ShowBase<R> disableAuthentication>
      <Box>
        <Loaded<R> {...props} />
      </Box>
    </ShowBase>
  );
}
