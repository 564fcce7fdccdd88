// Fields of forms and filters that name records of another resource.
import { AutocompleteArrayInput, AutocompleteInput, ReferenceArrayInput, ReferenceInput } from 'react-admin';

/** One record of `reference`, or with `multiple` several, found by the beginning of the name. */
export function RecordInput({
  source,
  reference,
  multiple = false,
  filter,
  label,
  helperText = false,
}: {
  source: string;
  reference: string;
  multiple?: boolean;
  filter?: Record<string, unknown>;
  label?: string;
  helperText?: string | false;
}) {
  const input = {
    optionText: 'name',
    filterToQuery: (text: string) => (text.trim() ? { name_prefix: text.trim().toLowerCase() } : {}),
    label,
    helperText,
    fullWidth: true,
  };
  const asked = { source, reference, filter, sort: { field: 'name', order: 'ASC' as const }, perPage: 50 };
  return multiple ? (
    <ReferenceArrayInput {...asked}>
      <AutocompleteArrayInput {...input} />
    </ReferenceArrayInput>
  ) : (
    <ReferenceInput {...asked}>
      <AutocompleteInput {...input} />
    </ReferenceInput>
  );
}
