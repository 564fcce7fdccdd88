// One at a time across all tabs; within this tab where the browser has no Web Locks (pages over plain HTTP).

const chains = new Map<string, Promise<unknown>>();

/** Runs `task` while no other tab runs one under the same name; `waited` tells whether another tab did just before. */
export async function withLock<T>(name: string, task: (waited: boolean) => Promise<T>): Promise<T> {
  if (typeof navigator !== 'undefined' && navigator.locks) {
    const free = await navigator.locks.request(name, { ifAvailable: true }, async lock =>
      lock ? { result: await task(false) } : undefined,
    );
    return free ? free.result : navigator.locks.request(name, () => task(true));
  }
  const before = chains.get(name) ?? Promise.resolve();
  const go = () => task(false);
  const run = before.then(go, go);
  chains.set(
    name,
    run.catch(() => undefined),
  );
  return run;
}
