// What people without a session do with their account: invitations, registration, verification, forgotten passwords.
import { send } from './http';

/** What a request is known by, for the code that comes by mail. */
export interface MailRequest {
  request_id: string;
}

/** Proof that a mail arrived: the token of its link, or the code that it shows with the number of the request. */
export type MailProof = { token: string } | { request_id: string; code: string };

async function post<T>(path: string, body: object): Promise<T> {
  return (await send<T>(path, { method: 'POST', body })).data;
}

/** Takes an invitation: from now on the person logs in with this address and password. Without a name it stays. */
export async function acceptInvitation(token: string, name: string, password: string): Promise<string> {
  const body = { token, password, ...(name ? { name } : {}) };
  return (await post<{ email: string }>('/auth/invite/accept', body)).email;
}

/** Asks for a mail with a link and a code. The answer is the same whether there is such an account or not. */
export function forgotPassword(email: string): Promise<MailRequest> {
  return post<MailRequest>('/auth/password/forgot', { email });
}

/** Sets a new password; all sessions of the person end. */
export async function resetPassword(proof: MailProof, password: string): Promise<void> {
  await post('/auth/password/reset', { ...proof, new_password: password });
}

/** Confirms the address of a registration: now there is an account. Answers with the address to log in with. */
export async function verifyEmail(proof: MailProof): Promise<string> {
  return (await post<{ email: string }>('/auth/verify_email', proof)).email;
}

/**
 * Asks for an account as a client of the company. The answer is the same whether the address has one or not, and whether
 * the company takes registrations. There is no account before the address is confirmed.
 */
export function register(company: string, name: string, email: string, password: string): Promise<MailRequest> {
  return post<MailRequest>('/auth/register', { company, name, email, password });
}

/** Sends the mail of a registration again; link and code of the one before are void. */
export async function resendVerification(requestId: string): Promise<void> {
  await post('/auth/verify_email/resend', { request_id: requestId });
}
