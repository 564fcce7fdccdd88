// What the person who is logged in may do, as Stoa tells it; Stoa decides again on every request.
import { useEffect, useSyncExternalStore } from 'react';
import { request } from './client';
import { acting, onActingChange, useActing } from './company';
import { currentMe, loadMe, onMeChange, useMe } from './me';
import { perSession } from './perSession';
import { queryClient } from './queries';
import { isLoggedIn } from './session';

/** One right: actions on a resource, or on a field of it (`tickets.subject`). */
export interface Entry {
  resource: string;
  action: string[];
  /** How far it goes, such as `all` or `own`; absent for fields. */
  reach?: string;
  /** An operator may use it outside any company. */
  platform?: boolean;
}

interface Known {
  entries: Entry[];
  etag: string | null;
}

/** Resources that an operator may use outside any company where Stoa does not say so itself. */
const PLATFORM = ['companies', 'users', 'audit_log'];

const known = perSession<Known>(async before => {
  const headers: Record<string, string> = before?.etag ? { 'If-None-Match': before.etag } : {};
  const answer = await request<Entry[]>('/auth/permissions', { headers });
  if (answer.status === 304 && before) return before;
  // React Admin remembers its questions; the answers may be others now.
  if (before) void queryClient()?.invalidateQueries({ queryKey: ['auth'] });
  return { entries: answer.data, etag: answer.headers.get('ETag') };
});

// Outside a company an operator has other rights than inside.
onActingChange(() => {
  if (known.current() !== undefined) known.reload().catch(() => undefined);
});

/** The entry that admits an action, if any. `platformOnly`: an operator outside any company asks. */
export function findEntry(
  entries: Entry[],
  resource: string,
  action: string,
  platformOnly: boolean,
): Entry | undefined {
  const told = entries.some(entry => entry.platform !== undefined);
  const onPlatform = (entry: Entry) =>
    told && !entry.resource.includes('.')
      ? entry.platform === true
      : platformResources(entries, told).includes(entry.resource.split('.')[0] ?? '');
  return entries.find(
    entry =>
      entry.resource === resource && entry.action.includes(action) && (!platformOnly || onPlatform(entry)),
  );
}

function platformResources(entries: Entry[], told: boolean): string[] {
  return told ? entries.filter(entry => entry.platform === true).map(entry => entry.resource) : PLATFORM;
}

function decide(entries: Entry[] | undefined, role: string | undefined, resource: string, action: string) {
  if (!entries || !role) return undefined;
  return findEntry(entries, resource, action, role === 'superadmin' && acting() === null);
}

async function loadEntry(resource: string, action: string): Promise<Entry | undefined> {
  const [{ entries }, me] = await Promise.all([known.load(), loadMe()]);
  return decide(entries, me.role, resource, action);
}

/** Whether the person may do `action` on `resource`. */
export async function may(resource: string, action: string): Promise<boolean> {
  return (await loadEntry(resource, action)) !== undefined;
}

/** How far an action on a resource goes, such as `all` or `own`. */
export async function reach(resource: string, action: string): Promise<string | undefined> {
  return (await loadEntry(resource, action))?.reach;
}

function subscribe(listener: () => void): () => void {
  const offs = [known.subscribe(listener), onMeChange(listener), onActingChange(listener)];
  return () => offs.forEach(off => off());
}

function useEntry(resource: string, action: string): Entry | undefined {
  useEffect(() => {
    if (isLoggedIn() && known.current() === undefined) loadEntry(resource, action).catch(() => undefined);
  });
  return useSyncExternalStore(subscribe, () =>
    decide(known.current()?.entries, currentMe()?.role, resource, action),
  );
}

/** Whether the person may do `action` on `resource`; false until known. */
export function useMay(resource: string, action: string): boolean {
  return useEntry(resource, action) !== undefined;
}

/** How far an action on a resource goes; undefined when it is not allowed or not yet known. */
export function useReach(resource: string, action: string): string | undefined {
  return useEntry(resource, action)?.reach;
}

/** Finds the right to any action, for whoever asks for many at once. */
export function useRightTo(): (resource: string, action: string) => Entry | undefined {
  const entries = useSyncExternalStore(subscribe, () => known.current()?.entries);
  const role = useMe()?.role;
  // Outside a company an operator has other rights.
  useActing();
  return (resource, action) => decide(entries, role, resource, action);
}
