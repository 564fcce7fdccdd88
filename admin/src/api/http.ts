// One HTTP exchange with Stoa: JSON both ways, problem documents as errors; no session, no repetition.
import { HttpError } from 'ra-core';
import { noteDate } from './clock';
import { noteAnswer, noteFailure } from './connection';

/** What the members of a problem document say (RFC 9457), as far as the dashboard reads them. */
export interface Problem {
  code?: string;
  title?: string;
  detail?: string;
  message?: string;
  request_id?: string;
  errors?: Record<string, unknown>;
  [member: string]: unknown;
}

/** A refusal by Stoa, or the failure to reach it (status 0, code `unreachable`). */
export class ApiError extends HttpError {
  /** Machine-readable reason; see `/docs/problems`. */
  code: string;
  /** Seconds after which a retry makes sense, when Stoa says so. */
  retryAfter?: number;

  constructor(message: string, status: number, code: string, body: Problem | null = null, retryAfter?: number) {
    super(message, status, body);
    // HttpError sets its own prototype.
    Object.setPrototypeOf(this, ApiError.prototype);
    this.name = 'ApiError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** An answer. */
export interface Answer<T> {
  data: T;
  headers: Headers;
  status: number;
}

/** A request as it goes out. */
export interface Outgoing {
  method: string;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
  /** Milliseconds after which Stoa counts as unreachable. */
  timeout?: number;
  /** Finish even if the page is closed. */
  keepalive?: boolean;
}

const TIMEOUT = 60_000;

/** The error for a request that did not reach Stoa. */
export function unreachable(): ApiError {
  return new ApiError('Stoa cannot be reached. Check your connection and try again.', 0, 'unreachable');
}

/** Whether an error says that Stoa could not be reached. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unreachable';
}

/** Sends one request. Throws an [`ApiError`], or the abort of `signal`. */
export async function send<T>(path: string, outgoing: Outgoing): Promise<Answer<T>> {
  const { response, text } = await exchange(path, outgoing);
  noteDate(response.headers.get('Date'));
  const body = parseJson(text);
  if (response.ok || response.status === 304) {
    noteAnswer();
    return { data: body as T, headers: response.headers, status: response.status };
  }
  throw refusal(response, body);
}

/** The error for an answer that is none of success. */
export function refusal(response: Response, body: unknown): ApiError {
  const problem = isProblem(body) ? body : null;
  // A proxy that speaks for Stoa: Stoa itself explains every failure.
  if (!problem && response.status >= 500) {
    noteFailure();
    return unreachable();
  }
  noteAnswer();
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiError(
    problem?.message ?? problem?.detail ?? (response.statusText || `HTTP ${response.status}`),
    response.status,
    problem?.code ?? `http_${response.status}`,
    problem,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

async function exchange(path: string, outgoing: Outgoing): Promise<{ response: Response; text: string }> {
  const { method, headers, body, signal, timeout = TIMEOUT, keepalive } = outgoing;
  const limit = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(path, {
      method,
      keepalive,
      // The version of a record does not tell of what the server counts in it: the browser's own copy could be old.
      cache: 'no-store',
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      credentials: 'same-origin',
    });
    return { response, text: await response.text() };
  } catch (error) {
    if (signal?.aborted) throw error;
    noteFailure();
    throw unreachable();
  }
}

/** The JSON value of a text, if it is one. */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && typeof (body as Problem).code === 'string';
}
