// How a mailbox sends and receives, what went wrong last, and the test of its servers.
import CheckCircleIcon from '@mui/icons-material/CheckCircleOutlined';
import ErrorIcon from '@mui/icons-material/ErrorOutlineOutlined';
import RemoveIcon from '@mui/icons-material/RemoveCircleOutlineOutlined';
import { Alert, Box, Button, CircularProgress, Link, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useCreatePath, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { SectionCard } from '../components';
import { Fact } from '../structure/Fact';
import { Moment } from '../structure/Moment';
import { useAct } from '../structure/useAct';
import type { Mailbox } from '../types';
import { MailboxChip } from './MailboxChip';
import type { ServerKind } from './values';

interface Checked {
  ok: boolean | null;
  error: string | null;
}

type Tested = Record<ServerKind, Checked>;

function Outcome({ kind, checked }: { kind: ServerKind; checked: Checked }) {
  const t = useTranslate();
  const { ok, error } = checked;
  const Icon = ok === null ? RemoveIcon : ok ? CheckCircleIcon : ErrorIcon;
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start', mt: 1 }}>
      <Icon fontSize="small" color={ok === null ? 'disabled' : ok ? 'success' : 'error'} aria-hidden />
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <b>{t(`stoa.mailboxes.test.${kind}`)}</b>:{' '}
        {ok === null ? t('stoa.mailboxes.test.unset') : ok ? t('stoa.mailboxes.test.ok') : error}
      </Box>
    </Stack>
  );
}

function Test({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslate();
  const { run, busy, refusal } = useAct<Tested>('mailboxes', mailbox.id);
  const [tested, setTested] = useState<Tested>();
  const test = async () => {
    setTested(undefined);
    setTested(await run('test'));
  };
  return (
    <Box sx={{ mt: 1.5 }}>
      <Button
        variant="outlined"
        onClick={() => void test()}
        disabled={busy}
        startIcon={busy ? <CircularProgress size={14} /> : undefined}
      >
        {t(busy ? 'stoa.mailboxes.test.running' : 'stoa.mailboxes.test.action')}
      </Button>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0.5 }}>
        {t('stoa.mailboxes.test.hint')}
      </Typography>
      <Box role="status">
        {tested && (
          <>
            <Outcome kind="smtp" checked={tested.smtp} />
            <Outcome kind="imap" checked={tested.imap} />
          </>
        )}
      </Box>
      {refusal && (
        <Alert severity="error" sx={{ mt: 1 }}>
          {refusal}
        </Alert>
      )}
    </Box>
  );
}

/** The ways in and out, as far as the reader sees them. */
function Ways({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslate();
  const say = (key: string, values?: object) => t(`stoa.mailboxes.status.${key}`, values);
  const { smtp, imap, dkim, webhook_active } = mailbox;
  const ways = [
    imap && say('fetched', { host: imap.host }),
    webhook_active && say('delivered'),
  ].filter(Boolean);
  return (
    <>
      {smtp !== undefined && (
        <Fact label={say('sends')}>{smtp ? say('ownServer', { host: smtp.host }) : say('platform')}</Fact>
      )}
      {(imap !== undefined || webhook_active) && (
        <Fact label={say('receives')}>
          {ways.length ? ways.join(', ') : <Box sx={{ color: 'warning.main' }}>{say('nothing')}</Box>}
        </Fact>
      )}
      {dkim !== undefined && (
        <Fact label={say('signs')}>{dkim ? say('signed', { selector: dkim.selector }) : say('unsigned')}</Fact>
      )}
    </>
  );
}

/** The panel. */
export function StatusPanel({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const mayTest = useMay('mailboxes', 'edit');
  const mails = useMay('inbound_emails', 'list');
  const list = createPath({ resource: 'inbound_emails', type: 'list' });
  const filter = encodeURIComponent(JSON.stringify({ mailbox_id: mailbox.id }));
  return (
    <SectionCard title={t('stoa.mailboxes.status.title')} actions={<MailboxChip mailbox={mailbox} />}>
      {mailbox.last_error && (
        <Alert severity="error" sx={{ mb: 1, overflowWrap: 'anywhere' }}>
          {mailbox.last_error}
        </Alert>
      )}
      <Ways mailbox={mailbox} />
      {(mailbox.smtp || mailbox.imap || mailbox.last_checked_at) && (
        <Moment
          label={t('stoa.mailboxes.status.checked')}
          value={mailbox.last_checked_at}
          none={t('stoa.mailboxes.status.never')}
        />
      )}
      {mails && (
        <Link component={RouterLink} to={`${list}?filter=${filter}`}>
          {t('stoa.mailboxes.status.mails')}
        </Link>
      )}
      {mayTest && (mailbox.smtp || mailbox.imap) && <Test mailbox={mailbox} />}
    </SectionCard>
  );
}
