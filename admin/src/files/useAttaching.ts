// The files of a text that is being written, as its form uses them.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useNotify } from 'react-admin';
import { useMay } from '../api/permissions';
import { MOST, type Item, type Tray } from './tray';
import { trayOf } from './trays';

/** How the wait for the files ended. */
export type Settled = 'ready' | 'failed' | 'stopped';

/** What a form needs to carry files. */
export interface Attaching {
  /** The person may attach files here. */
  may: boolean;
  tray: Tray;
  items: readonly Item[];
  /** The form waits for the files; they cannot be added to. */
  waiting: boolean;
  add: (files: readonly File[], pasted?: boolean) => void;
  /** Waits for what is under way. */
  settle: () => Promise<Settled>;
  /** Ends the wait; the form is not sent. */
  stop: () => void;
}

/** The files of the draft that is kept as `draft` in `area`. `resource` is what will carry them. */
export function useAttaching(
  draft: string,
  area: 'localStorage' | 'sessionStorage',
  resource: 'tickets' | 'ticket_messages'
): Attaching {
  const notify = useNotify();
  const tray = trayOf(draft, area);
  const items = useSyncExternalStore(tray.subscribe, tray.list);
  const sends = useMay('uploads', 'create');
  const carries = useMay(`${resource}.attachment_ids`, 'create');
  const [waiting, setWaiting] = useState(false);
  const wait = useRef<AbortController | null>(null);
  useEffect(() => () => wait.current?.abort(), [tray]);

  const add = useCallback(
    (files: readonly File[], pasted = false) => {
      const empty = files.filter(file => file.size === 0);
      if (empty.length > 0) {
        const name = empty.map(file => file.name).join(', ');
        notify('stoa.files.empty', { type: 'warning', messageArgs: { name }, multiLine: true });
      }
      const left = tray.add(files.filter(file => file.size > 0), pasted);
      if (left > 0) notify('stoa.files.most', { type: 'warning', messageArgs: { smart_count: left, most: MOST } });
    },
    [tray, notify]
  );
  const settle = useCallback(async (): Promise<Settled> => {
    const control = new AbortController();
    wait.current = control;
    setWaiting(tray.busy);
    const whole = await tray.settled(control.signal);
    setWaiting(false);
    wait.current = null;
    return control.signal.aborted ? 'stopped' : whole ? 'ready' : 'failed';
  }, [tray]);
  const stop = useCallback(() => wait.current?.abort(), []);
  return { may: sends && carries, tray, items, waiting, add, settle, stop };
}
