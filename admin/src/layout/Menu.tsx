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
import { Divider, ListSubheader } from '@mui/material';
import type { ReactNode } from 'react';
import { Menu as RaMenu, useSidebarState, useTranslate } from 'react-admin';
import { useActing } from '../api/company';
import { useMe } from '../api/me';
import { useMay, useRightTo } from '../api/permissions';

/** A resource with a page of its own, for those who may list it. */
interface Place {
  resource: string;
  icon: ReactNode;
  /** Only for those who may list what is everybody's. */
  all?: boolean;
}

const USERS = { resource: 'users', icon: <PeopleIcon /> };
const OUTGOING = { resource: 'outbound_emails', icon: <OutboxIcon /> };
const AUDIT = { resource: 'audit_log', icon: <MenuBookIcon /> };
const JOBS = { resource: 'jobs', icon: <PlaylistPlayIcon /> };

/** What belongs to a company: itself, its ways in and out, and what happened. */
const COMPANY: Record<string, Place[]> = {
  company: [
    USERS,
    { resource: 'departments', icon: <ApartmentIcon /> },
    { resource: 'categories', icon: <CategoryIcon /> },
    { resource: 'tags', icon: <LabelIcon /> },
    // Others see their own files where they sent them.
    { resource: 'uploads', icon: <FolderIcon />, all: true },
    { resource: 'settings', icon: <SettingsIcon /> },
  ],
  mail: [
    { resource: 'mailboxes', icon: <AllInboxIcon /> },
    { resource: 'inbound_emails', icon: <MoveToInboxIcon /> },
    OUTGOING,
    { resource: 'email_templates', icon: <DraftsIcon /> },
    { resource: 'email_recipients', icon: <AlternateEmailIcon /> },
  ],
  integrations: [
    { resource: 'api_keys', icon: <KeyIcon /> },
    { resource: 'webhooks', icon: <WebhookIcon /> },
    { resource: 'teams_connections', icon: <ForumIcon /> },
  ],
  activity: [AUDIT, JOBS],
};

const COMPANIES = { resource: 'companies', icon: <BusinessIcon /> };
const PLATFORM: Place[] = [COMPANIES, USERS, OUTGOING, AUDIT, JOBS, { resource: 'workers', icon: <MemoryIcon /> }];

function Entry({ to, label, icon, shortcut }: { to: string; label: string; icon: ReactNode; shortcut?: string }) {
  return <RaMenu.Item to={to} primaryText={label} leftIcon={icon} keyboardShortcut={shortcut} />;
}

/** Entries under a heading; nothing where none is for the reader. */
function Group({ name, places }: { name: string; places: Place[] }) {
  const t = useTranslate();
  const [open] = useSidebarState();
  const rightTo = useRightTo();
  const shown = places.filter(({ resource, all }) => {
    const right = rightTo(resource, 'list');
    return right !== undefined && (!all || right.reach === 'all');
  });
  if (!shown.length) return null;
  return (
    <>
      {open ? (
        <ListSubheader
          component="li"
          role="presentation"
          sx={{ background: 'none', lineHeight: '28px', mt: 1, fontSize: '0.75rem' }}
        >
          {t(`stoa.layout.menu.${name}`)}
        </ListSubheader>
      ) : (
        <Divider component="li" role="presentation" sx={{ my: 0.75 }} />
      )}
      {shown.map(({ resource, icon }) => (
        <Entry key={resource} to={`/${resource}`} label={`stoa.layout.menu.${resource}`} icon={icon} />
      ))}
    </>
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

/** The menu. Clients see their requests and what they are told; who belongs to no company sees the platform. */
export function Menu() {
  const me = useMe();
  const acting = useActing();
  if (!me) return <RaMenu>{[]}</RaMenu>;
  const operator = me.role === 'superadmin';
  const client = me.role === 'client';
  const inside = !operator || acting !== null;
  return (
    <RaMenu>
      {inside && <Helpdesk client={client} operator={operator} />}
      {inside &&
        !client &&
        Object.entries(COMPANY).map(([name, places]) => <Group key={name} name={name} places={places} />)}
      {operator && <Group name="platform" places={inside ? [COMPANIES] : PLATFORM} />}
    </RaMenu>
  );
}
