// The fields of a category's form.
import {
  AutocompleteArrayInput,
  BooleanInput,
  NumberInput,
  SelectInput,
  TextInput,
  maxLength,
  maxValue,
  minValue,
  required,
  useRecordContext,
  useTranslate,
} from 'react-admin';
import { CategoryName } from '../components';
import { Field } from '../structure/Field';
import { ParentInput } from '../structure/ParentInput';
import { FieldGrid } from '../structure/RecordForm';
import { RecordInput } from '../structure/RecordInput';
import { PRIORITIES, type Category } from '../types';

/** Fields of a ticket that can be empty and that somebody can fill in. */
const REQUIRABLE: Category['required_for_solved'] = [
  'assignee_id',
  'department_id',
  'category_id',
  'tag_ids',
  'cc_ids',
  'description',
  'external_id',
];

/** Fields of a category. */
export function CategoryFields() {
  const t = useTranslate();
  const record = useRecordContext<Category>();
  const help = (field: string) => t(`stoa.structure.categories.help.${field}`);
  const ticketField = (field: string) => t(`resources.tickets.fields.${field}`);
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
        <Field name="parent_id" words={() => <CategoryName id={record?.parent_id} />}>
          <ParentInput sort="position" />
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
      <FieldGrid>
        <Field name="department_id">
          <RecordInput source="department_id" reference="departments" helperText={help('department_id')} />
        </Field>
        <Field name="default_priority">
          <SelectInput
            source="default_priority"
            choices={PRIORITIES.map(id => ({ id, name: t(`stoa.common.priority.${id}`) }))}
            parse={value => value || null}
            helperText={help('default_priority')}
            fullWidth
          />
        </Field>
        <Field name="skill">
          <TextInput
            source="skill"
            validate={maxLength(60)}
            parse={text => text || null}
            helperText={help('skill')}
            fullWidth
          />
        </Field>
        <Field name="position">
          <NumberInput
            source="position"
            min={0}
            step={1}
            defaultValue={0}
            validate={[required(), minValue(0), maxValue(1_000_000)]}
            helperText={help('position')}
            fullWidth
          />
        </Field>
      </FieldGrid>
      <Field
        name="required_for_solved"
        words={value => (Array.isArray(value) && value.length ? value.map(ticketField).join(', ') : '–')}
      >
        <AutocompleteArrayInput
          source="required_for_solved"
          choices={REQUIRABLE.map(id => ({ id, name: ticketField(id) }))}
          defaultValue={[]}
          helperText={help('required_for_solved')}
          fullWidth
        />
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
