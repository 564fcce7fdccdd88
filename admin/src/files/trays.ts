// The trays of this tab, one a text that is being written: leaving a page does not stop what it sends.
import { onActingChange } from '../api/company';
import { findUploads, forgetUpload, sendFile } from '../api/uploads';
import { onSessionChange } from '../api/session';
import { Tray } from './tray';
import { Turns } from './turns';

/** Files that are sent at the same time. */
const AT_ONCE = 3;

const trays = new Map<string, Tray>();
const means = { send: sendFile, find: findUploads, forget: forgetUpload, turns: new Turns(AT_ONCE) };

/** What is under way belongs to a session, or to a company, that was left. */
function leave(): void {
  for (const tray of trays.values()) tray.stop();
  trays.clear();
}
onSessionChange(leave);
onActingChange(leave);

function storageOf(area: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return globalThis[area];
  } catch {
    return undefined;
  }
}

/** The tray of the draft that is kept as `draft` in `area`: beside it, so that both are thrown away at the same time. */
export function trayOf(draft: string, area: 'localStorage' | 'sessionStorage'): Tray {
  let tray = trays.get(draft);
  if (!tray) {
    tray = new Tray(`${draft}.files`, storageOf(area), means);
    trays.set(draft, tray);
  }
  return tray;
}

/** Whether the browser should ask before it closes the page. */
export function isSending(): boolean {
  return [...trays.values()].some(tray => tray.busy);
}

window.addEventListener('beforeunload', event => {
  if (isSending()) event.preventDefault();
});
