// The menu at the side: what the role may open, and nothing else.
import AllInboxIcon from '@mui/icons-material/AllInboxOutlined';
import AlternateEmailIcon from '@mui/icons-material/AlternateEmail';
import ApartmentIcon from '@mui/icons-material/Apartment';
import BusinessIcon from '@mui/icons-material/Business';
import CategoryIcon from '@mui/icons-material/CategoryOutlined';
import DraftsIcon from '@mui/icons-material/DraftsOutlined';
import FolderIcon from '@mui/icons-material/FolderOutlined';
import ForumIcon from '@mui/icons-material/ForumOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import InboxIcon from '@mui/icons-material/InboxOutlined';
import KeyIcon from '@mui/icons-material/KeyOutlined';
import LabelIcon from '@mui/icons-material/LabelOutlined';
import MemoryIcon from '@mui/icons-material/Memory';
import MenuBookIcon from '@mui/icons-material/MenuBookOutlined';
import MoveToInboxIcon from '@mui/icons-material/MoveToInboxOutlined';
import NotificationsIcon from '@mui/icons-material/NotificationsNone';
import OutboxIcon from '@mui/icons-material/OutboxOutlined';
import PeopleIcon from '@mui/icons-material/PeopleOutlined';
import PlaylistPlayIcon from '@mui/icons-material/PlaylistPlay';
import SettingsIcon from '@mui/icons-material/SettingsOutlined';
import WebhookIcon from '@mui/icons-material/Webhook';
import { ListSubheader } from '@mui/material';
import type { ReactNode } from 'react';
import { Menu as RaMenu, useSidebarState, useTranslate } from 'react-admin';
import { useActing } from '../api/company';
import { useMe } from '../api/me';
import { useMay, useReach } from '../api/permissions';

function Entry({ to, label, icon, shortcut }: { to: string; label: string; icon: ReactNode; shortcut?: string }) {
  return <RaMenu.Item to={to} primaryText={label} leftIcon={icon} keyboardShortcut={shortcut} />;
}

function Heading({ children }: { children: string }) {
  const [open] = useSidebarState();
  if (!open) return null;
  return (
    <ListSubheader
      component="li"
      role="presentation"
      sx={{ background: 'none', lineHeight: '28px', mt: 1, fontSize: '0.75rem' }}
    >
      {children}
    </ListSubheader>
  );
}

function Helpdesk({ client, operator }: { client: boolean; operator: boolean }) {
  const tickets = useMay('tickets', 'list');
  // Nobody notifies an operator.
  const hears = useMay('notifications', 'list') && !operator;
  return (
    <>
      {!client && <Entry to="/" label="stoa.layout.menu.home" icon={<HomeIcon />} shortcut="g>h" />}
      {tickets && (
        <Entry
          to="/tickets"
          label={client ? 'stoa.layout.menu.requests' : 'stoa.layout.menu.tickets'}
          icon={<InboxIcon />}
          shortcut="g>t"
        />
      )}
      {hears && (
        <Entry to="/notifications" label="stoa.layout.menu.notifications" icon={<NotificationsIcon />} shortcut="g>n" />
      )}
    </>
  );
}

function Company() {
  const t = useTranslate();
  const users = useMay('users', 'list');
  const departments = useMay('departments', 'list');
  const categories = useMay('categories', 'list');
  const tags = useMay('tags', 'list');
  // Others see their own files where they sent them.
  const files = useReach('uploads', 'list') === 'all';
  const settings = useMay('settings', 'list');
  const keys = useMay('api_keys', 'list');
  const audit = useMay('audit_log', 'list');
  const jobs = useMay('jobs', 'list');
  return (
    <>
      <Heading>{t('stoa.layout.menu.company')}</Heading>
      {users && <Entry to="/users" label="stoa.layout.menu.users" icon={<PeopleIcon />} />}
      {departments && <Entry to="/departments" label="stoa.layout.menu.departments" icon={<ApartmentIcon />} />}
      {categories && <Entry to="/categories" label="stoa.layout.menu.categories" icon={<CategoryIcon />} />}
      {tags && <Entry to="/tags" label="stoa.layout.menu.tags" icon={<LabelIcon />} />}
      {files && <Entry to="/uploads" label="stoa.layout.menu.uploads" icon={<FolderIcon />} />}
      {settings && <Entry to="/settings" label="stoa.layout.menu.settings" icon={<SettingsIcon />} />}
      {keys && <Entry to="/api_keys" label="stoa.layout.menu.api_keys" icon={<KeyIcon />} />}
      {audit && <Entry to="/audit_log" label="stoa.layout.menu.audit_log" icon={<MenuBookIcon />} />}
      {jobs && <Entry to="/jobs" label="stoa.layout.menu.jobs" icon={<PlaylistPlayIcon />} />}
      <Integrations />
    </>
  );
}

