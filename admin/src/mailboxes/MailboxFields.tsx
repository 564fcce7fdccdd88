// The fields of a mailbox's form.
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { BooleanInput, TextArrayInput, TextInput, maxLength, required, useRecordContext, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { DepartmentName } from '../components';
import { ExplainedInput } from '../structure/ExplainedInput';
import { Field } from '../structure/Field';
import { FieldGrid } from '../structure/RecordForm';
import { RecordInput } from '../structure/RecordInput';
import type { MailServer, Mailbox } from '../types';
import { ServerFields } from './ServerFields';
import { isAddress } from './values';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title} sx={{ '& + &': { borderTop: 1, borderColor: 'divider', mt: 1.5, pt: 1.5 } }}>
      <Typography variant="h6" component="h2" sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Addresses() {
  const t = useTranslate();
  const record = useRecordContext<Mailbox>();
  const help = (field: string) => t(`stoa.mailboxes.help.${field}`);
  const fault = (text: string | undefined) => (!text || isAddress(text) ? undefined : t('stoa.mailboxes.notAddress', { text }));
  const faults = (texts: string[] | undefined) => fault((texts ?? []).find(text => !isAddress(text)));
  return (
    <>
      <Field name="address">
        <TextInput
          source="address"
          validate={[required(), maxLength(254), fault]}
          parse={text => text.trim()}
          helperText={help('address')}
          placeholder="help@example.com"
          slotProps={{ htmlInput: { inputMode: 'email', autoCapitalize: 'none', spellCheck: false } }}
          autoFocus={!record}
          fullWidth
        />
      </Field>
      <FieldGrid>
        <Field name="from_name">
          <TextInput
            source="from_name"
            validate={maxLength(120)}
            parse={text => text || null}
            helperText={help('from_name')}
            fullWidth
          />
        </Field>
        <Field
          name="department_id"
          words={value =>
            value ? <DepartmentName id={value as string} /> : t('stoa.mailboxes.everyDepartment')
          }
        >
          <RecordInput source="department_id" reference="departments" helperText={help('department_id')} />
        </Field>
      </FieldGrid>
      <Field
        name="aliases"
        words={value => ((value as string[] | undefined)?.length ? (value as string[]).join(', ') : t('stoa.mailboxes.noAliases'))}
      >
        <TextArrayInput
          source="aliases"
          parse={texts => ((texts ?? []) as string[]).map(text => text.trim().toLowerCase()).filter(Boolean)}
          validate={faults}
          helperText={help('aliases')}
          fullWidth
        />
      </Field>
      <Field name="is_active">
        <BooleanInput source="is_active" defaultValue={true} helperText={help('is_active')} />
      </Field>
    </>
  );
}

function Answers() {
  const t = useTranslate();
  const help = (field: string) => t(`stoa.mailboxes.help.${field}`);
  return (
    <>
      <FieldGrid>
        <Field name="auto_reply">
          <BooleanInput source="auto_reply" defaultValue={false} helperText={help('auto_reply')} />
        </Field>
        <Field name="accepts_unknown">
          <BooleanInput source="accepts_unknown" defaultValue={true} helperText={help('accepts_unknown')} />
        </Field>
      </FieldGrid>
      <Field name="subaddressing">
        <BooleanInput source="subaddressing" defaultValue={true} helperText={help('subaddressing')} />
      </Field>
      <Field name="strangers" words={value => t(`stoa.mailboxes.strangers.${String(value)}.title`)}>
        <ExplainedInput
          source="strangers"
          defaultValue="new_ticket"
          choices={['new_ticket', 'untrusted_message'].map(id => ({
            id,
            title: t(`stoa.mailboxes.strangers.${id}.title`),
            body: t(`stoa.mailboxes.strangers.${id}.body`),
          }))}
        />
      </Field>
      <Field name="authserv_id">
        <TextInput
          source="authserv_id"
          validate={maxLength(253)}
          parse={text => text || null}
          helperText={help('authserv_id')}
          placeholder="mx.example.com"
          fullWidth
        />
      </Field>
    </>
  );
}

/** Fields of a mailbox. */
export function MailboxFields() {
  const t = useTranslate();
  // Managers see mailboxes without their servers.
  const servers = useMay('mailboxes.smtp', 'read');
  const title = (name: string) => t(`stoa.mailboxes.section.${name}`);
  const words = (value: unknown) => {
    const server = value as MailServer | null;
    return server ? `${server.username ?? t('stoa.mailboxes.anonymous')} · ${server.host}:${server.port}` : '–';
  };
  return (
    <>
      <Part title={title('address')}>
        <Addresses />
      </Part>
      {servers && (
        <>
          <Part title={title('sending')}>
            <Field name="smtp" words={words}>
              <ServerFields kind="smtp" />
            </Field>
          </Part>
          <Part title={title('receiving')}>
            <Field name="imap" words={words}>
              <ServerFields kind="imap" />
            </Field>
          </Part>
        </>
      )}
      <Part title={title('answers')}>
        <Answers />
      </Part>
    </>
  );
}
