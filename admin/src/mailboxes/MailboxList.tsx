// The mailboxes: their addresses, whose tickets use them, and whether they work.
import AllInboxIcon from '@mui/icons-material/AllInboxOutlined';
import { DataTable, SelectInput, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { DepartmentName, TimeAgo } from '../components';
import { FilterSlot } from '../structure/FilterSlot';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import { RecordInput } from '../structure/RecordInput';
import { useYesNo } from '../structure/useYesNo';
import type { Mailbox } from '../types';
import { MailboxChip } from './MailboxChip';

/** List of mailboxes. */
export default function MailboxList() {
  const t = useTranslate();
  const servers = useMay('mailboxes.smtp', 'read');
  const { choices } = useYesNo();
  const below = (mailbox: Mailbox) => [mailbox.from_name, ...mailbox.aliases].filter(Boolean).join(' · ');
  const department = (mailbox: Mailbox) =>
    mailbox.department_id ? <DepartmentName id={mailbox.department_id} /> : t('stoa.mailboxes.everyDepartment');
  const say = (key: string, values?: object) => t(`stoa.mailboxes.status.${key}`, values);
  const sends = ({ smtp }: Mailbox) => (smtp ? say('ownServer', { host: smtp.host }) : say('platform'));
  const receives = ({ imap, webhook_active }: Mailbox) =>
    [imap && say('fetched', { host: imap.host }), webhook_active && say('delivered')].filter(Boolean).join(', ') || '–';
  return (
    <ListPage<Mailbox>
      icon={<AllInboxIcon />}
      sort={{ field: 'address', order: 'ASC' }}
      searchable={false}
      mayOpen={() => true}
      filters={
        <>
          <FilterSlot width={110}>
            <SelectInput source="is_active" choices={choices} fullWidth />
          </FilterSlot>
          <FilterSlot width={200}>
            <RecordInput source="department_id" reference="departments" />
          </FilterSlot>
        </>
      }
      columns={[
        <DataTable.Col<Mailbox>
          key="address"
          source="address"
          render={mailbox => <NameCell record={mailbox} opens below={below(mailbox)} />}
        />,
        <DataTable.Col<Mailbox> key="department_id" source="department_id" disableSort render={department} />,
        servers && <DataTable.Col<Mailbox> key="smtp" label={say('sends')} disableSort render={sends} />,
        servers && <DataTable.Col<Mailbox> key="imap" label={say('receives')} disableSort render={receives} />,
        <DataTable.Col<Mailbox>
          key="last_checked_at"
          source="last_checked_at"
          disableSort
          render={mailbox => <TimeAgo value={mailbox.last_checked_at} />}
        />,
        <DataTable.Col<Mailbox>
          key="state"
          label={t('resources.outbound_emails.fields.state')}
          disableSort
          render={mailbox => <MailboxChip mailbox={mailbox} />}
        />,
      ]}
      card={mailbox => ({
        title: mailbox.address,
        end: <MailboxChip mailbox={mailbox} />,
        lines: [below(mailbox), department(mailbox), servers && receives(mailbox) !== '–' && receives(mailbox)],
      })}
    />
  );
}
