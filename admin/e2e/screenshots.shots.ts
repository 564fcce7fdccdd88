// Takes the pictures of docs/screenshots: `npm run screenshots`.
import path from 'node:path';
import { MAIN_PAGES, settled } from './pages';
import { test, type Person } from './test';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/screenshots');

/** Pages that look like one that is pictured, or of which the demo data has nothing to show. */
const UNSEEN = [
  'api-keys',
  'api-key-create',
  'email-templates',
  'outbound-emails',
  'inbound-emails',
  'email-recipients',
  'mailbox-create',
  'webhook-create',
  'webhook-deliveries',
  'teams',
  'teams-create',
  'job',
  'all-jobs',
  'workers',
];
const PAGES = MAIN_PAGES.filter(page => !UNSEEN.includes(page.name));

test.beforeAll('what the demo data lacks', async ({ api }) => {
  const made = await api('admin', 'GET', '/api/mailboxes');
  if (made.data.length > 0) return;
  const { data: departments } = await api('admin', 'GET', '/api/departments?per_page=2');
  await api('admin', 'POST', '/api/mailboxes', { address: 'help@acme.example', from_name: 'Acme Support' });
  const invoices = { address: 'invoices@acme.example', department_id: departments[0].id };
  const { id } = await api('admin', 'POST', '/api/mailboxes', invoices);
  await api('admin', 'POST', `/api/mailboxes/${id}/webhook`);
  const events = ['ticket.created', 'message.added'];
  await api('admin', 'POST', '/api/webhooks', { name: 'CRM', url: 'https://crm.example.com/stoa', events });
  const url = 'https://warehouse.example.com/hooks/tickets';
  const paused = await api('admin', 'POST', '/api/webhooks', { name: 'Warehouse', url, events: ['ticket.created'] });
  await api('admin', 'PATCH', `/api/webhooks/${paused.id}`, { is_active: false });
});

for (const [width, phone] of [
  ['desktop', false],
  ['phone', true],
] as const) {
  for (const person of [...new Set(PAGES.map(page => page.person))] as Person[]) {
    test(`${person}, ${width}`, async ({ as, api }) => {
      test.setTimeout(180_000);
      const page = await as(person, { phone });
      for (const one of PAGES.filter(one => one.person === person)) {
        await page.goto(await one.path(api));
        await settled(page, one);
        await page.screenshot({ path: path.join(FOLDER, `${one.name}-${width}.png`), animations: 'disabled' });
      }
    });
  }
}

test('dark', async ({ as, api }) => {
  const page = await as('agent', { dark: true });
  const one = PAGES.find(page => page.name === 'ticket')!;
  await page.goto(await one.path(api));
  await settled(page, one);
  await page.screenshot({ path: path.join(FOLDER, 'ticket-dark.png'), animations: 'disabled' });
});
