// The key that sends a text.
import type { KeyboardEvent } from 'react';

/** Whether it is Ctrl+Enter, or Command+Enter on a Mac. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing;
}

/** How that key is called here. */
export function sendKeys(): [string, string] {
  return [/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl', 'Enter'];
}
