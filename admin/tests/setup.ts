// What browsers have and Node lacks: storage and locks for all tests, and addresses relative to the live server.

class MemoryStorage implements Storage {
  private values = new Map<string, string>();

  get length(): number {
    return this.values.size;
  }

  key(at: number): string | null {
    return [...this.values.keys()][at] ?? null;
  }

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, String(value));
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }

  clear(): void {
    this.values.clear();
  }
}

/** Exclusive locks within this process: as much of the Web Locks API as the dashboard uses. */
class MemoryLocks {
  private tails = new Map<string, Promise<unknown>>();
  private held = new Map<string, number>();

  request<T>(name: string, ...more: [(lock: object | null) => Promise<T>] | [object, (lock: object | null) => Promise<T>]) {
    const task = more.length === 2 ? more[1] : more[0];
    const waiting = this.held.get(name) ?? 0;
    if (more.length === 2 && waiting > 0) return task(null);
    this.held.set(name, waiting + 1);
    const begin = () => task({});
    const run = (this.tails.get(name) ?? Promise.resolve()).then(begin, begin);
    const end = () => {
      this.held.set(name, (this.held.get(name) ?? 1) - 1);
    };
    this.tails.set(name, run.then(end, end));
    return run;
  }
}

function provide(name: string, value: unknown): void {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

provide('localStorage', new MemoryStorage());
provide('sessionStorage', new MemoryStorage());
provide('navigator', {});
if (!navigator.locks) Object.defineProperty(navigator, 'locks', { value: new MemoryLocks() });

const live = process.env.LIVE_URL;
if (live) {
  const real = globalThis.fetch;
  const whole: typeof fetch = (input, init) =>
    real(typeof input === 'string' && input.startsWith('/') ? live + input : input, init);
  globalThis.fetch = whole;
}
