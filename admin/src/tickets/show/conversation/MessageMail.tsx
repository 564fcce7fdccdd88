// What a message has to do with mail: who wrote it from where, to whom it went, and whether it arrived.
import { Alert, Box, Button, Collapse, Link, Stack, Typography } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useCreatePath, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../../../api/permissions';
import { ToneChip, formatDateTime } from '../../../components';
import { StateChip } from '../../../outbound_emails/StateChip';
import type { MessageMail as Mail, OutboundEmail, TicketMessage } from '../../../types';
import { useMessageMails } from '../mails';
import { MessageBody } from './MessageBody';

/** Recipients that are named before the rest is counted. */
const NAMED = 3;

/** Marks beside the author. */
export function MailMarks({ message }: { message: TicketMessage }) {
  const t = useTranslate();
  const { email, delivery } = message;
  return (
    <>
      {email?.untrusted && (
        <ToneChip
          label={t('stoa.mail.ticket.untrusted')}
          tone="warning"
          why={t('stoa.mail.ticket.untrustedHint')}
        />
      )}
      {email?.automatic && (
        <ToneChip
          label={t('stoa.mail.ticket.automatic')}
          why={t(`stoa.mail.inbound.reason.${email.automatic}`, { _: email.automatic })}
        />
      )}
      {delivery === 'bounced' && <ToneChip label={t('stoa.mail.ticket.bounced')} tone="error" />}
    </>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', gap: 1, overflowWrap: 'anywhere' }}>
      <Box component="dt" sx={{ color: 'text.secondary', flexShrink: 0, width: 84 }}>
        {label}
      </Box>
      <Box component="dd" sx={{ m: 0, minWidth: 0 }}>
        {children}
      </Box>
    </Box>
  );
}

/** What is shown on demand. */
function Unfold({ show, hide, children }: { show: string; hide: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        color="inherit"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        sx={{ p: 0, minWidth: 0, fontSize: '0.75rem', fontWeight: 400, color: 'text.secondary', textDecoration: 'underline' }}
      >
        {open ? hide : show}
      </Button>
      <Collapse in={open} unmountOnExit>
        {children}
      </Collapse>
    </>
  );
}

/** The head of the mail that it came in by. */
function Head({ mail }: { mail: Mail }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const opens = useMay('inbound_emails', 'show');
  const say = (key: string) => t(`stoa.mail.ticket.${key}`);
  return (
    <Box sx={{ mt: 0.5, fontSize: '0.8rem' }}>
      <Unfold show={say('details')} hide={say('hide')}>
        <Box component="dl" sx={{ m: 0, mt: 0.5 }}>
          <Line label={say('from')}>{mail.from_name ? `${mail.from_name} <${mail.from}>` : mail.from}</Line>
          <Line label={say('to')}>{mail.to.join(', ') || '–'}</Line>
          {mail.cc.length > 0 && <Line label={say('cc')}>{mail.cc.join(', ')}</Line>}
          <Line label={say('subjectLabel')}>{mail.subject || '–'}</Line>
          {mail.date && <Line label={say('written')}>{formatDateTime(mail.date)}</Line>}
          {mail.forwarded_by && <Line label={say('forwarded')}>{mail.forwarded_by}</Line>}
        </Box>
        {mail.verified && <Typography variant="caption">{say('verified')}</Typography>}
        {opens && (
          <Box>
            <Link
              component={RouterLink}
              to={createPath({ resource: 'inbound_emails', type: 'edit', id: mail.inbound_id })}
            >
              {say('open')}
            </Link>
          </Box>
        )}
      </Unfold>
    </Box>
  );
}

/** To whom it went by mail, and how far each has come. */
function Sent({ mails }: { mails: OutboundEmail[] }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const rest = mails.length - NAMED;
  return (
    <Stack
      direction="row"
      sx={{ mt: 0.75, columnGap: 1, rowGap: 0.5, flexWrap: 'wrap', alignItems: 'center', fontSize: '0.78rem', color: 'text.secondary' }}
    >
      {t('stoa.mail.ticket.mailed')}
      {mails.slice(0, NAMED).map(mail => (
        <Box key={mail.id} component="span" sx={{ display: 'inline-flex', gap: 0.5, alignItems: 'center', minWidth: 0 }}>
          <Link
            component={RouterLink}
            to={createPath({ resource: 'outbound_emails', type: 'edit', id: mail.id })}
            title={mail.to}
            sx={{ overflowWrap: 'anywhere' }}
          >
            {mail.to_name ?? mail.to}
          </Link>
          <StateChip mail={mail} />
        </Box>
      ))}
      {rest > 0 && <span>{t('stoa.mail.ticket.more', { smart_count: rest })}</span>}
    </Stack>
  );
}

/** The text of the mail with what it quoted, on demand. */
function Quoted({ text }: { text: string }) {
  const t = useTranslate();
  return (
    <Box sx={{ mt: 0.5 }}>
      <Unfold show={t('stoa.mail.ticket.quoted')} hide={t('stoa.mail.ticket.unquoted')}>
        <Box sx={{ mt: 0.5, pl: 1.25, borderLeft: 3, borderColor: 'divider' }}>
          <MessageBody body={text} />
        </Box>
      </Unfold>
    </Box>
  );
}

/** Below the text of a message. */
export function MessageMail({ message }: { message: TicketMessage }) {
  const t = useTranslate();
  const mails = useMessageMails(message.ticket_id, message.id);
  return (
    <>
      {message.full_body && !message.redacted_at && <Quoted text={message.full_body} />}
      {message.delivery === 'bounced' && (
        <Alert severity="error" sx={{ mt: 1, py: 0, overflowWrap: 'anywhere' }}>
          {t('stoa.mail.ticket.bouncedBody')} {message.delivery_error}
        </Alert>
      )}
      {message.email && !message.redacted_at && <Head mail={message.email} />}
      {mails.length > 0 && <Sent mails={mails} />}
    </>
  );
}
