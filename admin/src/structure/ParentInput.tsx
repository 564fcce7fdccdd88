// The record above: any of the same kind that is not the record itself or below it.
import { AutocompleteInput, useGetList, useRecordContext, useResourceContext } from 'react-admin';
import { asTree, withDescendants, type Nested } from './tree';

const MOST = 500;

/** Chooses the record above. */
export function ParentInput({ sort, helperText }: { sort: string; helperText?: string }) {
  const resource = useResourceContext() ?? '';
  const own = useRecordContext<Nested>();
  const { data = [], isPending } = useGetList<Nested>(resource, {
    pagination: { page: 1, perPage: MOST },
    sort: { field: sort, order: 'ASC' },
  });
  const below = withDescendants(data, own?.id);
  const { records, depths } = asTree(data.filter(record => !below.has(record.id)));
  return (
    <AutocompleteInput
      source="parent_id"
      choices={records}
      isPending={isPending}
      optionText={(record: Nested) => `${'\u2003'.repeat(depths.get(record.id) ?? 0)}${record.name}`}
      inputText={(record: Nested) => record.name}
      helperText={helperText ?? false}
      fullWidth
    />
  );
}
