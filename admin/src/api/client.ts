// Requests to Stoa as the person who is logged in: tokens, company, preconditions, and repetition where it is safe.
import { ApiError, type Answer } from './http';
import { actingHeaders } from './company';
import { proven } from './proof';
import { persist } from './retry';
import { noteFactorRequired, notePasswordChangeRequired, sendAuthorized } from './session';

export { ApiError, isUnreachable, type Answer, type Problem } from './http';

/** How a request differs from a plain GET. */
export interface RequestOptions {
  /** GET without a body and POST with one, when absent. */
  method?: string;
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Version that the change was made from: `If-Match`. */
  version?: number;
  /** Makes a write safe to repeat. */
  idempotencyKey?: string;
}

/** Sends a request to a path such as `/api/tickets`. Reads and writes with an idempotency key survive short outages. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const { body, signal, version, idempotencyKey } = options;
  const method = options.method ?? (body === undefined ? 'GET' : 'POST');
  const place = path.startsWith('/api/') ? actingHeaders() : {};
  const headers: Record<string, string> = { ...place, ...options.headers };
  if (version !== undefined) headers['If-Match'] = `"${version}"`;
  if (idempotencyKey !== undefined) headers['Idempotency-Key'] = idempotencyKey;
  const attempt = () => sendAuthorized<T>(path + queryText(options.query), { method, headers, body, signal });
  try {
    return await proven(() => (method === 'GET' || idempotencyKey ? persist(attempt, signal) : attempt()));
  } catch (error) {
    if (error instanceof ApiError && error.code === 'password_change_required') notePasswordChangeRequired();
    if (error instanceof ApiError && error.code === 'mfa_enrollment_required') noteFactorRequired(true);
    throw error;
  }
}

function queryText(query: RequestOptions['query']): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text === '' ? '' : `?${text}`;
}
