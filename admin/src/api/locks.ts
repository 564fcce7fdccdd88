// One at a time across all tabs; within this tab where the browser has no Web Locks (pages over plain HTTP).

const chains = new Map<string, Promise<unknown>>();

/** Runs `task` while no other tab runs one under the same name. */
export function withLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  if (typeof navigator !== 'undefined' && navigator.locks) return navigator.locks.request(name, task) as Promise<T>;
  const before = chains.get(name) ?? Promise.resolve();
  const run = before.then(task, task);
  chains.set(
    name,
    run.catch(() => undefined),
  );
  return run;
}
