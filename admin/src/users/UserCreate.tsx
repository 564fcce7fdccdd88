// Adds a person, who gets an invitation by mail, or a first password that is good for one log-in.
import { Alert, FormControlLabel, Radio, RadioGroup, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { TextInput, email, maxLength, required, useRedirect, useTranslate } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { useMe } from '../api/me';
import { PageSkeleton } from '../components';
import { rankOf } from '../structure/access';
import { ExplainedInput } from '../structure/ExplainedInput';
import { Field } from '../structure/Field';
import { FieldGrid, RecordForm } from '../structure/RecordForm';
import { CreatePage } from '../structure/RecordPages';
import type { Role, User } from '../types';
import { AddedDialog } from './AddedDialog';
import { firstPassword } from './firstPassword';
import { ContactFields, WorkFields } from './PersonFields';
import { useGrantable } from './rights';

function FirstLogIn({ invites, onChange }: { invites: boolean; onChange: (invites: boolean) => void }) {
  const t = useTranslate();
  return (
    <>
      <Typography variant="subtitle2" component="h2" id="first-log-in" sx={{ mt: 1 }}>
        {t('stoa.users.create.way')}
      </Typography>
      <RadioGroup
        aria-labelledby="first-log-in"
        value={invites ? 'invite' : 'password'}
        onChange={event => onChange(event.target.value === 'invite')}
      >
        <FormControlLabel value="invite" control={<Radio size="small" />} label={t('stoa.users.create.invite')} />
        <FormControlLabel value="password" control={<Radio size="small" />} label={t('stoa.users.create.password')} />
      </RadioGroup>
      <Alert severity="info" sx={{ my: 1 }}>
        {t(invites ? 'stoa.users.create.inviteNote' : 'stoa.users.create.passwordNote')}
      </Alert>
    </>
  );
}

function Fields({ roles }: { roles: Role[] }) {
  const t = useTranslate();
  const role = useWatch({ name: 'role' }) as Role | undefined;
  return (
    <>
      <FieldGrid>
        <Field name="name">
          <TextInput source="name" validate={[required(), maxLength(120)]} helperText={false} autoFocus fullWidth />
        </Field>
        <Field name="email">
          <TextInput
            source="email"
            type="email"
            validate={[required(), email(), maxLength(254)]}
            helperText={t('stoa.users.help.email')}
            fullWidth
          />
        </Field>
      </FieldGrid>
      {roles.length > 1 && (
        <ExplainedInput
          source="role"
          choices={roles.map(id => ({
            id,
            title: t(`stoa.common.roles.${id}`),
            body: t(`stoa.users.roles.${id}.short`),
          }))}
        />
      )}
      <WorkFields role={role} />
      <ContactFields />
    </>
  );
}

/** Page for a new person. */
export default function UserCreate() {
  const t = useTranslate();
  const me = useMe();
  const redirect = useRedirect();
  const roles = useGrantable();
  const setsPassword = rankOf(me?.role) >= rankOf('company_admin');
  const [invites, setInvites] = useState(true);
  const [added, setAdded] = useState<User>();
  // One for the page: a repeated request has to carry the same.
  const password = useRef('');
  if (!me) return <PageSkeleton rows={6} />;
  const given = setsPassword && !invites;
  return (
    <>
      <CreatePage
        redirect={false}
        transform={(data: Record<string, unknown>) => {
          if (!given) return data;
          password.current ||= firstPassword();
          return { ...data, password: password.current };
        }}
        onSuccess={record => setAdded(record as User)}
      >
        <RecordForm
          action="create"
          defaultValues={{ role: roles.length === 1 ? roles[0] : 'content_writer' }}
          saveLabel={t('stoa.users.create.save')}
          note={setsPassword ? undefined : t('stoa.users.create.clientNote')}
        >
          <Fields roles={roles} />
          {setsPassword && <FirstLogIn invites={invites} onChange={setInvites} />}
        </RecordForm>
      </CreatePage>
      {added && (
        <AddedDialog
          person={added}
          password={given ? password.current : undefined}
          onClose={() => {
            password.current = '';
            redirect('list', 'users');
          }}
        />
      )}
    </>
  );
}
