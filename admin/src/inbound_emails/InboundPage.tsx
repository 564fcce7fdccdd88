// One incoming mail: what became of it and why, where it came from, and what can be done about it.
import DownloadOutlinedIcon from '@mui/icons-material/DownloadOutlined';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { saveBytes } from '../api/bytes';
import { useMay } from '../api/permissions';
import { SectionCard, useErrorText } from '../components';
import { formatSize } from '../files/size';
import { ActButton } from '../structure/ActButton';
import { Fact } from '../structure/Fact';
import { Moment } from '../structure/Moment';
import { MailboxRef, TicketRef } from '../structure/Refs';
import { ShowPage } from '../structure/ShowPage';
import { MONO } from '../theme';
import type { InboundEmail } from '../types';
import { MailMessage } from './MailMessage';
import { StateChip } from './StateChip';
import { canReprocess, explained, fileName, wentElsewhere } from './words';

function Reprocess({ mail }: { mail: InboundEmail }) {
  const t = useTranslate();
  const may = useMay('inbound_emails', 'reprocess');
  if (!may || !canReprocess(mail)) return null;
  return (
    <ActButton
      resource="inbound_emails"
      id={mail.id}
      action="reprocess"
      options={{ version: mail.version }}
      label={t('stoa.mail.inbound.reprocess.action')}
      title={t('stoa.mail.inbound.reprocess.title')}
      done={t('stoa.mail.inbound.reprocess.done')}
    >
      {t('stoa.mail.inbound.reprocess.body')}
    </ActButton>
  );
}

function Raw({ mail }: { mail: InboundEmail }) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const may = useMay('inbound_emails', 'raw');
  const [busy, setBusy] = useState(false);
  if (!may) return null;
  const save = async () => {
    setBusy(true);
    try {
      await saveBytes(`/api/inbound_emails/${mail.id}/raw`, fileName(mail));
    } catch (error) {
      notify(errorText(error), { type: 'error' });
    }
    setBusy(false);
  };
  return (
    <Box sx={{ mt: 1.5 }}>
      <Button variant="outlined" startIcon={<DownloadOutlinedIcon />} onClick={() => void save()} disabled={busy}>
        {t('stoa.mail.inbound.raw.action')}
      </Button>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0.5 }}>
        {t('stoa.mail.inbound.raw.hint')}
      </Typography>
    </Box>
  );
}

/** How its ticket was found, and why it is where it is. */
function Outcome({ mail }: { mail: InboundEmail }) {
  const t = useTranslate();
  const field = (source: string) => t(`resources.inbound_emails.fields.${source}`);
  const why = mail.reason && t(`stoa.mail.inbound.reason.${mail.reason}`, { _: mail.reason });
  return (
    <SectionCard title={t('stoa.mail.inbound.outcome')} actions={<StateChip mail={mail} />}>
      <Typography>{t(`stoa.mail.inbound.explain.${explained(mail)}`)}</Typography>
      {mail.error && (
        <Alert severity="error" sx={{ mt: 1, overflowWrap: 'anywhere' }}>
          {mail.error}
        </Alert>
      )}
      {why && (
        <Alert severity="info" sx={{ mt: 1 }}>
          {mail.state === 'processed' ? t('stoa.mail.inbound.automaticNote', { why }) : why}
        </Alert>
      )}
      {mail.ticket_id && (
        <Fact label={field('ticket_id')}>
          <TicketRef id={mail.ticket_id} />
        </Fact>
      )}
      {mail.match && mail.state === 'processed' && (
        <Fact label={field('match')}>{t(`stoa.mail.inbound.rule.${mail.match.rule}`, { _: mail.match.rule })}</Fact>
      )}
      {wentElsewhere(mail) && (
        <Alert severity="warning" sx={{ mt: 1 }}>
          {t('stoa.mail.inbound.related')} <TicketRef id={mail.match?.ticket_id} />
        </Alert>
      )}
      <Moment label={field('processed_at')} value={mail.processed_at} />
      <Stack direction="row" sx={{ mt: 1.5, gap: 1, flexWrap: 'wrap' }}>
        <Reprocess mail={mail} />
      </Stack>
    </SectionCard>
  );
}

function Origin({ mail }: { mail: InboundEmail }) {
  const t = useTranslate();
  const field = (source: string) => t(`resources.inbound_emails.fields.${source}`);
  return (
    <SectionCard title={t('stoa.mail.inbound.way')}>
      <Fact label={field('from')}>{mail.from ?? t('stoa.mail.inbound.noSender')}</Fact>
      <Fact label={field('subject')}>{mail.subject || t('stoa.mail.inbound.noSubject')}</Fact>
      <Fact label={field('mailbox_id')}>
        <MailboxRef id={mail.mailbox_id} />
      </Fact>
      <Fact label={field('source')}>{t(`stoa.mail.inbound.source.${mail.source}`)}</Fact>
      <Moment label={field('created_at')} value={mail.created_at} />
      <Fact label={field('size')}>
        {formatSize(mail.size)}
        {mail.too_large && ` · ${t('stoa.mail.inbound.tooLarge')}`}
      </Fact>
      {mail.runs > 1 && (
        <Fact label={field('runs')}>{t('stoa.mail.inbound.times', { smart_count: mail.runs })}</Fact>
      )}
      <Fact label={field('message_id')}>
        <Box component="span" sx={{ fontFamily: MONO, fontSize: '0.8rem' }}>
          {mail.message_id}
        </Box>
      </Fact>
      <Raw mail={mail} />
    </SectionCard>
  );
}

/** Page of an incoming mail. */
export default function InboundPage() {
  return (
    <ShowPage<InboundEmail>
      asideFirst
      render={mail => (
        <>
          {mail.ticket_id && mail.message && mail.match?.rule !== 'bounce' && (
            <MailMessage ticketId={mail.ticket_id} messageId={mail.message} />
          )}
          <Origin mail={mail} />
        </>
      )}
      aside={mail => <Outcome mail={mail} />}
    />
  );
}
