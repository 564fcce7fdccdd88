// The person who is logged in.
import { useEffect, useSyncExternalStore } from 'react';
import type { Company, User } from '../types';
import { request } from './client';
import { onConnectionChange } from './connection';
import type { Factor } from './mfa';
import { perSession } from './perSession';
import { isLoggedIn, onSessionChange } from './session';

/** The person who is logged in, with company and permissions. */
export interface Me extends User {
  company: Company | null;
  permissions: string[];
  session_id: string;
  /** When the password was last given. */
  auth_time: string;
  /** The own second factor. */
  mfa?: Factor;
}

const me = perSession<Me>(async () => (await request<Me>('/auth/me')).data);

/** The person who is logged in; read once a log-in. */
export function loadMe(): Promise<Me> {
  return me.load();
}

/** Reads the person again, after a change of the profile. */
export function reloadMe(): Promise<Me> {
  return me.reload();
}

/** The person who is logged in, if known already. */
export function currentMe(): Me | undefined {
  return me.current();
}

/** Calls `listener` when the person is known, changes or leaves. */
export function onMeChange(listener: () => void): () => void {
  return me.subscribe(listener);
}

/** The person who is logged in; undefined until known. */
export function useMe(): Me | undefined {
  const value = useSyncExternalStore(me.subscribe, me.current);
  useEffect(() => {
    const load = () => {
      // A failure is seen by what is missing without the person.
      if (me.current() === undefined && isLoggedIn()) loadMe().catch(() => undefined);
    };
    load();
    const offs = [onConnectionChange(load), onSessionChange(load)];
    return () => offs.forEach(off => off());
  }, [value]);
  return value;
}
