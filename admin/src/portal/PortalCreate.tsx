// A client asks: a short form whose draft is kept until it is sent.
import { Alert, Box, Button, Card, Collapse, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type KeyboardEvent } from 'react';
import {
  Form,
  Loading,
  SelectInput,
  TextInput,
  Title,
  maxLength,
  required,
  useDataProvider,
  useGetList,
  useNotify,
  useRequireAccess,
  useTranslate,
} from 'react-admin';
import { useFormContext, useFormState, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { ApiError } from '../api/client';
import { useMe } from '../api/me';
import { useMay } from '../api/permissions';
import { PersonInput, useErrorText } from '../components';
import { PRIORITIES, type Settings, type Ticket } from '../types';
import { AttachButton } from '../files/AttachButton';
import { AttachTray } from '../files/AttachTray';
import { DropZone } from '../files/DropZone';
import { useAttaching, type Attaching } from '../files/useAttaching';
import { draftName, keepDraft, keptDraft } from './drafts';
import { useCategories } from './useCategories';
import { LONGEST } from './words';

const BLANK = { subject: '', description: '', category_id: null, priority: null, cc_ids: [], external_id: '' };
type Draft = Record<keyof typeof BLANK, string | string[] | null>;

/** The page on which a client files a request. */
export default function PortalCreate() {
  const { isPending } = useRequireAccess({ resource: 'tickets', action: 'create' });
  const me = useMe();
  if (isPending || !me) return <Loading />;
  return <Request draftKey={`${me.id}.new`} />;
}

function Request({ draftKey }: { draftKey: string }) {
  const t = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const provider = useDataProvider();
  const client = useQueryClient();
  const [start, setStart] = useState(() => {
    const kept = keptDraft<Draft>(draftKey);
    return { times: 0, restored: kept !== undefined, values: { ...BLANK, ...kept } };
  });
  const files = useAttaching(draftName(draftKey), 'sessionStorage', 'tickets');
  const startOver = () => {
    keepDraft(draftKey, undefined);
    files.tray.discard();
    setStart(before => ({ times: before.times + 1, restored: false, values: { ...BLANK } }));
  };
  const send = async (values: object) => {
    const settled = await files.settle();
    if (settled !== 'ready') {
      notify(`stoa.files.${settled === 'failed' ? 'not_all' : 'stopped'}`, { type: 'warning', multiLine: true });
      return undefined;
    }
    const ids = files.tray.ids();
    const carried = ids.length > 0 ? { attachment_ids: ids } : {};
    try {
      const data = { ...toRequest(values as Draft), ...carried };
      const { data: created } = await provider.create<Ticket>('tickets', { data });
      keepDraft(draftKey, undefined);
      files.tray.sent(ids);
      void client.invalidateQueries({ queryKey: ['tickets', 'getList'] });
      notify('stoa.portal.create.created', { type: 'success', messageArgs: { reference: created.reference } });
      navigate(`/tickets/${created.id}/show`);
      return undefined;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'duplicate_external_id') {
        const own = error.body?.id !== undefined;
        return { external_id: t(`stoa.portal.create.${own ? 'duplicate' : 'duplicate_elsewhere'}`) };
      }
      const fields = error instanceof ApiError ? error.body?.errors : undefined;
      if (!fields || Object.keys(fields).every(name => name === 'root')) notify(errorText(error), { type: 'error' });
      return fields;
    }
  };
  return (
    <Box sx={{ pt: 1.5, width: '100%', maxWidth: 680, mx: 'auto' }}>
      <Title title={t('stoa.portal.create.title')} />
      <Typography color="textSecondary" sx={{ mb: 1.5 }}>
        {t('stoa.portal.create.intro')}
      </Typography>
      {start.restored && (
        <Alert
          severity="info"
          sx={{ mb: 1.5, alignItems: 'center', '& .MuiAlert-action': { pt: 0 } }}
          action={<Button onClick={startOver}>{t('stoa.portal.create.start_over')}</Button>}
        >
          {t('stoa.portal.create.draft')}
        </Alert>
      )}
      <Card sx={{ p: 2 }}>
        <DropZone files={files}>
          <Form key={start.times} defaultValues={start.values} onSubmit={send}>
            <Fields more={hasMore(start.values)} files={files} />
            <DraftKeeper draftKey={draftKey} />
          </Form>
        </DropZone>
      </Card>
    </Box>
  );
}

