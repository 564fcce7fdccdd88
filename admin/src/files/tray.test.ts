// Tests of files on their way.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/client';
import type { Outbound, Watch } from '../api/uploads';
import type { Upload } from '../types';
import { MOST, Tray, type Means } from './tray';
import { Turns } from './turns';

class Memory {
  readonly all = new Map<string, string>();
  getItem = (name: string) => this.all.get(name) ?? null;
  setItem = (name: string, value: string) => void this.all.set(name, value);
  removeItem = (name: string) => void this.all.delete(name);
}

interface Call {
  outbound: Outbound;
  watch: Watch;
  answer: (upload: Upload) => void;
  fail: (error: unknown) => void;
}

let memory: Memory;
let calls: Call[];
let forgotten: string[];
let versions: (number | undefined)[];
let means: Means;

const ready = (id: string, more: Partial<Upload> = {}) =>
  ({ id, state: 'ready', filename: `${id}.txt`, size: 3, sniffed_type: 'text/plain', expires_at: null, ...more }) as Upload;
const file = (name = 'a.txt') => new File(['abc'], name, { type: 'text/plain' });
const tray = () => new Tray('draft.files', memory as unknown as Storage, means);
const steps = (of: Tray) => of.list().map(item => item.step);
const settle = () => new Promise(resolve => setTimeout(resolve));

beforeEach(() => {
  memory = new Memory();
  calls = [];
  forgotten = [];
  versions = [];
  means = {
    send: (outbound, watch) =>
      new Promise((answer, fail) => {
        watch.signal.addEventListener('abort', () => fail(watch.signal.reason));
        calls.push({ outbound, watch, answer, fail });
      }),
    find: vi.fn(() => Promise.resolve([])),
    forget: (id, version) => {
      forgotten.push(id);
      versions.push(version);
    },
    turns: new Turns(2),
  };
});

describe('a tray', () => {
  it('sends at once, a few at a time, and keeps what came through', async () => {
    const one = tray();
    one.add([file('1.txt'), file('2.txt'), file('3.txt')]);
    await settle();
    expect(steps(one)).toEqual(['sending', 'sending', 'waiting']);
    calls[0]!.answer(ready('a'));
    await settle();
    expect(steps(one)).toEqual(['ready', 'sending', 'sending']);
    expect(one.ids()).toEqual(['a']);
    expect(memory.getItem('draft.files')).toContain('a.txt');
  });

  it('takes no more than a message carries', () => {
    const one = tray();
    expect(one.add(Array.from({ length: MOST + 2 }, () => file()))).toBe(2);
    expect(one.list()).toHaveLength(MOST);
    expect(one.add([file()])).toBe(1);
  });

  it('stops what is taken out, and has it forgotten', async () => {
    const one = tray();
    one.add([file()]);
    await settle();
    calls[0]!.watch.onAnnounced('a');
    one.remove(one.list()[0]!.key);
    await settle();
    expect(calls[0]!.watch.signal.aborted).toBe(true);
    expect(forgotten).toEqual(['a']);
    expect(one.list()).toEqual([]);
    expect(one.busy).toBe(false);
  });

  it('tries again what failed, with all that went wrong forgotten', async () => {
    const one = tray();
    one.add([file()]);
    await settle();
    calls[0]!.watch.onAnnounced('a');
    calls[0]!.fail(new ApiError('away', 0, 'unreachable'));
    await settle();
    expect(steps(one)).toEqual(['failed']);
    expect(forgotten).toEqual(['a']);
    one.retry(one.list()[0]!.key);
    await settle();
    expect(steps(one)).toEqual(['sending']);
    calls[1]!.answer(ready('b'));
    await settle();
    expect(one.ids()).toEqual(['b']);
  });

  it('keeps a file in quarantine for those who look after it', async () => {
    const one = tray();
    one.add([file()]);
    await settle();
    calls[0]!.answer(ready('a', { state: 'quarantined', quarantine_reason: 'executable' }));
    await settle();
    expect(one.list()[0]!.fault?.code).toBe('executable');
    one.remove(one.list()[0]!.key);
    expect(forgotten).toEqual([]);
  });

  it('waits for all, and says whether all are there', async () => {
    const one = tray();
    one.add([file(), file()]);
    await settle();
    const all = one.settled(new AbortController().signal);
    calls[0]!.answer(ready('a'));
    calls[1]!.answer(ready('b'));
    expect(await all).toBe(true);
    one.add([file()]);
    await settle();
    const some = one.settled(new AbortController().signal);
    calls[2]!.fail(new ApiError('large', 413, 'payload_too_large'));
    expect(await some).toBe(false);
  });

  it('can be told to wait no longer', async () => {
    const one = tray();
    one.add([file()]);
    const control = new AbortController();
    const wait = one.settled(control.signal);
    control.abort();
    expect(await wait).toBe(false);
    expect(one.busy).toBe(true);
  });

  it('loses what went out, and only that', async () => {
    const one = tray();
    one.add([file(), file()]);
    await settle();
    calls[0]!.answer(ready('a'));
    await settle();
    one.sent(['a']);
    expect(steps(one)).toEqual(['sending']);
    expect(memory.getItem('draft.files')).toBeNull();
    expect(forgotten).toEqual([]);
  });
});

describe('a tray after a reload', () => {
  const keep = (until: string | null) =>
    memory.setItem(
      'draft.files',
      JSON.stringify({ at: 0, files: [{ id: 'a', name: 'a.txt', size: 3, type: 'text/plain', until }] })
    );

  it('has what was sent before', async () => {
    keep('2999-01-01T00:00:00Z');
    means.find = () => Promise.resolve([ready('a')]);
    const one = tray();
    await settle();
    expect(one.ids()).toEqual(['a']);
  });

  it('removes what is taken out only as it was: a message may carry it by now', async () => {
    const before = tray();
    before.add([file()]);
    await settle();
    calls[0]!.answer(ready('a', { version: 3 }));
    await settle();
    means.find = () => Promise.resolve([ready('a', { version: 4, link: { type: 'ticket_message', id: 'm' } })]);
    const after = tray();
    await settle();
    after.discard();
    expect(forgotten).toEqual(['a']);
    expect(versions).toEqual([3]);
  });

  it('says what is gone', async () => {
    keep(null);
    const one = tray();
    await settle();
    expect(one.list()[0]!.fault?.code).toBe('gone');
    keep('2001-01-01T00:00:00Z');
    expect(steps(tray())).toEqual(['failed']);
  });

  it('believes what it has as long as nobody can be asked', async () => {
    keep(null);
    means.find = () => Promise.reject(new ApiError('away', 0, 'unreachable'));
    const one = tray();
    await settle();
    expect(one.ids()).toEqual(['a']);
  });

  it('goes on from anything that another version left there', () => {
    memory.setItem('draft.files', 'broken');
    expect(tray().list()).toEqual([]);
  });
});
