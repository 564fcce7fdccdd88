// The log-in of this browser: tokens in local storage, renewed by one tab at a time, shared by all.
import { emitter } from './emitter';
import { ApiError, type Answer, type Outgoing, isUnreachable, send } from './http';
import { withLock } from './locks';
import { sleep } from './retry';
import { readJson, readStored, writeStored } from './storage';

/** What local storage keeps of a log-in. */
export interface Session {
  access_token: string;
  refresh_token: string;
  /** Milliseconds since 1970, by this machine's clock. */
  expires_at: number;
  session_id: string;
  must_change_password: boolean;
  /** The second factor must be set up before anything else; absent in sessions of before. */
  must_enroll_mfa?: boolean;
}

interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  session_id: string;
  must_change_password: boolean;
  must_enroll_mfa?: boolean;
}

const KEY = 'stoa.session';
const LOCK = 'stoa-refresh';
/** Access tokens are renewed this long before they expire, in milliseconds. */
const MARGIN = 30_000;
const REFRESH_TIMEOUT = 10_000;
/** Pauses before a refresh that did not get through is sent again. Stoa gives the same answer for 30 seconds. */
const REFRESH_PAUSES = [500];
const GOODBYE = 3000;
/** How long the tokens that another tab has just fetched may be under way to this one, in milliseconds. */
const ARRIVAL = 1000;
/** Codes of 401 that a new access token may cure. */
const STALE = ['token_expired', 'session_revoked', 'unauthenticated'];

const changes = emitter<boolean>();
const renewals = emitter();
let parsed: { text: string | null; session: Session | null } = { text: null, session: null };
let signature = describe(session());
let refreshing: Promise<string> | undefined;
let loggingOut = false;
let endCode: string | undefined;

/** The log-in, if there is one. */
export function session(): Session | null {
  const text = readStored('localStorage', KEY);
  if (text !== parsed.text) parsed = { text, session: readJson<Session>('localStorage', KEY) };
  return parsed.session;
}

/** Whether somebody is logged in. */
export function isLoggedIn(): boolean {
  return session() !== null;
}

/** Whether the person must choose a password before anything else. */
export function mustChangePassword(): boolean {
  return session()?.must_change_password ?? false;
}

/** Whether the person must set up a second factor before anything else. */
export function mustSetUpFactor(): boolean {
  return session()?.must_enroll_mfa ?? false;
}

/** Calls `listener` when somebody logs in or out, in this tab or elsewhere. */
export function onSessionChange(listener: (elsewhere: boolean) => void): () => void {
  return changes.on(listener);
}

/** The code with which Stoa ended the last session against the person's will, for the log-in page to explain. */
export function endedWith(): string | undefined {
  return endCode;
}

/** Whether the person is logging out in this tab right now. */
export function isLoggingOut(): boolean {
  return loggingOut;
}

/** Calls `listener` when the access token was renewed: rights may have changed. */
export function onTokenRenewed(listener: () => void): () => void {
  return renewals.on(listener);
}

function describe(value: Session | null): string {
  return value ? `${value.session_id} ${value.must_change_password} ${value.must_enroll_mfa ?? false}` : '';
}

function store(next: Session | null): void {
  if (next) endCode = undefined;
  writeStored('localStorage', KEY, next && JSON.stringify(next));
  announce(false);
}

function announce(elsewhere: boolean): void {
  const now = describe(session());
  if (now === signature) return;
  signature = now;
  changes.emit(elsewhere);
}

if (typeof window !== 'undefined') {
  window.addEventListener('storage', event => {
    if (event.key !== KEY && event.key !== null) return;
    announce(true);
    if (session()) renewals.emit();
  });
}

function keep(tokens: Tokens): Session {
  const { access_token, refresh_token, session_id, must_change_password, must_enroll_mfa = false } = tokens;
  const expires_at = Date.now() + tokens.expires_in * 1000;
  const next = { access_token, refresh_token, expires_at, session_id, must_change_password, must_enroll_mfa };
  store(next);
  return next;
}

function loggedOut(): ApiError {
  return new ApiError('Your session has ended. Log in again.', 401, 'session_revoked');
}

/** Logs in. With a second factor required it throws a 403 `mfa_required` whose body carries `mfa_token`. */
export async function logIn(email: string, password: string): Promise<void> {
  const body = { grant_type: 'password', username: email, password };
  keep((await send<Tokens>('/auth/token', { method: 'POST', body })).data);
}

/** Finishes a log-in that asked for a second factor; `ticket` is the `mfa_token` of that answer. */
export async function logInWithCode(ticket: string, code: string): Promise<void> {
  keep((await send<Tokens>('/auth/mfa/verify', { method: 'POST', body: { mfa_token: ticket, code } })).data);
}

