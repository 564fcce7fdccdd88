// Ids of a resource as names, one after the other.
import { useGetManyAggregate } from 'react-admin';
import type { StoaRecord } from '../types';

/** Names of records; a dash when there are none. */
export function RecordNames({ resource, ids }: { resource: string; ids: string[] | undefined }) {
  const { data = [] } = useGetManyAggregate<StoaRecord & { name: string }>(
    resource,
    { ids: ids ?? [] },
    { enabled: Boolean(ids?.length) }
  );
  if (!ids?.length) return <>–</>;
  return (
    <>
      {data
        .filter(Boolean)
        .map(record => record.name)
        .join(', ')}
    </>
  );
}
