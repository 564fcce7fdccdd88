// Asks for the name of a view and who sees it: for a new one, or to change an own one.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useId } from 'react';
import {
  AutocompleteArrayInput,
  Form,
  maxLength,
  RadioButtonGroupInput,
  ReferenceArrayInput,
  required,
  TextInput,
  useCreate,
  useNotify,
  useTranslate,
  useUpdate,
} from 'react-admin';
import { useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { ApiError } from '../../api/client';
import { useMe } from '../../api/me';
import type { SavedView } from '../../types';
import { useFailure } from './useFailure';
import { useShown } from './useViewActions';
import { useViews } from './ViewsContext';
import { viewOf } from './views';

type Values = Pick<SavedView, 'name' | 'sharing' | 'department_ids'>;

/** Administrators share with any department, others with their own. */
function useDepartmentFilter(): object | undefined {
  const me = useMe();
  if (me?.role === 'company_admin' || me?.role === 'superadmin') return { is_active: true };
  return me?.department_ids?.length ? { id_in: me.department_ids } : undefined;
}

function Sharing({ departments }: { departments: object | undefined }) {
  const t = useTranslate();
  const sharing = useWatch<Values>({ name: 'sharing' });
  const choices = (['private', 'departments', 'staff'] as const)
    .filter(id => id !== 'departments' || departments)
    .map(id => ({ id, name: t(`stoa.tickets.view.${id}`) }));
  return (
    <>
      <RadioButtonGroupInput
        source="sharing"
        label="stoa.tickets.view.sharing"
        choices={choices}
        translateChoice={false}
        helperText={false}
      />
      {sharing === 'departments' && departments && (
        <ReferenceArrayInput
          source="department_ids"
          reference="departments"
          filter={departments}
          sort={{ field: 'name', order: 'ASC' }}
        >
          <AutocompleteArrayInput
            label="stoa.tickets.view.which"
            optionText="name"
            filterToQuery={text => (text ? { name_prefix: text.trim().toLowerCase() } : {})}
            validate={required()}
            helperText={false}
          />
        </ReferenceArrayInput>
      )}
    </>
  );
}

/** The dialog; `view` is the one to change, none for a new one. */
export function ViewDialog({ view, onClose }: { view?: SavedView; onClose: () => void }) {
  const t = useTranslate();
  const id = useId();
  const notify = useNotify();
  const navigate = useNavigate();
  const fail = useFailure();
  const shown = useShown();
  const { href } = useViews();
  const departments = useDepartmentFilter();
  const [create, { isPending: creating }] = useCreate<SavedView>();
  const [update, { isPending: updating }] = useUpdate<SavedView>();
  const busy = creating || updating;

  const save = async (values: Partial<Values>) => {
    const sharing = values.sharing ?? 'private';
    const data = {
      name: values.name?.trim(),
      sharing,
      department_ids: sharing === 'departments' ? (values.department_ids ?? []) : [],
    };
    try {
      if (view) {
        await update('saved_views', { id: view.id, data, previousData: view }, { returnPromise: true });
      } else {
        const made = await create(
          'saved_views',
          { data: { ...data, ...shown, resource: 'tickets' } },
          { returnPromise: true }
        );
        if (made) navigate(href(viewOf(made)));
      }
      const done = view ? 'stoa.tickets.view.updated' : 'stoa.tickets.view.created';
      notify(done, { type: 'success', messageArgs: { name: data.name } });
      onClose();
    } catch (failure) {
      if (failure instanceof ApiError && failure.body?.errors) return failure.body.errors;
      fail(failure);
    }
  };

  return (
    <Dialog open onClose={busy ? undefined : onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      <Form
        record={view}
        defaultValues={{ name: '', sharing: 'private', department_ids: [] }}
        onSubmit={save}
        resource="saved_views"
      >
        <DialogTitle id={id}>{t(`stoa.tickets.view.dialog_${view ? 'edit' : 'new'}`)}</DialogTitle>
        <DialogContent>
          {!view && (
            <Typography variant="body2" sx={{ mb: 1, color: 'text.secondary' }}>
              {t('stoa.tickets.view.dialog_help')}
            </Typography>
          )}
          <TextInput
            source="name"
            label="stoa.tickets.view.name"
            validate={[required(), maxLength(80)]}
            helperText={false}
            autoFocus
            fullWidth
          />
          <Sharing departments={departments} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('ra.action.cancel')}
          </Button>
          <Button type="submit" variant="contained" disabled={busy}>
            {t('ra.action.save')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
