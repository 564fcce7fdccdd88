// Pages as files of their own, which wait for a server that is away instead of breaking.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { noteFailure, whenOnline } from './api/connection';

/** Whether the server answers at all. */
async function reachable(): Promise<boolean> {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

/** Like React's `lazy`. A file that the server refuses is an error; one that did not get through is asked for again. */
export function lazyPage<Page extends ComponentType<any>>(load: () => Promise<{ default: Page }>): LazyExoticComponent<Page> {
  return lazy(async () => {
    try {
      return await load();
    } catch (error) {
      if (await reachable()) throw error;
      noteFailure();
      await whenOnline();
      return load();
    }
  });
}
