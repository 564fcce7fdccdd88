// The form with which the staff files a ticket, for themselves or for somebody who called.
import { Alert, Box, Button, Stack } from '@mui/material';
import { useCallback, useMemo, useRef, useState } from 'react';
import {
  CreateBase,
  Form,
  Loading,
  SaveButton,
  Title,
  useCreatePath,
  useNotify,
  useRedirect,
  useRegisterMutationMiddleware,
  useTranslate,
  type CreateParams,
  type CreateResult,
  type Middleware,
} from 'react-admin';
import { useFormContext, type FieldValues } from 'react-hook-form';
import { Link } from 'react-router-dom';
import { ApiError } from '../../api/client';
import { useMe } from '../../api/me';
import { useHotkey } from '../../components';
import { DropZone } from '../../files/DropZone';
import { useAttaching, type Attaching } from '../../files/useAttaching';
import type { Ticket } from '../../types';
import { PropertyFields, RequestFields } from './CreateFields';
import { draftKey, dropDraft, readDraft, useKeepDraft } from './useDraft';

const INITIAL: FieldValues = { kind: 'question', channel: 'web' };

/** What is left empty is for the server to decide. */
function withoutEmpty(values: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== '' && value !== null && value !== undefined && !(Array.isArray(value) && !value.length)
    )
  );
}

type Create = (resource: string, params: CreateParams) => Promise<CreateResult>;

/** The id in another system is the one field that the server refuses without naming it. */
const nameField: Middleware<Create> = async (resource, params, next) => {
  try {
    return await next(resource, params);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'duplicate_external_id' && !error.body?.errors) {
      const { message } = error;
      error.body = { ...error.body, errors: { external_id: { message }, root: { serverError: message } } };
    }
    throw error;
  }
};

function Fields({
  draft,
  restored,
  files,
  onDiscard,
}: {
  draft: string;
  restored: boolean;
  files: Attaching;
  onDiscard: () => void;
}) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const { reset } = useFormContext();
  const save = useRef<HTMLButtonElement>(null);
  useKeepDraft(draft, INITIAL);
  useRegisterMutationMiddleware<Create>(nameField);
  const { tray, settle } = files;
  const withFiles = useCallback<Middleware<Create>>(
    async (resource, params, next) => {
      const settled = await settle();
      if (settled !== 'ready') throw new Error(t(`stoa.files.${settled === 'failed' ? 'not_all' : 'stopped'}`));
      const ids = tray.ids();
      const carried = ids.length > 0 ? { attachment_ids: ids } : {};
      const created = await next(resource, { ...params, data: { ...params.data, ...carried } });
      tray.sent(ids);
      return created;
    },
    [settle, tray, t]
  );
  useRegisterMutationMiddleware<Create>(withFiles);
  useHotkey('mod+enter', () => save.current?.click());

  const discard = () => {
    dropDraft(draft);
    tray.discard();
    reset(INITIAL);
    onDiscard();
  };
  const leave = () => {
    dropDraft(draft);
    tray.discard();
  };

  return (
    <Box sx={{ maxWidth: 1080, pt: 1.5 }}>
      {restored && (
        <Alert
          severity="info"
          sx={{ mb: 1.5 }}
          action={
            <Button color="inherit" onClick={discard}>
              {t('stoa.tickets.create.discard')}
            </Button>
          }
        >
          {t('stoa.tickets.create.draft')}
        </Alert>
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 340px' },
          alignItems: 'start',
        }}
      >
        <RequestFields files={files} />
        <PropertyFields />
      </Box>
      <Stack
        direction="row"
        sx={{
          gap: 1,
          py: 1.5,
          position: 'sticky',
          bottom: 0,
          zIndex: 2,
          bgcolor: 'background.default',
        }}
      >
        <SaveButton
          ref={save}
          alwaysEnable
          variant="contained"
          label="stoa.tickets.create.save"
        />
        <Button component={Link} to={createPath({ resource: 'tickets', type: 'list' })} onClick={leave}>
          {t('stoa.tickets.create.cancel')}
        </Button>
      </Stack>
    </Box>
  );
}

function CreateForm({ draft }: { draft: string }) {
  const t = useTranslate();
  const notify = useNotify();
  const redirect = useRedirect();
  const kept = useMemo(() => readDraft(draft), [draft]);
  const values = useMemo(() => ({ ...INITIAL, ...kept }), [kept]);
  const files = useAttaching(draft, 'sessionStorage', 'tickets');
  const [restored, setRestored] = useState(kept !== undefined);
  return (
    <CreateBase<Ticket>
      resource="tickets"
      transform={withoutEmpty}
      mutationOptions={{
        onSuccess: ticket => {
          dropDraft(draft);
          notify('stoa.tickets.create.created', { type: 'success', messageArgs: { reference: ticket.reference } });
          redirect('show', 'tickets', ticket.id);
        },
      }}
    >
      <Title title={t('stoa.tickets.create.title')} />
      <DropZone files={files}>
        <Form defaultValues={values}>
          <Fields draft={draft} restored={restored} files={files} onDiscard={() => setRestored(false)} />
        </Form>
      </DropZone>
    </CreateBase>
  );
}

/** The page of a new ticket. */
export default function TicketCreate() {
  const me = useMe();
  return me ? <CreateForm draft={draftKey(me.id)} /> : <Loading />;
}
