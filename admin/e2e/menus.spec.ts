// Each role finds exactly what its permissions give.
import { expect, test, type Person } from './test';

const STAFF = ['Home', 'Tickets', 'Notifications'];
const COMPANY = ['People', 'Departments', 'Categories', 'Tags', 'Settings', 'Audit log'];
const WORK = ['Jobs', 'Webhooks', 'Microsoft Teams'];
const ADMIN = ['People', 'Departments', 'Categories', 'Tags', 'Settings', 'API keys', 'Audit log', ...WORK];

const MENUS: Record<Person, string[]> = {
  operator: ['Companies', 'People', 'Audit log', 'Jobs', 'Workers'],
  admin: [...STAFF, ...ADMIN],
  manager: [...STAFF, ...COMPANY],
  agent: [...STAFF, ...COMPANY],
  client: ['My requests', 'Notifications'],
  otherAdmin: [...STAFF, ...ADMIN],
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
