// What all end-to-end tests share: the server, people who are logged in, and a watch on where requests go.
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { Server } from './server';

export { expect };

export const PASSWORD = 'look-around-and-try-it';

/** People of the demo data. */
export const PEOPLE = {
  operator: 'operator@demo.example',
  admin: 'admin@acme.example',
  manager: 'manager@acme.example',
  agent: 'agent@acme.example',
  client: 'client@acme.example',
  otherAdmin: 'admin@globex.example',
} as const;

export type Person = keyof typeof PEOPLE;

interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  session_id: string;
}

interface WorkerFixtures {
  server: Server;
}

interface Fixtures {
  /** Opens a page of the person, in a browser of their own. */
  as: (person: Person, options?: { phone?: boolean; dark?: boolean }) => Promise<Page>;
  /** Opens a page of nobody. */
  nobody: () => Promise<Page>;
  /** Asks the API as the person, past the dashboard. */
  api: (person: Person, method: string, path: string, body?: unknown) => Promise<any>;
}

/** Every browser comes from a network of its own: log-ins are throttled by network. */
let networks = 0;
function nextNetwork(): Record<string, string> {
  networks += 1;
  return { 'x-forwarded-for': `10.${process.pid % 250}.${networks % 250}.1` };
}

async function tokensOf(server: Server, person: Person): Promise<Tokens> {
  const answer = await fetch(`${server.url}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...nextNetwork() },
    body: JSON.stringify({ grant_type: 'password', username: PEOPLE[person], password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`${person} cannot log in: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Tokens;
}

/** One log-in a person and worker for calls of the API. */
const apiTokens = new Map<string, { tokens: Tokens; until: number }>();

export const test = base.extend<Fixtures, WorkerFixtures>({
  // A test that failed gets another worker, and with it a server where nothing has happened yet.
  server: [
    async ({}, use) => {
      const server = await Server.create();
      await use(server);
      await server.end();
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  as: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    const foreign: string[] = [];
    await use(async (person, { phone = false, dark = false } = {}) => {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: phone ? { width: 390, height: 844 } : { width: 1360, height: 850 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        extraHTTPHeaders: nextNetwork(),
      });
      contexts.push(context);
      watch(context, server, foreign);
      slowDown(context);
      const tokens = await tokensOf(server, person);
      const session = {
        access_token: tokens.access_token,
        refresh_token: tokens.refresh_token,
        expires_at: Date.now() + tokens.expires_in * 1000,
        session_id: tokens.session_id,
        must_change_password: false,
      };
      // Only once: what the page makes of it later, such as logging out, must hold.
      const page = await context.newPage();
      await page.goto('/favicon.svg');
      await page.evaluate(text => localStorage.setItem('stoa.session', text), JSON.stringify(session));
      return page;
    });
    await Promise.all(contexts.map(context => context.close()));
    expect(foreign, 'no request leaves for another host').toEqual([]);
  },

  nobody: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    const foreign: string[] = [];
    await use(async () => {
      const context = await browser.newContext({
        baseURL: server.url,
        reducedMotion: 'reduce',
        extraHTTPHeaders: nextNetwork(),
      });
      contexts.push(context);
      watch(context, server, foreign);
      slowDown(context);
      return context.newPage();
    });
    await Promise.all(contexts.map(context => context.close()));
    expect(foreign, 'no request leaves for another host').toEqual([]);
  },

  api: async ({ server }, use) => {
    await use(async (person, method, path, body) => {
      const key = `${server.url} ${person}`;
      let known = apiTokens.get(key);
      if (!known || known.until < Date.now()) {
        const tokens = await tokensOf(server, person);
        known = { tokens, until: Date.now() + (tokens.expires_in - 60) * 1000 };
        apiTokens.set(key, known);
      }
      const answer = await fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${known.tokens.access_token}`, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text ? JSON.parse(text) : undefined;
    });
  },
});

/** Notes requests that would leave this server. */
function watch(context: BrowserContext, server: Server, foreign: string[]) {
  context.on('request', request => {
    const url = request.url();
    if (!url.startsWith(server.url) && !/^(data|blob|about):/.test(url)) foreign.push(url);
  });
}

/** `STOA_E2E_SLOWER=4` makes browsers that much slower: it finds tests that only pass where pages are quick. */
function slowDown(context: BrowserContext) {
  const rate = Number(process.env.STOA_E2E_SLOWER ?? 1);
  if (rate <= 1) return;
  context.on('page', async page => {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate });
  });
}

/** Logs in by hand, as people do. */
export async function logIn(page: Page, person: Person, password = PASSWORD) {
  await page.getByLabel('E-mail address').fill(PEOPLE[person]);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
