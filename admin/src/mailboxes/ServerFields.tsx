// A server of a mailbox: none, or where it is and how to log in.
import { Alert, FormControlLabel, FormHelperText, Switch } from '@mui/material';
import { NumberInput, SelectInput, TextInput, maxLength, maxValue, minValue, required, useTranslate } from 'react-admin';
import { useFormContext, useWatch } from 'react-hook-form';
import { FieldGrid } from '../structure/RecordForm';
import { SECURITIES, type MailSecurity, type MailServer } from '../types';
import { SecretInput } from './SecretInput';
import { newServer, portAfter, type ServerKind } from './values';

function Inputs({ kind, server }: { kind: ServerKind; server: MailServer }) {
  const t = useTranslate();
  const { setValue, getValues } = useFormContext();
  const label = (name: string) => t(`stoa.mailboxes.server.${name}`);
  const follow = (security: MailSecurity) => {
    const port = getValues(`${kind}.port`) as number | null;
    setValue(`${kind}.port`, portAfter(kind, port, security), { shouldDirty: true, shouldValidate: true });
  };
  return (
    <>
      <FieldGrid>
        <TextInput
          source={`${kind}.host`}
          label={label('host')}
          validate={[required(), maxLength(253)]}
          parse={text => text.trim()}
          placeholder={kind === 'smtp' ? 'smtp.example.com' : 'imap.example.com'}
          fullWidth
        />
        <NumberInput
          source={`${kind}.port`}
          label={label('port')}
          validate={[required(), minValue(1), maxValue(65_535)]}
          fullWidth
        />
        <SelectInput
          source={`${kind}.security`}
          label={label('security')}
          choices={SECURITIES.map(id => ({ id, name: t(`stoa.mailboxes.security.${id}`) }))}
          validate={required()}
          onChange={event => follow((event as { target: { value: MailSecurity } }).target.value)}
          // Beside it stands the folder, which only IMAP has.
          sx={kind === 'smtp' ? { gridColumn: '1 / -1' } : undefined}
          fullWidth
        />
        {kind === 'imap' && (
          <TextInput
            source="imap.folder"
            label={label('folder')}
            validate={[required(), maxLength(200)]}
            fullWidth
          />
        )}
      </FieldGrid>
      {server.security === 'none' && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {t('stoa.mailboxes.plain')}
        </Alert>
      )}
      <FieldGrid>
        <TextInput
          source={`${kind}.username`}
          label={label('username')}
          validate={kind === 'imap' ? [required(), maxLength(254)] : maxLength(254)}
          parse={text => text || null}
          helperText={kind === 'smtp' ? t('stoa.mailboxes.help.username') : false}
          autoComplete="off"
          fullWidth
        />
        <SecretInput kind={kind} />
      </FieldGrid>
    </>
  );
}

/** The fields of a server, behind a switch. */
export function ServerFields({ kind }: { kind: ServerKind }) {
  const t = useTranslate();
  const { setValue } = useFormContext();
  const server = useWatch({ name: kind }) as MailServer | null | undefined;
  const id = `${kind}-help`;
  return (
    <>
      <FormControlLabel
        control={
          <Switch
            checked={Boolean(server)}
            onChange={(_, on) => setValue(kind, on ? newServer(kind) : null, { shouldDirty: true })}
            slotProps={{ input: { 'aria-describedby': id } }}
          />
        }
        label={t(`stoa.mailboxes.own.${kind}`)}
      />
      <FormHelperText id={id} sx={{ mt: 0, mb: 1 }}>
        {t(`stoa.mailboxes.help.${kind}`)}
      </FormHelperText>
      {server && <Inputs kind={kind} server={server} />}
    </>
  );
}
