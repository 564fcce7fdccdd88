// The pages on which a record is made and changed.
import { Box, Card, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import {
  Create,
  Edit,
  useEditContext,
  useGetRecordRepresentation,
  useNotify,
  useRedirect,
  useResourceContext,
  useTranslate,
  type TransformData,
} from 'react-admin';
import { ErrorState, PageSkeleton } from '../components';
import type { StoaRecord } from '../types';
import { useFreeze } from './dirty';
import { useSaveError } from './useSaveError';

const WIDTH = 760;

/** A card as wide as a form reads well, with what belongs beside it; below it where the form takes all the room. */
export function Columns({ children, aside, wide = false }: { children: ReactNode; aside?: ReactNode; wide?: boolean }) {
  return (
    <Stack direction={{ xs: 'column', lg: wide ? 'column' : 'row' }} sx={{ gap: 2, alignItems: 'flex-start' }}>
      <Card sx={{ flex: '1 1 auto', width: '100%', maxWidth: { lg: wide ? 'none' : WIDTH }, overflow: 'visible' }}>
        {children}
      </Card>
      {aside && <Stack sx={{ flex: { lg: wide ? 'none' : '0 1 400px' }, width: '100%', gap: 2, minWidth: 0 }}>{aside}</Stack>}
    </Stack>
  );
}

/** Makes a record. */
export function CreatePage({
  children,
  aside,
  redirect = 'list',
  transform,
  onSuccess,
}: {
  children: ReactNode;
  aside?: ReactNode;
  redirect?: 'list' | 'edit' | false;
  transform?: TransformData;
  onSuccess?: (record: StoaRecord) => void;
}) {
  const t = useTranslate();
  const notify = useNotify();
  const goTo = useRedirect();
  const resource = useResourceContext();
  const onError = useSaveError();
  const represent = useGetRecordRepresentation(resource);
  const done = (record: StoaRecord) => {
    notify(t('stoa.structure.created', { name: String(represent(record)) }), { type: 'success' });
    goTo(redirect, resource, record.id, record);
  };
  return (
    <Create
      transform={transform}
      mutationOptions={{ onSuccess: onSuccess ?? done, onError }}
      title={t(`stoa.structure.${resource}.create`)}
      component={Box}
      actions={false}
      sx={{ pt: 1, '& .RaCreate-main': { mt: 0 } }}
    >
      <Columns aside={aside}>{children}</Columns>
    </Create>
  );
}

function Loaded<R extends StoaRecord>({
  render,
  aside,
  wide,
}: {
  render: (record: R) => ReactNode;
  aside?: (record: R) => ReactNode;
  wide?: boolean;
}) {
  const { record, error, refetch } = useEditContext<R>();
  if (record) {
    return (
      <Columns aside={aside?.(record)} wide={wide}>
        {render(record)}
      </Columns>
    );
  }
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <PageSkeleton rows={6} />;
}

function RecordTitle() {
  const { record } = useEditContext<StoaRecord>();
  const represent = useGetRecordRepresentation(useResourceContext());
  return <span>{record ? represent(record) : '…'}</span>;
}

/** Changes a record. */
export function EditPage<R extends StoaRecord>({
  render,
  aside,
  redirect = 'list',
  transform,
  readers = false,
  wide = false,
  refreshEvery,
}: {
  render: (record: R) => ReactNode;
  aside?: (record: R) => ReactNode;
  redirect?: 'list' | false;
  transform?: TransformData;
  /** Who may not change the record may still look at it. */
  readers?: boolean;
  /** The form takes all the room there is. */
  wide?: boolean;
  /** Milliseconds after which the record is read again, as long as nothing was typed; never when absent. */
  refreshEvery?: number;
}) {
  const t = useTranslate();
  const notify = useNotify();
  const goTo = useRedirect();
  const resource = useResourceContext();
  const onError = useSaveError();
  const { queryOptions, track, settle } = useFreeze();
  return track(
    <Edit<R>
      mutationMode="pessimistic"
      mutationOptions={{
        onSuccess: (record: R) => {
          notify(t('stoa.structure.saved'), { type: 'success' });
          if (redirect === false) settle(record);
          goTo(redirect, resource);
        },
        onError,
      }}
      redirectOnError={false}
      disableAuthentication={readers}
      queryOptions={{ refetchInterval: refreshEvery, ...queryOptions }}
      transform={transform}
      title={<RecordTitle />}
      component={Box}
      actions={false}
      sx={{ pt: 1, '& .RaEdit-main': { mt: 0 }, '& .RaEdit-card': { minWidth: 0 } }}
      render={() => <Loaded<R> render={render} aside={aside} wide={wide} />}
    />
  );
}
