// The mail that went out or waits to: to whom, what about, and how far it has come.
import OutboxOutlinedIcon from '@mui/icons-material/OutboxOutlined';
import { Box, Typography } from '@mui/material';
import { DataTable, SelectInput, TextInput, useTranslate } from 'react-admin';
import { useEverywhere } from '../api/everywhere';
import { useMay } from '../api/permissions';
import { CompanyName } from '../companies/CompanyName';
import { TimeAgo } from '../components';
import { MAIL_KEYS, useMailName } from '../mail/names';
import { TicketInput } from '../mail/TicketSelect';
import { FilterSlot } from '../structure/FilterSlot';
import { ListPage } from '../structure/ListPage';
import { TicketRef } from '../structure/Refs';
import { RowLink } from '../structure/RowLink';
import { OUTBOUND_STATES, type OutboundEmail } from '../types';
import { KeptBanner } from './KeptBanner';
import { StateChip } from './StateChip';

function Who({ mail }: { mail: OutboundEmail }) {
  return (
    <Box sx={{ minWidth: 120, maxWidth: 240, overflowWrap: 'anywhere' }}>
      {mail.to_name ?? mail.to}
      {mail.to_name && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {mail.to}
        </Typography>
      )}
    </Box>
  );
}

/** Subject, and which mail it is. Until it was made up there is no subject. */
function What({ mail }: { mail: OutboundEmail }) {
  const name = useMailName();
  return (
    <Box sx={{ minWidth: 200, overflowWrap: 'anywhere' }}>
      <RowLink id={mail.id}>{mail.subject ?? name(mail.template)}</RowLink>
      {mail.subject && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {name(mail.template)}
        </Typography>
      )}
    </Box>
  );
}

function Filters({ tickets }: { tickets: boolean }) {
  const t = useTranslate();
  const name = useMailName();
  // A mail that came back keeps its state; the server finds none by it.
  const states = OUTBOUND_STATES.filter(state => state !== 'bounced');
  return (
    <>
      <FilterSlot width={130}>
        <SelectInput
          source="state"
          choices={states.map(id => ({ id, name: t(`stoa.mail.outbound.state.${id}`) }))}
          fullWidth
        />
      </FilterSlot>
      <FilterSlot width={210}>
        <SelectInput source="template" choices={MAIL_KEYS.map(id => ({ id, name: name(id) }))} fullWidth />
      </FilterSlot>
      <FilterSlot width={200}>
        <TextInput
          source="to"
          label={t('stoa.mail.outbound.exactly')}
          parse={text => text.trim().toLowerCase()}
          resettable
          fullWidth
        />
      </FilterSlot>
      {tickets && (
        <FilterSlot width={230}>
          <TicketInput source="ticket_id" />
        </FilterSlot>
      )}
    </>
  );
}

/** List of outgoing mail. */
export default function OutboundList() {
  const t = useTranslate();
  const name = useMailName();
  const tickets = useMay('tickets', 'list');
  // An operator outside sees the mail of the platform and of all companies.
  const everywhere = useEverywhere();
  return (
    <ListPage<OutboundEmail>
      icon={<OutboxOutlinedIcon />}
      sort={{ field: 'created_at', order: 'DESC' }}
      searchable={false}
      creates={false}
      deletes="none"
      mayOpen={() => true}
      before={<KeptBanner />}
      filters={<Filters tickets={tickets} />}
      columns={[
        <DataTable.Col<OutboundEmail>
          key="created_at"
          source="created_at"
          sortByOrder="DESC"
          render={mail => <TimeAgo value={mail.created_at} />}
        />,
        <DataTable.Col<OutboundEmail> key="to" source="to" disableSort render={mail => <Who mail={mail} />} />,
        <DataTable.Col<OutboundEmail>
          key="subject"
          source="subject"
          disableSort
          render={mail => <What mail={mail} />}
        />,
        everywhere ? (
          <DataTable.Col<OutboundEmail>
            key="company_id"
            label={t('resources.companies.name', { smart_count: 1 })}
            disableSort
            render={mail => <CompanyName id={mail.company_id} />}
          />
        ) : (
          <DataTable.Col<OutboundEmail>
            key="ticket_id"
            source="ticket_id"
            disableSort
            render={mail => <TicketRef id={mail.ticket_id} way="row" />}
          />
        ),
        <DataTable.Col<OutboundEmail>
          key="state"
          source="state"
          disableSort
          render={mail => <StateChip mail={mail} />}
        />,
      ]}
      card={mail => ({
        title: mail.subject ?? name(mail.template),
        end: <StateChip mail={mail} />,
        lines: [
          mail.to_name ? `${mail.to_name} · ${mail.to}` : mail.to,
          <span key="when">
            <TimeAgo value={mail.created_at} /> · {name(mail.template)}
          </span>,
        ],
      })}
    />
  );
}
