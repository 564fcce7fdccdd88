// Keys of the ticket page; they rest while a dialog is open or a key sequence of the menu is being typed.
import { useEffect } from 'react';
import { useHotkey } from '../../components';

/** Within this time a key belongs to the `g` before it. */
const SEQUENCE_MS = 1000;
let lastG = 0;

function noteG(event: KeyboardEvent) {
  if (event.key === 'g') lastG = Date.now();
}

/** What has the keys for itself while it is open. */
const OPEN = '[role="dialog"], .MuiPopover-root:not([aria-hidden="true"]) [role="menu"]';

/** Counts the users of the listener below: it is there once, however many keys are bound. */
let users = 0;

/** Runs `handler` when a single key is pressed outside of fields and dialogs. */
export function useKey(key: string, handler: () => void, enabled = true): void {
  useEffect(() => {
    users += 1;
    if (users === 1) window.addEventListener('keydown', noteG, true);
    return () => {
      users -= 1;
      if (users === 0) window.removeEventListener('keydown', noteG, true);
    };
  }, []);
  useHotkey(
    key,
    () => {
      if (Date.now() - lastG < SEQUENCE_MS || document.querySelector(OPEN)) return;
      handler();
    },
    enabled
  );
}
