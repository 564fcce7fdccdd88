// Live events in all tabs: one tab holds the stream and passes on what it hears.
import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Notification } from '../types';
import { actingHeaders, useActing } from './company';
import { emitter } from './emitter';
import { useFollowSession } from './follow';
import { parseJson } from './http';
import { noteNotification, noteResync } from './invalidate';
import { useMe } from './me';
import { setQueryClient } from './queries';
import { listen } from './stream';

/** What tabs tell each other; `key` names the log-in and company of the stream. */
interface Message {
  key: string;
  kind: 'event' | 'gap' | 'alive';
  event?: string;
  id?: string;
  data?: string;
}

const CHANNEL = 'stoa-live';
const PATH = '/api/events?topics=notifications';
/** The tab with the stream says so this often. Browsers slow the timers of hidden tabs down to one a minute. */
const ALIVE_EVERY = 15_000;
/** A tab that said nothing for this long is asleep: one that somebody looks at takes over. */
const ASLEEP = 150_000;
/** Notifications that are remembered, since they may come twice. */
const REMEMBERED = 500;

const notifications = emitter<Notification>();

/** Calls `listener` with every notification that arrives, in each tab. */
export function onNotification(listener: (notification: Notification) => void): () => void {
  return notifications.on(listener);
}

/** Keeps this tab up to date with live events until the answer is called. */
export function startLive(key: string): () => void {
  const stopped = new AbortController();
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
  const seen = new Set<string>();
  let lastId: string | undefined;
  let heard = Date.now();

  const take = (message: Message) => {
    heard = Date.now();
    if (message.id) lastId = message.id;
    if (message.kind === 'gap' || (message.kind === 'event' && message.event === 'resync')) noteResync();
    else if (message.kind === 'event') receive(message, seen);
  };
  const share = (message: Omit<Message, 'key'>) => {
    take({ key, ...message });
    channel?.postMessage({ key, ...message });
  };
  const lead = async (resumed: boolean, signal: AbortSignal) => {
    const alive = setInterval(() => share({ kind: 'alive' }), ALIVE_EVERY);
    try {
      await listen({
        path: PATH,
        headers: actingHeaders,
        lastId: () => lastId,
        onEvent: ({ event, id, data }) => share({ kind: 'event', event, id, data }),
        onGap: () => share({ kind: 'gap' }),
        resumed,
        signal,
      });
    } finally {
      clearInterval(alive);
    }
  };

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.key === key) take(data);
    };
  }
  const asleep = () => !document.hidden && Date.now() - heard > ASLEEP;
  contend(`${CHANNEL} ${key}`, lead, asleep, stopped.signal);
  return () => {
    stopped.abort();
    channel?.close();
  };
}

/** Waits to be the one tab that leads; takes over from one that is asleep. */
function contend(
  name: string,
  lead: (resumed: boolean, signal: AbortSignal) => Promise<void>,
  asleep: () => boolean,
  stopped: AbortSignal,
): void {
  if (!navigator.locks) {
    void lead(false, stopped);
    return;
  }
  const begin = Date.now();
  let turn = new AbortController();
  const run = (steal: boolean) => {
    turn = new AbortController();
    const signal = AbortSignal.any([stopped, turn.signal]);
    const hold = () => lead(Date.now() - begin > 1000, signal);
    // The two options exclude each other. A stolen lock rejects the request of the tab that had it.
    const asked = navigator.locks.request(name, steal ? { steal } : { signal }, hold);
    asked.catch(() => {
      if (signal.aborted) return;
      turn.abort();
      run(false);
    });
  };
  const watch = setInterval(() => {
    if (!asleep()) return;
    turn.abort();
    run(true);
  }, ALIVE_EVERY);
  stopped.addEventListener('abort', () => clearInterval(watch));
  run(false);
}

function receive(message: Message, seen: Set<string>): void {
  const notification = parseJson(message.data ?? '') as Notification | undefined;
  if (!notification?.id) return;
  const state = `${notification.id} ${notification.version}`;
  if (seen.has(state)) return;
  seen.add(state);
  const [oldest] = seen;
  if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
  noteNotification(notification);
  notifications.emit(notification);
}

/** Listens to live events while somebody of a company is logged in, and follows log-outs elsewhere; for the layout. */
export function useLive(): void {
  useFollowSession();
  const client = useQueryClient();
  const me = useMe();
  const company = useActing();
  // Nobody notifies an operator, and each look would be an entry in the company's audit log.
  const listens = me !== undefined && me.role !== 'superadmin';
  const key = listens ? `${me.session_id} ${company?.id ?? ''}` : undefined;
  useEffect(() => setQueryClient(client), [client]);
  useEffect(() => (key === undefined ? undefined : startLive(key)), [key]);
}
