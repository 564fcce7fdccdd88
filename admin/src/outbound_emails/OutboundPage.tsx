// One outgoing mail: what it says, how far it has come, and what can be done about it.
import { Alert, Box, Link, Typography } from '@mui/material';
import { useCreatePath, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { SectionCard } from '../components';
import { useMailName } from '../mail/names';
import { ActButton } from '../structure/ActButton';
import { Fact } from '../structure/Fact';
import { Moment } from '../structure/Moment';
import { MailboxRef, TicketRef } from '../structure/Refs';
import { ShowPage } from '../structure/ShowPage';
import { MONO } from '../theme';
import type { OutboundEmail } from '../types';
import { MailContent } from './MailContent';
import { StateChip } from './StateChip';
import { canRetry, standingOf } from './state';

function Recipient({ mail }: { mail: OutboundEmail }) {
  const createPath = useCreatePath();
  const opens = useMay('users', 'show') && Boolean(mail.user_id);
  const name = mail.to_name ?? mail.to;
  return (
    <>
      {opens && mail.user_id ? (
        <Link component={RouterLink} to={createPath({ resource: 'users', type: 'edit', id: mail.user_id })}>
          {name}
        </Link>
      ) : (
        name
      )}
      {mail.to_name && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {mail.to}
        </Typography>
      )}
    </>
  );
}

function Retry({ mail }: { mail: OutboundEmail }) {
  const t = useTranslate();
  const may = useMay('outbound_emails', 'retry');
  if (!may || !canRetry(mail)) return null;
  return (
    <Box sx={{ mt: 1.5 }}>
      <ActButton
        resource="outbound_emails"
        id={mail.id}
        action="retry"
        options={{ version: mail.version }}
        label={t('stoa.mail.outbound.retry.action')}
        title={t('stoa.mail.outbound.retry.title')}
        done={t('stoa.mail.outbound.retry.done')}
      >
        <Typography>{t('stoa.mail.outbound.retry.body', { to: mail.to })}</Typography>
        {mail.state === 'kept' && (
          <Alert severity="info" sx={{ mt: 2 }}>
            {t('stoa.mail.outbound.retry.kept')}
          </Alert>
        )}
      </ActButton>
    </Box>
  );
}

function Delivery({ mail }: { mail: OutboundEmail }) {
  const t = useTranslate();
  const name = useMailName();
  const field = (source: string) => t(`resources.outbound_emails.fields.${source}`);
  const state = standingOf(mail);
  return (
    <SectionCard title={t('stoa.mail.outbound.facts')} actions={<StateChip mail={mail} />}>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>
        {t(`stoa.mail.outbound.explain.${state}`)}
        {state === 'bounced' && !canRetry(mail) && ` ${t('stoa.mail.outbound.bouncedAfter')}`}
      </Typography>
      {mail.last_error && (
        <Alert severity={mail.state === 'failed' ? 'error' : 'warning'} sx={{ mb: 1, overflowWrap: 'anywhere' }}>
          {mail.last_error}
        </Alert>
      )}
      {mail.uncertain && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {t('stoa.mail.outbound.uncertain')}
        </Alert>
      )}
      <Fact label={field('to')}>
        <Recipient mail={mail} />
      </Fact>
      <Fact label={field('template')}>{name(mail.template)}</Fact>
      {mail.ticket_id && (
        <Fact label={field('ticket_id')}>
          <TicketRef id={mail.ticket_id} />
        </Fact>
      )}
      <Fact label={field('mailbox_id')}>
        <MailboxRef id={mail.mailbox_id} />
      </Fact>
      <Moment label={field('created_at')} value={mail.created_at} />
      <Moment label={field('sent_at')} value={mail.sent_at} />
      <Fact label={field('attempts')}>{mail.attempts}</Fact>
      {mail.internet_message_id && (
        <Fact label={field('internet_message_id')}>
          <Box component="span" sx={{ fontFamily: MONO, fontSize: '0.8rem' }}>
            {mail.internet_message_id}
          </Box>
        </Fact>
      )}
      <Retry mail={mail} />
    </SectionCard>
  );
}

/** Page of an outgoing mail. */
export default function OutboundPage() {
  return (
    <ShowPage<OutboundEmail>
      asideFirst
      render={mail => <MailContent mail={mail} />}
      aside={mail => <Delivery mail={mail} />}
    />
  );
}
