// Addresses that automatic mail went to, which of them get none any more, and why.
import AlternateEmailIcon from '@mui/icons-material/AlternateEmail';
import { Box, Typography } from '@mui/material';
import { DataTable, TextInput, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { TimeAgo, ToneChip, formatDate, formatDateTime } from '../components';
import { ActButton } from '../structure/ActButton';
import { FilterSlot } from '../structure/FilterSlot';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import { TicketRef } from '../structure/Refs';
import type { EmailRecipient } from '../types';
import { TONES, standingOf } from './standing';

function Standing({ recipient }: { recipient: EmailRecipient }) {
  const t = useTranslate();
  const standing = standingOf(recipient, Date.now());
  const until = standing === 'suppressed' ? recipient.suppressed_until : null;
  return (
    <Box sx={{ whiteSpace: 'nowrap' }}>
      <ToneChip
        label={t(`stoa.mail.recipients.state.${standing}`)}
        tone={TONES[standing]}
        why={standing === 'capped' ? formatDateTime(recipient.capped_at) : undefined}
      />
      {until && (
        <Typography variant="body2" component="div" title={formatDateTime(until)} sx={{ color: 'text.secondary' }}>
          {t('stoa.mail.recipients.until', { when: formatDate(until) })}
        </Typography>
      )}
    </Box>
  );
}

function Release({ recipient }: { recipient: EmailRecipient }) {
  const t = useTranslate();
  const may = useMay('email_recipients', 'release');
  if (!may || standingOf(recipient, Date.now()) === 'free') return null;
  const words = { address: recipient.address };
  return (
    <ActButton
      resource="email_recipients"
      id={recipient.id}
      action="release"
      options={{ version: recipient.version }}
      size="small"
      label={t('stoa.mail.recipients.release.action')}
      title={t('stoa.mail.recipients.release.title', words)}
      done={t('stoa.mail.recipients.release.done', words)}
    >
      {t('stoa.mail.recipients.release.body')}
    </ActButton>
  );
}

/** List of addresses. */
export default function RecipientList() {
  const t = useTranslate();
  const mayRelease = useMay('email_recipients', 'release');
  return (
    <ListPage<EmailRecipient>
      icon={<AlternateEmailIcon />}
      sort={{ field: 'updated_at', order: 'DESC' }}
      searchable={false}
      creates={false}
      deletes="none"
      filters={
        <FilterSlot width={260}>
          <TextInput
            source="address"
            label={t('stoa.mail.outbound.exactly')}
            parse={text => text.trim().toLowerCase()}
            resettable
            fullWidth
          />
        </FilterSlot>
      }
      before={
        <ListNote>{t('stoa.mail.recipients.about')}</ListNote>
      }
      columns={[
        <DataTable.Col<EmailRecipient>
          key="address"
          source="address"
          disableSort
          render={one => <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere', minWidth: 160 }}>{one.address}</Box>}
        />,
        <DataTable.Col<EmailRecipient>
          key="standing"
          label={t('resources.outbound_emails.fields.state')}
          disableSort
          render={one => <Standing recipient={one} />}
        />,
        <DataTable.Col<EmailRecipient>
          key="suppressed_reason"
          source="suppressed_reason"
          disableSort
          render={one => <Box sx={{ maxWidth: 320, overflowWrap: 'anywhere' }}>{one.suppressed_reason ?? '–'}</Box>}
        />,
        <DataTable.Col<EmailRecipient>
          key="ticket_id"
          source="ticket_id"
          disableSort
          render={one => <TicketRef id={one.ticket_id} way="row" />}
        />,
        <DataTable.Col<EmailRecipient>
          key="updated_at"
          source="updated_at"
          sortByOrder="DESC"
          render={one => <TimeAgo value={one.updated_at} />}
        />,
        mayRelease && (
          <DataTable.Col<EmailRecipient> key="act" label="" disableSort render={one => <Release recipient={one} />} />
        ),
      ]}
      card={one => ({
        title: one.address,
        end: <Standing recipient={one} />,
        lines: [one.suppressed_reason, one.ticket_id && <TicketRef key="ticket" id={one.ticket_id} />],
        below: (
          <Box sx={{ mt: 0.5 }}>
            <Release recipient={one} />
          </Box>
        ),
      })}
    />
  );
}
