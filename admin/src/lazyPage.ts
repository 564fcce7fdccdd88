// Pages as files of their own, which wait for a server that is away instead of breaking.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { noteFailure } from './api/connection';

/** Whether the server answers at all. */
async function reachable(): Promise<boolean> {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

const RELOADED = 'stoa.reloaded';
/** So soon after a reload another one would not help. */
const AGAIN_MS = 60_000;

/** Loads the whole program anew, unless that was just tried. Nothing is lost: the page before was left already. */
function reload(): boolean {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < AGAIN_MS) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  window.location.reload();
  return true;
}

/**
 * Like React's `lazy`, but a file that did not get through is asked for again. Browsers remember files that failed, and
 * after an update of the server old ones are gone: then the program is loaded anew.
 */
export function lazyPage<Page extends ComponentType<any>>(load: () => Promise<{ default: Page }>): LazyExoticComponent<Page> {
  return lazy(async () => {
    try {
      return await load();
    } catch (error) {
      if (!(await reachable())) await noteFailure();
      return load().catch(async () => {
        // While the server is away the browser would show a page of its own.
        if ((await reachable()) && reload()) return new Promise<never>(() => undefined);
        throw error;
      });
    }
  });
}
