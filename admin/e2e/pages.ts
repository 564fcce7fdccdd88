// The main pages, who opens them, and how one knows that they are there.
import { createHash } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { Person } from './test';

type Api = (person: Person, method: string, path: string, body?: unknown) => Promise<any>;

export interface MainPage {
  name: string;
  person: Person;
  /** Address, perhaps of a record that has to be looked up. */
  path: (api: Api) => Promise<string>;
  /** A text of its content. */
  shows: string;
}

const at = (path: string) => () => Promise.resolve(path);

/** A ticket with replies, notes and history, from the demo data. */
async function ticket(api: Api, person: Person): Promise<string> {
  const { data } = await api(person, 'GET', '/api/tickets?per_page=100&sort=-created_at');
  const rich = data.find((one: { public_message_count: number }) => one.public_message_count >= 4) ?? data[0];
  return `/tickets/${rich.id}/show`;
}

async function first(api: Api, person: Person, resource: string): Promise<string> {
  const { data } = await api(person, 'GET', `/api/${resource}?page=1&per_page=1`);
  return `/${resource}/${data[0].id}`;
}

/** The page of all files, with some: the demo data has none. */
async function files(api: Api, person: Person): Promise<string> {
  const { data: sent } = await api(person, 'GET', '/api/uploads?page=1&per_page=1');
  if (sent.length > 0) return '/uploads';
  const { data: closed } = await api(person, 'GET', '/api/tickets?page=1&per_page=1&filter={"status":"closed"}');
  const send = async (filename: string, words: string) => {
    // As the bytes go out below: JSON is text, too.
    const bytes = Buffer.from(JSON.stringify(words));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { id } = await api(person, 'POST', '/api/uploads', {
      filename,
      content_type: 'text/plain',
      size: bytes.length,
      sha256,
    });
    await api(person, 'PUT', `/api/uploads/${id}/content`, words);
    await api(person, 'POST', `/api/uploads/${id}/complete`);
    return id as string;
  };
  const attachment_ids = [await send('plan of the house.txt', 'Two rooms.'), await send('measurements.csv', '3;4;5')];
  const note = { kind: 'private_note', body: 'What they sent by post.', attachment_ids };
  await api(person, 'POST', `/api/tickets/${closed[0].id}/messages`, note);
  await send('not needed any more.txt', 'Nothing.');
  return '/uploads';
}

/** A wording of a mail, made where there is none yet. */
async function wording(api: Api): Promise<string> {
  const filter = encodeURIComponent(JSON.stringify({ key: 'ticket_reply', locale: 'en-GB' }));
  const { data } = await api('admin', 'GET', `/api/email_templates?filter=${filter}`);
  const { data: mails } = await api('admin', 'GET', '/api/email_templates/variables');
  const { subject, html } = mails.find((one: { key: string }) => one.key === 'ticket_reply').defaults[0];
  const template = { key: 'ticket_reply', locale: 'en-GB', subject, html };
  return `/email_templates/${(data[0] ?? (await api('admin', 'POST', '/api/email_templates', template))).id}`;
}

/** A mail about an answer. */
async function keptMail(api: Api): Promise<string> {
  const filter = encodeURIComponent(JSON.stringify({ template: 'ticket_reply' }));
  const { data } = await api('admin', 'GET', `/api/outbound_emails?per_page=1&filter=${filter}`);
  return `/outbound_emails/${data[0].id}`;
}

