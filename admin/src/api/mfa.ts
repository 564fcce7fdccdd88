// The second factor of the person who is logged in, and what happened to the account.
import { request } from './client';
import { reloadMe } from './me';
import { noteFactorRequired } from './session';

/** What is known of the own second factor. */
export interface Factor {
  enrolled: boolean;
  /** The company demands it of the role. */
  required: boolean;
  recovery_codes_left: number;
}

/** A secret for an authenticator; shown once. */
export interface Enrolment {
  /** In base32, for typing. */
  secret: string;
  otpauth_url: string;
  /** The address as a QR code. */
  qr_svg: string;
  /** Until then it waits for the first code. */
  expires_at: string;
}

/** Something that happened to the account. */
export interface Activity {
  id: string;
  /** What, such as `auth.login`. */
  action: string;
  at: string;
  /** Somebody else did it, such as an administrator. */
  by_other: boolean;
  ip: string | null;
  user_agent: string | null;
}

async function post<T>(path: string, body: object): Promise<T> {
  return (await request<T>(path, { body })).data;
}

/** Makes a secret. Nothing changes before [`confirmFactor`]. */
export function enrolFactor(password: string): Promise<Enrolment> {
  return post<Enrolment>('/auth/mfa/totp/enroll', { password });
}

/** Puts the secret in force with a code of it; answers with the recovery codes. All other sessions end. */
export async function confirmFactor(code: string): Promise<string[]> {
  return (await post<{ recovery_codes: string[] }>('/auth/mfa/totp/confirm', { code })).recovery_codes;
}

/** Takes the second factor off. All other sessions end. */
export async function removeFactor(password: string, code: string): Promise<void> {
  const { required } = await post<{ required?: boolean }>('/auth/mfa/totp/disable', { password, code });
  if (required) noteFactorRequired(true);
  await renewed();
}

/** Makes new recovery codes; those until now are void. */
export async function renewRecoveryCodes(password: string, code: string): Promise<string[]> {
  const answer = await post<{ recovery_codes: string[] }>('/auth/mfa/recovery/regenerate', { password, code });
  await renewed();
  return answer.recovery_codes;
}

/** The second factor is set up, and its recovery codes are put away. */
export async function factorSettled(): Promise<void> {
  noteFactorRequired(false);
  await renewed();
}

async function renewed(): Promise<void> {
  // What was done is done; the page learns of it later if not now.
  await reloadMe().catch(() => undefined);
}

/** What happened to the account lately, newest first. */
export async function readActivity(signal?: AbortSignal): Promise<Activity[]> {
  return (await request<{ data: Activity[] }>('/auth/activity', { signal })).data.data;
}