/** Logs out here. Stoa is told if it can be reached. */
export async function logOut(): Promise<void> {
  const ended = session();
  loggingOut = true;
  try {
    store(null);
    if (ended) await Promise.race([end(ended).catch(() => undefined), sleep(GOODBYE)]);
  } finally {
    loggingOut = false;
  }
}

async function end(ended: Session): Promise<void> {
  let token = ended.access_token;
  if (ended.expires_at <= Date.now()) token = (await exchange(ended)).access_token;
  await send('/auth/logout', { method: 'POST', headers: bearer(token), timeout: GOODBYE, keepalive: true });
}

/** Ends all sessions of the person, this one included. */
export async function logOutEverywhere(): Promise<void> {
  await sendAuthorized('/auth/logout_all', { method: 'POST' });
  store(null);
}

/** Sets another password. This session goes on, all others end. */
export async function changePassword(current: string, next: string): Promise<void> {
  const body = { current_password: current, new_password: next };
  await accessToken();
  // Under the lock: the old tokens end with the change, and nobody may try to renew them before the new ones are here.
  await withLock(LOCK, async () => {
    const token = session()?.access_token;
    if (!token) throw loggedOut();
    keep((await send<Tokens>('/auth/password/change', { method: 'POST', headers: bearer(token), body })).data);
  });
}

/**
 * Gives the password once more, and with a second factor a code; for ten minutes Stoa then admits what needs a recent
 * proof.
 */
export async function stepUp(password: string, code?: string): Promise<void> {
  const body = code === undefined ? { password } : { password, code };
  await sendAuthorized('/auth/step_up', { method: 'POST', body });
}

/** Stoa said that the password must be changed first. */
export function notePasswordChangeRequired(): void {
  const now = session();
  if (now && !now.must_change_password) store({ ...now, must_change_password: true });
}

/** Stoa said that the second factor must be set up first, or that this was done. */
export function noteFactorRequired(required: boolean): void {
  const now = session();
  if (now && (now.must_enroll_mfa ?? false) !== required) store({ ...now, must_enroll_mfa: required });
}

/** An access token that is good for the next seconds. */
export async function accessToken(): Promise<string> {
  const now = session();
  if (!now) throw loggedOut();
  if (now.expires_at - Date.now() > MARGIN) return now.access_token;
  try {
    return await renewed(now.access_token);
  } catch (error) {
    if (session() && now.expires_at > Date.now()) return now.access_token;
    throw error;
  }
}

/** Sends a request as the person who is logged in; once more with a new access token when the first was refused. */
export function sendAuthorized<T>(path: string, outgoing: Outgoing): Promise<Answer<T>> {
  return authorized(token => send<T>(path, { ...outgoing, headers: { ...outgoing.headers, ...bearer(token) } }));
}

/** Makes an attempt with an access token; once more with a new one when the first was refused. */
export async function authorized<T>(attempt: (token: string) => Promise<T>): Promise<T> {
  const token = await accessToken();
  try {
    return await attempt(token);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401 || !STALE.includes(error.code)) throw error;
    return attempt(await renewed(token));
  }
}

/** Headers that carry an access token. */
export function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

/** A successor of the access token `used`, which may have been fetched by another tab already. */
export function renewed(used: string): Promise<string> {
  refreshing ??= withLock(LOCK, waited => renew(used, waited)).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** What another tab has stored is seen here a little later. Tells when the token is another one, or time is up. */
async function arrival(used: string): Promise<void> {
  for (const end = Date.now() + ARRIVAL; session()?.access_token === used && Date.now() < end; ) await sleep(20);
}

async function renew(used: string, waited: boolean): Promise<string> {
  if (waited) await arrival(used);
  const before = session();
  if (!before) throw loggedOut();
  if (before.access_token !== used && before.expires_at > Date.now()) return before.access_token;
  try {
    const tokens = await exchange(before);
    const after = session();
    // Somebody logged out or in while the answer was on its way.
    if (after?.session_id !== before.session_id) {
      if (after) return after.access_token;
      throw loggedOut();
    }
    keep(tokens);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    const after = session();
    if (after && after.refresh_token !== before.refresh_token) return after.access_token;
    endCode = error.code;
    store(null);
    throw error;
  }
  renewals.emit();
  return (session() ?? before).access_token;
}

async function exchange(of: Session): Promise<Tokens> {
  const body = { grant_type: 'refresh_token', refresh_token: of.refresh_token };
  for (let tries = 0; ; tries += 1) {
    try {
      return (await send<Tokens>('/auth/refresh', { method: 'POST', body, timeout: REFRESH_TIMEOUT })).data;
    } catch (error) {
      const pause = REFRESH_PAUSES[tries];
      if (!isUnreachable(error) || pause === undefined) throw error;
      await sleep(pause);
    }
  }
}
