// Adds a client who asks for the first time, without leaving the new ticket.
import AddIcon from '@mui/icons-material/PersonAddOutlined';
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { email, Form, maxLength, required, TextInput, useCreate, useNotify, useTranslate } from 'react-admin';
import { useFormContext, type FieldValues } from 'react-hook-form';
import { ApiError } from '../../api/client';
import { useMay } from '../../api/permissions';
import type { User } from '../../types';
import { useFailure } from './useFailure';

function NewClientDialog({ onAdded, onClose }: { onAdded: (user: User) => void; onClose: () => void }) {
  const t = useTranslate();
  const id = useId();
  const notify = useNotify();
  const fail = useFailure();
  const mayPhone = useMay('users.phone', 'create');
  const [create, { isPending }] = useCreate<User>();

  const save = async (values: FieldValues) => {
    const { name, email: address, phone } = values;
    const data = { name, email: address, role: 'client' as const, ...(phone && { phone }) };
    try {
      const user = await create('users', { data }, { returnPromise: true });
      if (!user) return;
      notify('stoa.tickets.create.client_added', { type: 'success', messageArgs: { name: user.name } });
      onAdded(user);
    } catch (error) {
      if (error instanceof ApiError && error.body?.errors) return error.body.errors;
      fail(error);
    }
  };

  return (
    <Dialog open onClose={isPending ? undefined : onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      <Form onSubmit={save} resource="users" record={{}}>
        <DialogTitle id={id}>{t('stoa.tickets.create.client_title')}</DialogTitle>
        <DialogContent>
          <Typography variant="body2" sx={{ mb: 1, color: 'text.secondary' }}>
            {t('stoa.tickets.create.client_body')}
          </Typography>
          <TextInput
            source="name"
            label="stoa.tickets.create.client_name"
            validate={[required(), maxLength(120)]}
            helperText={false}
            autoFocus
          />
          <TextInput
            source="email"
            type="email"
            label="stoa.tickets.create.client_email"
            validate={[required(), email()]}
            helperText={false}
          />
          {mayPhone && (
            <TextInput source="phone" type="tel" label="stoa.tickets.create.client_phone" helperText={false} />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={isPending}>
            {t('ra.action.cancel')}
          </Button>
          <Button type="submit" variant="contained" disabled={isPending}>
            {t('stoa.tickets.create.client_save')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

/** Opens the dialog; the added client becomes the value of the field `source`. */
export function NewClientButton({ source }: { source: string }) {
  const t = useTranslate();
  const mayCreate = useMay('users', 'create');
  const { setValue } = useFormContext();
  const [open, setOpen] = useState(false);
  if (!mayCreate) return null;
  return (
    <>
      <Button startIcon={<AddIcon />} onClick={() => setOpen(true)} sx={{ whiteSpace: 'nowrap', flexShrink: 0 }}>
        {t('stoa.tickets.create.new_client')}
      </Button>
      {open && (
        <NewClientDialog
          onClose={() => setOpen(false)}
          onAdded={user => {
            setValue(source, user.id, { shouldDirty: true, shouldValidate: true });
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