function Integrations() {
  const t = useTranslate();
  const webhooks = useMay('webhooks', 'list');
  const teams = useMay('teams_connections', 'list');
  if (!webhooks && !teams) return null;
  return (
    <>
      <Heading>{t('stoa.layout.menu.integrations')}</Heading>
      {webhooks && <Entry to="/webhooks" label="stoa.layout.menu.webhooks" icon={<WebhookIcon />} />}
      {teams && <Entry to="/teams_connections" label="stoa.layout.menu.teams_connections" icon={<ForumIcon />} />}
    </>
  );
}

function Mail() {
  const t = useTranslate();
  const mailboxes = useMay('mailboxes', 'list');
  const templates = useMay('email_templates', 'list');
  const outgoing = useMay('outbound_emails', 'list');
  const incoming = useMay('inbound_emails', 'list');
  const recipients = useMay('email_recipients', 'list');
  if (!mailboxes && !templates && !outgoing && !incoming && !recipients) return null;
  return (
    <>
      <Heading>{t('stoa.layout.menu.mail')}</Heading>
      {mailboxes && <Entry to="/mailboxes" label="stoa.layout.menu.mailboxes" icon={<AllInboxIcon />} />}
      {incoming && <Entry to="/inbound_emails" label="stoa.layout.menu.inbound_emails" icon={<MoveToInboxIcon />} />}
      {outgoing && <Entry to="/outbound_emails" label="stoa.layout.menu.outbound_emails" icon={<OutboxIcon />} />}
      {templates && <Entry to="/email_templates" label="stoa.layout.menu.email_templates" icon={<DraftsIcon />} />}
      {recipients && (
        <Entry to="/email_recipients" label="stoa.layout.menu.email_recipients" icon={<AlternateEmailIcon />} />
      )}
    </>
  );
}

function Platform({ inside }: { inside: boolean }) {
  const t = useTranslate();
  const users = useMay('users', 'list');
  const audit = useMay('audit_log', 'list');
  const outgoing = useMay('outbound_emails', 'list');
  const jobs = useMay('jobs', 'list');
  const workers = useMay('workers', 'list');
  return (
    <>
      <Heading>{t('stoa.layout.menu.platform')}</Heading>
      <Entry to="/companies" label="stoa.layout.menu.companies" icon={<BusinessIcon />} />
      {!inside && users && <Entry to="/users" label="stoa.layout.menu.users" icon={<PeopleIcon />} />}
      {!inside && outgoing && (
        <Entry to="/outbound_emails" label="stoa.layout.menu.outbound_emails" icon={<OutboxIcon />} />
      )}
      {!inside && audit && <Entry to="/audit_log" label="stoa.layout.menu.audit_log" icon={<MenuBookIcon />} />}
      {!inside && jobs && <Entry to="/jobs" label="stoa.layout.menu.jobs" icon={<PlaylistPlayIcon />} />}
      {!inside && workers && <Entry to="/workers" label="stoa.layout.menu.workers" icon={<MemoryIcon />} />}
    </>
  );
}

/** The menu. Clients see their requests and what they are told; who belongs to no company sees the platform. */
export function Menu() {
  const me = useMe();
  const acting = useActing();
  if (!me) return <RaMenu>{[]}</RaMenu>;
  const operator = me.role === 'superadmin';
  const client = me.role === 'client';
  return (
    <RaMenu>
      {(!operator || acting) && <Helpdesk client={client} operator={operator} />}
      {!client && (!operator || acting) && <Company />}
      {!client && (!operator || acting) && <Mail />}
      {operator && <Platform inside={acting !== null} />}
    </RaMenu>
  );
}
