// Files that wait to go out with a text: sent at once, kept while the page is left and found again after a reload.
import type { Outbound, Watch } from '../api/uploads';
import type { Upload } from '../types';
import { faultIn, faultOf, type Fault } from './faults';
import { mediaType, nameOf } from './kinds';
import type { Turns } from './turns';

/** Most files of a message. */
export const MOST = 10;

/** Where a file stands. */
export type Step = 'waiting' | 'sending' | 'checking' | 'ready' | 'failed';

/** One file. */
export interface Item {
  key: string;
  name: string;
  size: number;
  type: string;
  step: Step;
  /** How much of it is sent, from 0 to 1. */
  share: number;
  /** Id at Stoa, once it is announced. */
  id?: string;
  /** Its version when it was ready: attaching makes another one of it. */
  version?: number;
  /** Until when it is kept there without a message. */
  until?: string | null;
  fault?: Fault;
  /** The file itself; none of one that was found again after a reload. */
  file?: File;
}

/** What a tray does with the world. */
export interface Means {
  send: (outbound: Outbound, watch: Watch) => Promise<Upload>;
  find: (ids: string[]) => Promise<Upload[]>;
  forget: (id: string, version?: number) => void;
  turns: Turns;
}

interface Kept {
  at: number;
  files: Pick<Item, 'id' | 'version' | 'name' | 'size' | 'type' | 'until'>[];
}

/** Files on their way. */
export class Tray {
  private items: readonly Item[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly running = new Map<string, AbortController>();
  private count = 0;

  constructor(
    private readonly place: string,
    private readonly storage: Storage | undefined,
    private readonly means: Means
  ) {
    const now = Date.now();
    this.items = this.kept().map(file => {
      const late = Boolean(file.until) && Date.parse(file.until ?? '') <= now;
      const item: Item = { ...file, key: this.nextKey(), step: late ? 'failed' : 'ready', share: 1 };
      return late ? { ...item, fault: { code: 'gone', again: false } } : item;
    });
    void this.verify();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The files, in the order in which they were added; another array after each change. */
  readonly list = (): readonly Item[] => this.items;

  /** Ids of the files that are ready. */
  ids(): string[] {
    return this.items.flatMap(item => (item.step === 'ready' && item.id ? [item.id] : []));
  }

  /** Whether some are still under way. */
  get busy(): boolean {
    return this.running.size > 0;
  }

  /** Adds files and begins to send them; answers how many did not fit. */
  add(files: readonly File[], pasted = false, now = new Date()): number {
    const taken = files.slice(0, Math.max(0, MOST - this.items.length));
    const added = taken.map<Item>(file => ({
      key: this.nextKey(),
      name: nameOf(file, pasted, now),
      size: file.size,
      type: mediaType(file),
      step: 'waiting',
      share: 0,
      file,
    }));
    this.set([...this.items, ...added]);
    for (const item of added) void this.run(item);
    return files.length - taken.length;
  }

  /** Sends one once more that failed. */
  retry(key: string): void {
    const item = this.items.find(one => one.key === key);
    if (!item?.file || item.step !== 'failed') return;
    const fresh: Item = { ...item, step: 'waiting', share: 0, id: undefined, fault: undefined };
    this.set(this.items.map(one => (one.key === key ? fresh : one)));
    void this.run(fresh);
  }

  /** Takes one out; what is under way is stopped, and Stoa forgets it. */
  remove(key: string): void {
    const item = this.items.find(one => one.key === key);
    this.set(this.items.filter(one => one.key !== key));
    this.running.get(key)?.abort();
    if (item?.step === 'ready' && item.id) this.means.forget(item.id, item.version);
  }

  /** Takes all out. */
  discard(): void {
    for (const item of this.items) this.remove(item.key);
  }

  /** Stops all that is under way. */
  stop(): void {
    for (const control of this.running.values()) control.abort();
  }

  /** These went out with a message. */
  sent(ids: readonly string[]): void {
    this.set(this.items.filter(item => !item.id || !ids.includes(item.id)));
  }

  /** Waits until nothing is under way; tells whether all that is here is ready then. */
  async settled(signal: AbortSignal): Promise<boolean> {
    while (this.busy && !signal.aborted) {
      await new Promise<void>(resolve => {
        const off = this.subscribe(finish);
        signal.addEventListener('abort', finish, { once: true });
        function finish() {
          off();
          signal.removeEventListener('abort', finish);
          resolve();
        }
      });
    }
    return !signal.aborted && this.items.every(item => item.step === 'ready');
  }

  private async run(item: Item): Promise<void> {
    const { key, file, name, type } = item;
    if (!file) return;
    const control = new AbortController();
    this.running.set(key, control);
    let announced: string | undefined;
    try {
      const upload = await this.means.turns.take(control.signal, () => {
        this.change(key, { step: 'sending' });
        return this.means.send(
          { file, name, type },
          {
            signal: control.signal,
            onAnnounced: id => (announced = id),
            onProgress: share => this.change(key, { share }),
            onSent: () => this.change(key, { step: 'checking', share: 1 }),
          }
        );
      });
      announced = undefined;
      const fault = faultIn(upload);
      this.running.delete(key);
      this.change(key, {
        step: fault ? 'failed' : 'ready',
        share: 1,
        id: upload.id,
        version: upload.version,
        until: upload.expires_at,
        fault,
        // The name as Stoa keeps it: without what cannot be seen.
        name: upload.filename,
        type: upload.sniffed_type ?? type,
      });
    } catch (error) {
      this.running.delete(key);
      if (control.signal.aborted) this.change(key, {});
      else this.change(key, { step: 'failed', fault: faultOf(error) });
    } finally {
      // Half a file takes up room until it expires.
      if (announced !== undefined) this.means.forget(announced);
    }
  }

  /** Looks whether what was kept here is still kept there. */
  private async verify(): Promise<void> {
    const ids = this.ids();
    if (ids.length === 0) return;
    try {
      const found = new Map((await this.means.find(ids)).map(upload => [upload.id, upload]));
      for (const item of this.items) {
        if (!item.id || !ids.includes(item.id)) continue;
        const upload = found.get(item.id);
        const fault: Fault | undefined = upload ? faultIn(upload) : { code: 'gone', again: false };
        if (fault) this.change(item.key, { step: 'failed', fault });
      }
    } catch {
      // Then the sending tells.
    }
  }

  private nextKey(): string {
    this.count += 1;
    return String(this.count);
  }

  private change(key: string, part: Partial<Item>): void {
    this.set(this.items.map(item => (item.key === key ? { ...item, ...part } : item)));
  }

  private set(items: readonly Item[]): void {
    const before = this.items;
    this.items = items;
    const steps = (list: readonly Item[]) => list.map(item => `${item.key} ${item.step}`).join();
    if (steps(before) !== steps(items)) this.keep();
    for (const listener of [...this.listeners]) listener();
  }

  private kept(): Kept['files'] {
    try {
      const kept = JSON.parse(this.storage?.getItem(this.place) ?? 'null') as Kept | null;
      return (kept?.files ?? []).filter(file => file.id);
    } catch {
      return [];
    }
  }

  private keep(): void {
    const files = this.items
      .filter(item => item.step === 'ready')
      .map(({ id, version, name, size, type, until }) => ({ id, version, name, size, type, until }));
    try {
      if (files.length === 0) this.storage?.removeItem(this.place);
      else this.storage?.setItem(this.place, JSON.stringify({ at: Date.now(), files } satisfies Kept));
    } catch {
      // Full, or forbidden: the files live as long as the page.
    }
  }
}
