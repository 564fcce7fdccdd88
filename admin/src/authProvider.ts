// React Admin's auth provider over Stoa's sessions and permissions.
import type { AuthProvider } from 'ra-core';
import { loadMe } from './api/me';
import { may } from './api/permissions';
import { isLoggedIn, logIn, logInWithCode, logOut } from './api/session';

/** The auth provider. */
export const authProvider: AuthProvider = {
  async login(given: { username: string; password: string } | { mfa_token: string; code: string }) {
    if ('mfa_token' in given) await logInWithCode(given.mfa_token, given.code);
    else await logIn(given.username, given.password);
  },

  async logout() {
    await logOut();
  },

  async checkAuth() {
    if (isLoggedIn()) return;
    // The way to the log-in page is not walked at once. Refused before its end, React Admin would log out again, and
    // again: each time it begins anew.
    await new Promise(later => setTimeout(later));
    // Without a message: who comes without a log-in sees the log-in page and no error.
    return Promise.reject({ status: 401, message: false });
  },

  async checkError(error: unknown) {
    // A 401 for want of a recent proof leaves the session alone, and so does any 403.
    const status = (error as { status?: unknown } | null)?.status;
    if (status === 401 && !isLoggedIn()) throw error;
  },

  async getIdentity() {
    const me = await loadMe();
    return { id: me.id, fullName: me.name, avatar: me.avatar_url ?? undefined, role: me.role };
  },

  async getPermissions() {
    // React Admin asks on the log-in page too; an error there would make it log out, and ask again, for ever.
    if (!isLoggedIn()) return null;
    return { role: (await loadMe()).role };
  },

  async canAccess({ resource, action }) {
    return isLoggedIn() && may(resource, action);
  },
};
