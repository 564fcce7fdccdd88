// The mail that came in: from whom, to which mailbox, and what became of it.
import MoveToInboxOutlinedIcon from '@mui/icons-material/MoveToInboxOutlined';
import { Box, Typography } from '@mui/material';
import { AutocompleteInput, DataTable, ReferenceInput, SelectInput, TextInput, useTranslate } from 'react-admin';
import { TimeAgo } from '../components';
import { TicketInput } from '../mail/TicketSelect';
import { FilterSlot } from '../structure/FilterSlot';
import { ListPage } from '../structure/ListPage';
import { MailboxRef, TicketRef } from '../structure/Refs';
import { RowLink } from '../structure/RowLink';
import { INBOUND_STATES, type InboundEmail } from '../types';
import { StateChip } from './StateChip';
import { REASONS } from './words';

function What({ mail }: { mail: InboundEmail }) {
  const t = useTranslate();
  return (
    <Box sx={{ minWidth: 200, overflowWrap: 'anywhere' }}>
      <RowLink id={mail.id}>{mail.subject || t('stoa.mail.inbound.noSubject')}</RowLink>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {mail.from ?? t('stoa.mail.inbound.noSender')}
      </Typography>
    </Box>
  );
}

/** State, and below it why. */
function Outcome({ mail }: { mail: InboundEmail }) {
  const t = useTranslate();
  return (
    <Box sx={{ minWidth: 110 }}>
      <StateChip mail={mail} />
      {mail.reason && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t(`stoa.mail.inbound.reasonShort.${mail.reason}`, { _: mail.reason })}
        </Typography>
      )}
    </Box>
  );
}

function Filters() {
  const t = useTranslate();
  return (
    <>
      <FilterSlot width={130}>
        <SelectInput
          source="state"
          choices={INBOUND_STATES.map(id => ({ id, name: t(`stoa.mail.inbound.state.${id}`) }))}
          fullWidth
        />
      </FilterSlot>
      <FilterSlot width={180}>
        <SelectInput
          source="reason"
          choices={REASONS.map(id => ({ id, name: t(`stoa.mail.inbound.reasonShort.${id}`) }))}
          fullWidth
        />
      </FilterSlot>
      <FilterSlot width={190}>
        <ReferenceInput source="mailbox_id" reference="mailboxes" sort={{ field: 'address', order: 'ASC' }} perPage={100}>
          <AutocompleteInput optionText="address" filterToQuery={() => ({})} fullWidth />
        </ReferenceInput>
      </FilterSlot>
      <FilterSlot width={190}>
        <TextInput
          source="from"
          label={t('stoa.mail.outbound.exactly')}
          parse={text => text.trim().toLowerCase()}
          resettable
          fullWidth
        />
      </FilterSlot>
      <FilterSlot width={210}>
        <TicketInput source="ticket_id" />
      </FilterSlot>
    </>
  );
}

/** List of incoming mail. */
export default function InboundList() {
  const t = useTranslate();
  return (
    <ListPage<InboundEmail>
      icon={<MoveToInboxOutlinedIcon />}
      sort={{ field: 'created_at', order: 'DESC' }}
      searchable={false}
      creates={false}
      deletes="none"
      mayOpen={() => true}
      filters={<Filters />}
      columns={[
        <DataTable.Col<InboundEmail>
          key="created_at"
          source="created_at"
          sortByOrder="DESC"
          render={mail => <TimeAgo value={mail.created_at} />}
        />,
        <DataTable.Col<InboundEmail>
          key="subject"
          source="subject"
          disableSort
          render={mail => <What mail={mail} />}
        />,
        <DataTable.Col<InboundEmail>
          key="mailbox_id"
          source="mailbox_id"
          disableSort
          render={mail => <MailboxRef id={mail.mailbox_id} way="text" />}
        />,
        <DataTable.Col<InboundEmail>
          key="ticket_id"
          source="ticket_id"
          disableSort
          render={mail => <TicketRef id={mail.ticket_id} way="row" />}
        />,
        <DataTable.Col<InboundEmail>
          key="state"
          source="state"
          disableSort
          render={mail => <Outcome mail={mail} />}
        />,
      ]}
      card={mail => ({
        title: mail.subject || t('stoa.mail.inbound.noSubject'),
        end: <StateChip mail={mail} />,
        lines: [
          mail.from ?? t('stoa.mail.inbound.noSender'),
          <span key="when">
            <TimeAgo value={mail.created_at} /> · <MailboxRef id={mail.mailbox_id} way="text" />
          </span>,
          mail.reason && t(`stoa.mail.inbound.reasonShort.${mail.reason}`, { _: mail.reason }),
        ],
      })}
    />
  );
}