function hasMore(values: Draft): boolean {
  return Boolean(values.external_id) || (values.cc_ids?.length ?? 0) > 0;
}

/** Only what was filled in: what is left out gets its default from the company. */
function toRequest(values: Draft): Partial<Ticket> {
  const filled = Object.entries(values).filter(([name, value]) => name in BLANK && value !== null && value.length > 0);
  return Object.fromEntries(filled);
}

function Fields({ more: atFirst, files }: { more: boolean; files: Attaching }) {
  const t = useTranslate();
  const [more, setMore] = useState(atFirst);
  const mayCopy = useMay('tickets.cc_ids', 'create');
  const mayRefer = useMay('tickets.external_id', 'create');
  const { isSubmitting } = useFormState();
  return (
    <Box onKeyDown={sendByKey} sx={{ display: 'grid', gap: 0.5 }}>
      <TextInput
        source="subject"
        label={t('stoa.portal.create.subject')}
        helperText={t('stoa.portal.create.subject_help')}
        validate={[required(), maxLength(200)]}
        autoFocus
      />
      <TextInput
        source="description"
        label={t('stoa.portal.create.description')}
        helperText={t('stoa.portal.create.description_help')}
        validate={[required(), maxLength(LONGEST.comment)]}
        multiline
        minRows={6}
        maxRows={18}
      />
      <Box sx={{ mb: 1 }}>
        <AttachButton files={files} disabled={isSubmitting} words sx={{ ml: -0.5 }} />
        <AttachTray files={files} locked={isSubmitting} roomy />
      </Box>
      <Choices />
      {(mayCopy || mayRefer) && (
        <>
          <Box>
            <Button onClick={() => setMore(!more)} aria-expanded={more} aria-controls="request-more" sx={{ ml: -0.5 }}>
              {t(more ? 'stoa.portal.create.less' : 'stoa.portal.create.more')}
            </Button>
          </Box>
          <Collapse in={more} id="request-more" unmountOnExit>
            {mayCopy && (
              <PersonInput
                source="cc_ids"
                multiple
                label={t('stoa.portal.create.cc')}
                helperText={t('stoa.portal.create.cc_help')}
              />
            )}
            {mayRefer && (
              <TextInput
                source="external_id"
                label={t('stoa.portal.create.external')}
                helperText={t('stoa.portal.create.external_help')}
                validate={maxLength(120)}
              />
            )}
          </Collapse>
        </>
      )}
      <Box sx={{ mt: 1 }}>
        <Button
          type="submit"
          variant="contained"
          size="large"
          disabled={isSubmitting}
          sx={{ width: { xs: 1, sm: 'auto' } }}
        >
          {t('stoa.portal.create.send')}
        </Button>
      </Box>
    </Box>
  );
}

function sendByKey(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  event.currentTarget.closest('form')?.requestSubmit();
}

function Choices() {
  const t = useTranslate();
  const categories = useCategories();
  const chosen = useWatch<Draft>({ name: 'category_id' });
  const { data: settings } = useGetList<Settings>('settings', {
    pagination: { page: 1, perPage: 1 },
    sort: { field: 'id', order: 'ASC' },
  });
  const priorities = PRIORITIES.map(id => ({ id, name: t(`stoa.common.priority.${id}`) }));
  const description = categories?.find(category => category.id === chosen)?.description;
  return (
    <>
      {(!categories || categories.length > 0) && (
        <SelectInput
          source="category_id"
          label={t('stoa.portal.create.category')}
          choices={categories ?? []}
          translateChoice={false}
          emptyText={t('stoa.portal.create.no_category')}
          helperText={description ?? false}
        />
      )}
      {settings?.[0]?.client_priority && (
        <SelectInput
          source="priority"
          label={t('stoa.portal.create.priority')}
          choices={priorities}
          translateChoice={false}
          emptyText={t('stoa.portal.create.usual_priority')}
          helperText={false}
        />
      )}
    </>
  );
}

/** Keeps what was typed, as long as there is something. */
function DraftKeeper({ draftKey }: { draftKey: string }) {
  const { subscribe } = useFormContext<Draft>();
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          const filled = toRequest(values);
          keepDraft(draftKey, Object.keys(filled).length > 0 ? filled : undefined);
        },
      }),
    [subscribe, draftKey]
  );
  return null;
}
