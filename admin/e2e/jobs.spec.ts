// Jobs: followed while they go on, retried, cancelled, and who does them; for administrators and for operators.
import type { Page } from '@playwright/test';
import { looksRight } from './own';
import { expect, test } from './receiver';

// A worker hears of a wish to cancel when it renews its lease, and a receiver may keep silent for long.
test.use({ settings: { STOA_JOBS__LEASE_S: '3', STOA_EGRESS__TIMEOUT_S: '60' } });

type Api = (person: 'admin' | 'client' | 'operator', method: string, path: string, body?: unknown) => Promise<any>;

/** Has a webhook deliver one event to an address. */
async function deliver(api: Api, name: string, url: string): Promise<void> {
  const hook = await api('admin', 'POST', '/api/webhooks', { name, url, events: ['ticket.created'] });
  await api('client', 'POST', '/api/tickets', { subject: `For ${name}`, description: 'By ten' });
  // Later tests have events of their own.
  await api('admin', 'PATCH', `/api/webhooks/${hook.id}`, { events: ['ticket.spam'] });
}

/** Chooses a filter of the list. */
async function choose(page: Page, filter: string, option: string): Promise<void> {
  const before = page.url();
  await page.getByRole('combobox', { name: filter }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
  // A filter holds a moment after it was chosen, and is in the address then.
  await expect(page).not.toHaveURL(before);
}

const rows = (page: Page, kind = 'Deliver to a webhook') => page.getByRole('row').filter({ hasText: kind });

test('a job that was given up says why and is tried again', async ({ as, api, receiver }) => {
  test.setTimeout(120_000);
  receiver.answer('/refuses', { status: 422 });
  await deliver(api, 'Refuses', receiver.url('/refuses'));
  const dead = `/api/jobs?filter=${encodeURIComponent('{"state":"dead"}')}`;
  await expect.poll(async () => (await api('admin', 'GET', dead)).data.length).toBe(1);
  const page = await as('admin');
  await page.goto('/');
  await page.getByRole('menuitem', { name: /^Jobs/ }).click();
  await expect(page.getByRole('heading', { name: 'Jobs' })).toBeVisible();
  await choose(page, 'State', 'Given up');
  const row = rows(page).first();
  await expect(row.getByText('Given up')).toBeVisible();
  await expect(row.getByText('1 of 10')).toBeVisible();
  await expect(row.getByText('The receiver answered 422.')).toBeVisible();
  await expect(row.getByText(/^ended/)).toBeVisible();
  await row.getByRole('link', { name: 'Deliver to a webhook' }).click();

  await expect(page.getByText('It was given up after one attempt.')).toBeVisible();
  await expect(page.getByText('The receiver answered 422.')).toBeVisible();
  for (const name of ['Added', 'Last attempt began', 'Ended', 'Forgotten']) {
    await expect(page.getByText(name, { exact: true })).toBeVisible();
  }
  await looksRight(page);

  await test.step('the question says what a retry does, and can be left', async () => {
    await page.getByRole('button', { name: 'Retry' }).click();
    const dialog = page.getByRole('dialog', { name: 'Try this again?' });
    await expect(dialog.getByRole('link', { name: 'Open: Deliveries' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('It was given up after one attempt.')).toBeVisible();
  });
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('It waits for a worker again')).toBeVisible();
  // Without a reload: the page looks after it by itself.
  await expect(page.getByText('It was done.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Retry' })).toHaveCount(0);

  await test.step('the audit log has who did it', async () => {
    await page.getByRole('link', { name: 'Who retried or cancelled it' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Had a job tried again' })).toHaveCount(1);
  });
});

test('a job that waits is cancelled, and the list follows by itself', async ({ as, api, receiver }) => {
  test.setTimeout(120_000);
  receiver.answer('/busy', { status: 503, headers: { 'retry-after': '3600' } });
  const page = await as('admin');
  await page.goto('/jobs');
  await expect(page.getByRole('heading', { name: 'Jobs' })).toBeVisible();
  await choose(page, 'State', 'Waiting');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await choose(page, 'State', 'Done');
  await choose(page, 'What', 'Send a mail');
  await expect(rows(page, 'Send a mail').first()).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  await page.goto(`/jobs?filter=${encodeURIComponent(JSON.stringify({ kind: 'webhooks.deliver', state: 'ready' }))}`);
  await expect(page.getByText('Nothing matches')).toBeVisible();
  // A page without anything that goes on looks again now and then.
  await deliver(api, 'Busy', receiver.url('/busy'));
  const row = rows(page).first();
  await expect(row.getByText('Scheduled')).toBeVisible({ timeout: 30_000 });
  await expect(row.getByText(/^in (59|1)\s?(m|h)/)).toBeVisible();
  await row.getByRole('button', { name: 'Cancel job' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel this job?' });
  await expect(dialog.getByText('It is taken out of the queue at once.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await expect(dialog).toHaveCount(0);
  await row.getByRole('button', { name: 'Cancel job' }).click();
  await test.step('somebody else is quicker: the question stays, and says so', async () => {
    const ready = `/api/jobs?filter=${encodeURIComponent('{"kind":"webhooks.deliver","state":"ready"}')}`;
    const [job] = (await api('admin', 'GET', ready)).data;
    await api('admin', 'POST', `/api/jobs/${job.id}/cancel`, {});
    // Longer than the page waits before it looks again.
    await page.waitForTimeout(4_000);
    await dialog.getByRole('button', { name: 'Cancel job' }).click();
    await expect(dialog.getByText('A job that is cancelled cannot be cancelled.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    await expect(page.getByText('Nothing matches')).toBeVisible({ timeout: 30_000 });
    await deliver(api, 'Busy again', receiver.url('/busy'));
  });
  await expect(row.getByText('Scheduled')).toBeVisible({ timeout: 30_000 });
  await row.getByRole('button', { name: 'Cancel job' }).click();
  await dialog.getByRole('button', { name: 'Cancel job' }).click();
  await expect(page.getByText('The job is cancelled')).toBeVisible();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await choose(page, 'State', 'Cancelled');
  await expect(rows(page).first().getByRole('button', { name: 'Retry' })).toBeVisible();
});

test('a job that a worker has is asked to stop, and operators see who has it', async ({ as, api, receiver }) => {
  test.setTimeout(120_000);
  receiver.answer('/silent', 'silence');
  await deliver(api, 'Silent', receiver.url('/silent'));
  await expect.poll(() => receiver.at('/silent').length).toBe(1);

  const operator = await as('operator');
  await test.step('an operator sees the worker, what it does, and whose job it is', async () => {
    await operator.goto('/workers');
    const worker = operator.getByRole('row').filter({ hasText: 'serves and works' });
    await expect(worker.getByText('Alive')).toBeVisible();
    await expect(worker.getByRole('link', { name: 'Deliver to a webhook' })).toBeVisible();
    await expect(worker.getByText(/of 16 in use/)).toBeVisible();
    await looksRight(operator);
    await worker.getByRole('link', { name: 'Deliver to a webhook' }).click();
    await expect(operator.getByText('Acme Support')).toBeVisible();
    await expect(operator.getByRole('link', { name: /process \d+/ })).toBeVisible();
    await operator.goto('/jobs');
    await expect(operator.getByRole('columnheader', { name: 'Company' })).toBeVisible();
    await expect(operator.getByRole('row').filter({ hasText: 'Acme Support' }).first()).toBeVisible();
  });

  await test.step('routine work is hidden until it is asked for', async () => {
    await expect(operator.getByText('Routine work that is done is hidden.')).toBeVisible();
    await expect(rows(operator, 'Wake and close tickets')).toHaveCount(0);
    await operator.getByRole('button', { name: 'Show it' }).click();
    await expect(rows(operator, 'Wake and close tickets').first()).toBeVisible();
    await operator.getByRole('button', { name: 'Hide it' }).click();
    await expect(rows(operator, 'Wake and close tickets')).toHaveCount(0);
  });

  const page = await as('admin');
  await page.goto(`/jobs?filter=${encodeURIComponent(JSON.stringify({ kind: 'webhooks.deliver', state: 'leased' }))}`);
  await expect(rows(page).getByText('Running')).toBeVisible();
  await rows(page).getByRole('link', { name: 'Deliver to a webhook' }).click();
  await page.getByRole('button', { name: 'Cancel job' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel this job?' });
  await expect(dialog.getByText('The worker is asked to stop')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel job' }).click();
  await expect(page.getByText('The worker was asked to stop')).toBeVisible();
  await expect(page.getByText('It was cancelled before it was done.')).toBeVisible();
});

test('what a job tells of itself is shown', async ({ as }) => {
  const page = await as('admin');
  // No job of today tells how far it is; those that will are shown like this.
  await page.route('**/api/jobs?*', async route => {
    const answer = await route.fetch();
    const list = await answer.json();
    Object.assign(list.data[0], {
      kind: 'later.kind',
      state: 'leased',
      progress: 64,
      progress_note: '128 of 200 tickets',
      lease_until: new Date(Date.now() + 30_000).toISOString(),
      started_at: new Date(Date.now() - 65_000).toISOString(),
    });
    await route.fulfill({ response: answer, json: list });
  });
  await page.goto('/jobs');
  const row = rows(page, 'later.kind');
  await expect(row.getByRole('progressbar', { name: 'Progress: 64 %' })).toHaveAttribute('aria-valuenow', '64');
  await expect(row.getByText('128 of 200 tickets')).toBeVisible();
  await expect(row.getByText(/^for 1 min/)).toBeVisible();
});

test('who may not see jobs finds no way to them, and only operators see workers', async ({ as }) => {
  const manager = await as('manager');
  await manager.goto('/jobs');
  await expect(manager.getByText(/access denied|not allowed|may not|have no right/i).first()).toBeVisible();
  await expect(manager.getByRole('menuitem', { name: /^Jobs/ })).toHaveCount(0);
  const admin = await as('admin');
  await admin.goto('/workers');
  await expect(admin.getByText(/access denied|not allowed|may not|have no right/i).first()).toBeVisible();
  await expect(admin.getByRole('menuitem', { name: /^Workers/ })).toHaveCount(0);
});

test('all of it fits a phone', async ({ as, api }) => {
  const page = await as('admin', { phone: true });
  await page.goto('/jobs');
  await expect(page.getByText('Deliver to a webhook').first()).toBeVisible();
  await looksRight(page);
  const { data } = await api('admin', 'GET', '/api/jobs?page=1&per_page=1');
  await page.goto(`/jobs/${data[0].id}`);
  await expect(page.getByText('Who does it')).toBeVisible();
  await looksRight(page);
  const operator = await as('operator', { phone: true });
  await operator.goto('/workers');
  await expect(operator.getByText('Alive', { exact: true })).toBeVisible();
  await looksRight(operator);
});
