// Each role finds exactly what its permissions give.
import { expect, test, type Person } from './test';

const STAFF = ['Home', 'Tickets', 'Notifications'];
const COMPANY = ['People', 'Departments', 'Categories', 'Tags', 'Files', 'Settings'];
const MAIL = ['Mailboxes', 'Incoming mail', 'Outgoing mail', 'E-mail templates', 'Mail addresses'];
const INTEGRATIONS = ['API keys', 'Webhooks', 'Microsoft Teams'];
const ADMIN = [...STAFF, ...COMPANY, ...MAIL, ...INTEGRATIONS, 'Audit log', 'Jobs'];

const without = (names: string[], ...gone: string[]) => names.filter(name => !gone.includes(name));

const MENUS: Record<Person, string[]> = {
  operator: ['Companies', 'People', 'Outgoing mail', 'Audit log', 'Jobs', 'Workers'],
  admin: ADMIN,
  manager: [...STAFF, ...COMPANY, ...without(MAIL, 'Outgoing mail'), 'Audit log'],
  agent: [...STAFF, ...without(COMPANY, 'Files'), 'E-mail templates', 'Audit log'],
  client: ['My requests', 'Notifications'],
  otherAdmin: ADMIN,
};

for (const person of Object.keys(MENUS) as Person[]) {
  test(`${person} sees the menu of the role`, async ({ as }) => {
    const page = await as(person);
    await page.goto('/');
    const items = page.getByRole('menu').getByRole('menuitem');
    await expect(items.first()).toBeVisible();
    await expect(items).toHaveText(MENUS[person].map(name => new RegExp(`^${name}`)));
  });
}

test('an address that the role may not open is refused in words, and nobody is logged out', async ({ as }) => {
  const page = await as('client');
  await page.goto('/users/create');
  await expect(page.getByText(/access denied|not allowed|may not|have no right/i).first()).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('menuitem', { name: 'My requests' })).toBeVisible();
});

test('what an agent may not do is not offered', async ({ as }) => {
  const page = await as('agent');
  await page.goto('/departments');
  await expect(page.getByRole('heading', { name: 'Departments' })).toBeVisible();
  await expect(page.getByRole('link', { name: /create/i })).toHaveCount(0);
});
