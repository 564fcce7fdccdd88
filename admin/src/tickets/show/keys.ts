// The keys of the ticket page, as they are shown to people.

/** The key that goes with others for commands. */
export const MOD = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** Keys, and the name of what they do. */
export const KEYS: { keys: string[]; does: string }[] = [
  { keys: ['r'], does: 'reply' },
  { keys: ['n'], does: 'note' },
  { keys: [MOD, 'Enter'], does: 'send' },
  { keys: [MOD, '⇧', 'Enter'], does: 'solve' },
  { keys: ['Esc'], does: 'leave' },
  { keys: ['j'], does: 'next_message' },
  { keys: ['k'], does: 'previous_message' },
  { keys: ['l'], does: 'next_ticket' },
  { keys: ['h'], does: 'previous_ticket' },
  { keys: ['a'], does: 'take' },
  { keys: ['f'], does: 'follow' },
  { keys: ['s'], does: 'status' },
  { keys: ['e'], does: 'subject' },
  { keys: ['d'], does: 'details' },
  { keys: ['u'], does: 'list' },
  { keys: ['?'], does: 'help' },
];
