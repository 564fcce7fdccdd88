// One record as a section of a page, with its form.
import type { ReactNode } from 'react';
import { EditBase, useEditContext, useNotify, useTranslate, type TransformData } from 'react-admin';
import { ErrorState, PageSkeleton, SectionCard } from '../components';
import type { StoaRecord } from '../types';
import { useFreeze } from './dirty';
import { useSaveError } from './useSaveError';

function Loaded({ children }: { children: ReactNode }) {
  const { record, error, refetch } = useEditContext();
  if (record) return <>{children}</>;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <PageSkeleton rows={4} />;
}

/** The record `id` of `resource` to be changed; also for those who may only read it. */
export function RecordSection({
  resource,
  id,
  title,
  transform,
  onSaved,
  children,
}: {
  resource: string;
  id: string;
  title: string;
  transform?: TransformData;
  onSaved?: (record: StoaRecord) => void;
  children: ReactNode;
}) {
  const t = useTranslate();
  const notify = useNotify();
  const onError = useSaveError();
  const { queryOptions, track, settle } = useFreeze();
  return track(
    <EditBase
      resource={resource}
      id={id}
      mutationMode="pessimistic"
      redirect={false}
      redirectOnError={false}
      queryOptions={queryOptions}
      disableAuthentication
      transform={transform}
      mutationOptions={{
        onSuccess: (record: StoaRecord) => {
          notify(t('stoa.structure.saved'), { type: 'success' });
          settle(record);
          onSaved?.(record);
        },
        onError,
      }}
    >
      <SectionCard title={title}>
        <Loaded>{children}</Loaded>
      </SectionCard>
    </EditBase>
  );
}
