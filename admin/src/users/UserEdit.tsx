// A person: the profile, and beside it the account.
import { Alert, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { TextInput, maxLength, required, useGetOne, useTranslate } from 'react-admin';
import { useMe } from '../api/me';
import { ActDialog } from '../layout/ActDialog';
import { DeleteAction } from '../structure/DeleteAction';
import { Field } from '../structure/Field';
import { FieldGrid, RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { Company, User } from '../types';
import { AccountPanel } from './AccountPanel';
import { AbsenceFields, ContactFields, WorkFields, tidy } from './PersonFields';
import { PersonPicture } from './PersonPicture';
import { useRights } from './rights';

/** For an operator outside: the person is changed inside the company. */
function EnterCompany({ companyId }: { companyId: string }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const { data: company } = useGetOne<Company>('companies', { id: companyId });
  if (!company) return null;
  return (
    <Alert
      severity="info"
      action={
        <Button color="inherit" onClick={() => setOpen(true)} sx={{ whiteSpace: 'nowrap' }}>
          {t('stoa.companies.act.action')}
        </Button>
      }
    >
      {t('stoa.users.outside', { company: company.name })}
      <ActDialog company={company} open={open} onClose={() => setOpen(false)} />
    </Alert>
  );
}

function Profile({ person }: { person: User }) {
  const t = useTranslate();
  const me = useMe();
  const may = useRights()(person);
  // What managers may change of others; the rest they change of themselves only.
  const othersOfManager = me?.role === 'content_manager' && !may.self;
  const staff = person.role !== 'client' && person.role !== 'superadmin';
  return (
    <RecordForm
      action="edit"
      locked={!may.edit}
      danger={may.remove && <DeleteAction />}
      note={othersOfManager ? t('stoa.users.clientsOnly') : undefined}
    >
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center !important', mb: 1.5 }}>
        <PersonPicture name={person.name} url={person.avatar_url} size={44} />
        <Typography variant="h6" component="h2">
          {person.name}
        </Typography>
      </Stack>
      <FieldGrid>
        <Field name="name">
          <TextInput source="name" validate={[required(), maxLength(120)]} helperText={false} fullWidth />
        </Field>
        <Field name="avatar_url" locked={othersOfManager}>
          <TextInput
            source="avatar_url"
            validate={maxLength(500)}
            parse={text => text || null}
            helperText={t('stoa.users.help.avatar_url')}
            fullWidth
          />
        </Field>
      </FieldGrid>
      <ContactFields />
      {/* Departments can only be looked up inside the company. */}
      {!may.outside && <WorkFields role={person.role} />}
      {staff && !may.outside && <AbsenceFields absence={person.out_of_office} />}
    </RecordForm>
  );
}

/** Page of a person. */
export default function UserEdit() {
  const rights = useRights();
  return (
    <EditPage<User>
      redirect={false}
      transform={tidy}
      render={person => <Profile person={person} />}
      aside={person => (
        <>
          {rights(person).outside && person.company_id && <EnterCompany companyId={person.company_id} />}
          <AccountPanel person={person} />
        </>
      )}
    />
  );
}
