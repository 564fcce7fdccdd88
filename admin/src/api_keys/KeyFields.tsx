// The fields of a key that can be set.
import { TextArrayInput, TextInput, maxLength, required, useRecordContext, useTranslate } from 'react-admin';
import { Field } from '../structure/Field';
import { isNetwork } from './networks';

/** Says which of the lines is no address. */
export function networkFault(t: (key: string, values?: object) => string) {
  return (values: unknown) => {
    const wrong = ((values ?? []) as string[]).find(text => !isNetwork(text.trim()));
    return wrong === undefined ? undefined : t('stoa.apiKeys.notAddress', { text: wrong });
  };
}

/** What it is for. */
export function NameField() {
  const t = useTranslate();
  const record = useRecordContext();
  return (
    <Field name="name">
      <TextInput
        source="name"
        validate={[required(), maxLength(80)]}
        helperText={t('stoa.apiKeys.help.name')}
        autoFocus={!record}
        fullWidth
      />
    </Field>
  );
}

/** From where it may be used. */
export function AddressesField() {
  const t = useTranslate();
  return (
    <Field
      name="allowed_ips"
      words={value => ((value as string[] | undefined)?.length ? (value as string[]).join(', ') : t('stoa.apiKeys.anywhere'))}
    >
      <TextArrayInput
        source="allowed_ips"
        parse={values => ((values ?? []) as string[]).map(text => text.trim()).filter(Boolean)}
        validate={networkFault(t)}
        helperText={t('stoa.apiKeys.help.allowed_ips')}
        fullWidth
      />
    </Field>
  );
}
