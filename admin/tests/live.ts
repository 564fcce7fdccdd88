// The live server of these tests: who is logged in, what was sent, and what gets lost on the way.
import { readFileSync } from 'node:fs';

interface Live {
  url: string;
  company_id: string;
  tokens: Record<string, string>;
}

/** Address, company and tokens of the server. */
export const live = JSON.parse(readFileSync(process.env.LIVE_FILE ?? '', 'utf8')) as Live;

/** A request that went out. */
export interface Sent {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

/** What went out since [`watch`]. */
export const sent: Sent[] = [];

type Fault = (request: Sent) => 'unsent' | 'answer lost' | undefined;
let fault: Fault | undefined;

const real = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = new URL(String(input), live.url);
  const text = init?.body;
  const request = {
    method: init?.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: new Headers(init?.headers),
    body: typeof text === 'string' ? JSON.parse(text) : undefined,
  };
  sent.push(request);
  const outcome = fault?.(request);
  if (outcome === 'unsent') throw new TypeError('Failed to fetch');
  const response = await real(url, init);
  if (outcome === 'answer lost') {
    await response.arrayBuffer();
    throw new TypeError('Failed to fetch');
  }
  return response;
};

/** Forgets what went out; from now on requests meet `next`. */
export function watch(next?: Fault): void {
  sent.length = 0;
  fault = next;
}

/** Logs in with a token that the server handed out. */
export function as(role: keyof Live['tokens']): void {
  const session = {
    access_token: live.tokens[role],
    refresh_token: 'none',
    expires_at: Date.now() + 3600_000,
    session_id: `session of ${role}`,
    must_change_password: false,
  };
  localStorage.setItem('stoa.session', JSON.stringify(session));
}

/** Asks the server directly, beside the data layer. */
export async function direct<T>(role: string, method: string, path: string, body?: unknown, headers = {}): Promise<T> {
  const response = await real(live.url + path, {
    method,
    headers: { Authorization: `Bearer ${live.tokens[role]}`, 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer as T;
}

/** A text that no other run uses. */
export const mark = `m${Date.now().toString(36)}`;
