// The fields of a department's form.
import { BooleanInput, TextInput, maxLength, required, useRecordContext, useTranslate } from 'react-admin';
import { DepartmentName, FieldValue, STAFF } from '../components';
import { ExplainedInput, useStrategies } from '../structure/ExplainedInput';
import { Field } from '../structure/Field';
import { ParentInput } from '../structure/ParentInput';
import { FieldGrid } from '../structure/RecordForm';
import { RecordInput } from '../structure/RecordInput';
import type { Department } from '../types';

/** Fields of a department. */
export function DepartmentFields() {
  const t = useTranslate();
  const strategies = useStrategies();
  const record = useRecordContext<Department>();
  const help = (field: string) => t(`stoa.structure.departments.help.${field}`);
  return (
    <>
      <FieldGrid>
        <Field name="name">
          <TextInput
            source="name"
            validate={[required(), maxLength(80)]}
            helperText={false}
            fullWidth
            autoFocus={!record}
          />
        </Field>
        <Field name="parent_id" words={() => <DepartmentName id={record?.parent_id} />}>
          <ParentInput sort="name" />
        </Field>
      </FieldGrid>
      <Field name="description">
        <TextInput
          source="description"
          validate={maxLength(2000)}
          helperText={help('description')}
          parse={text => text || null}
          multiline
          minRows={2}
          fullWidth
        />
      </Field>
      <Field name="lead_ids" words={value => <FieldValue field="lead_ids" value={value} />}>
        <RecordInput
          source="lead_ids"
          reference="users"
          filter={{ role_in: STAFF }}
          multiple
          helperText={help('lead_ids')}
        />
      </Field>
      <Field name="assignment_strategy" words={value => t(`stoa.structure.strategy.${String(value)}.title`)}>
        <ExplainedInput source="assignment_strategy" choices={strategies} defaultValue="manual" />
      </Field>
      <FieldGrid>
        <Field name="is_public">
          <BooleanInput source="is_public" defaultValue={true} helperText={help('is_public')} />
        </Field>
        <Field name="is_active">
          <BooleanInput source="is_active" defaultValue={true} helperText={help('is_active')} />
        </Field>
      </FieldGrid>
    </>
  );
}