export const MAIN_PAGES: MainPage[] = [
  { name: 'home', person: 'manager', path: at('/'), shows: 'Oldest unanswered' },
  { name: 'tickets', person: 'manager', path: at('/tickets'), shows: 'T-' },
  { name: 'ticket', person: 'agent', path: api => ticket(api, 'agent'), shows: 'Public reply' },
  { name: 'ticket-create', person: 'manager', path: at('/tickets/create'), shows: 'Requester' },
  { name: 'notifications', person: 'agent', path: at('/notifications'), shows: 'Unread' },
  { name: 'notification-preferences', person: 'agent', path: at('/notifications/preferences'), shows: 'Someone writes a message' },
  { name: 'users', person: 'admin', path: at('/users'), shows: 'Second Acme Agent' },
  { name: 'user', person: 'admin', path: api => first(api, 'admin', 'users'), shows: 'Change role' },
  { name: 'departments', person: 'admin', path: at('/departments'), shows: 'Customer care' },
  { name: 'categories', person: 'admin', path: at('/categories'), shows: 'Billing' },
  { name: 'tags', person: 'admin', path: at('/tags'), shows: 'refund' },
  { name: 'settings', person: 'admin', path: at('/settings'), shows: 'Clients set the priority' },
  { name: 'api-keys', person: 'admin', path: at('/api_keys'), shows: 'With a key a program' },
  { name: 'api-key-create', person: 'admin', path: at('/api_keys/create'), shows: 'Give it no more than' },
  { name: 'files', person: 'admin', path: api => files(api, 'admin'), shows: 'files take up' },
  { name: 'email-templates', person: 'admin', path: at('/email_templates'), shows: 'A ticket got an answer' },
  { name: 'email-template', person: 'admin', path: wording, shows: 'Re: [ACME-123] Printer on fire' },
  { name: 'outbound-emails', person: 'admin', path: at('/outbound_emails'), shows: 'Kept here' },
  { name: 'outbound-email', person: 'admin', path: keptMail, shows: 'What it says' },
  { name: 'inbound-emails', person: 'admin', path: at('/inbound_emails'), shows: 'Exact address' },
  { name: 'email-recipients', person: 'admin', path: at('/email_recipients'), shows: 'Stoa sends nothing automatic' },
  { name: 'mailboxes', person: 'admin', path: at('/mailboxes'), shows: 'New mailbox' },
  { name: 'mailbox-create', person: 'admin', path: at('/mailboxes/create'), shows: 'Fetch mail by IMAP' },
  { name: 'webhooks', person: 'admin', path: at('/webhooks'), shows: 'A webhook tells another program' },
  { name: 'webhook-create', person: 'admin', path: at('/webhooks/create'), shows: 'Choose no more than' },
  { name: 'webhook-deliveries', person: 'admin', path: at('/webhook_deliveries'), shows: 'What was sent to webhooks' },
  { name: 'teams', person: 'admin', path: at('/teams_connections'), shows: 'Cards in a channel' },
  { name: 'teams-create', person: 'admin', path: at('/teams_connections/create'), shows: 'How to get the address' },
  { name: 'jobs', person: 'admin', path: at('/jobs'), shows: 'Send a mail' },
  { name: 'job', person: 'admin', path: api => first(api, 'admin', 'jobs'), shows: 'Who does it' },
  { name: 'audit-log', person: 'admin', path: at('/audit_log'), shows: 'Logged in' },
  { name: 'account', person: 'admin', path: at('/account'), shows: 'What happened to your account' },
  { name: 'companies', person: 'operator', path: at('/companies'), shows: 'Globex' },
  { name: 'all-jobs', person: 'operator', path: at('/jobs'), shows: 'Acme Support' },
  { name: 'workers', person: 'operator', path: at('/workers'), shows: 'slots are in use' },
  { name: 'portal', person: 'client', path: at('/tickets'), shows: 'We are on it' },
  { name: 'portal-ticket', person: 'client', path: api => ticket(api, 'client'), shows: 'All requests' },
  { name: 'portal-create', person: 'client', path: at('/tickets/create'), shows: 'Send request' },
];

/** Waits until nothing loads any more. */
export async function settled(page: Page, { shows }: MainPage): Promise<void> {
  await expect(page.getByRole('button', { name: /^(Open|Close) menu/ })).toBeVisible();
  await expect(page.getByText(shows).first()).toBeVisible();
  await expect(page.locator('.MuiSkeleton-root')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}
