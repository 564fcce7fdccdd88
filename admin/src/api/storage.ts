// Browser storage that never throws: where it is blocked, values live as long as the page.

type Area = 'localStorage' | 'sessionStorage';

const memory: Record<Area, Map<string, string>> = { localStorage: new Map(), sessionStorage: new Map() };

/** The stored text, or null. */
export function readStored(area: Area, key: string): string | null {
  try {
    return globalThis[area].getItem(key);
  } catch {
    return memory[area].get(key) ?? null;
  }
}

/** Stores a text; null removes it. */
export function writeStored(area: Area, key: string, value: string | null): void {
  try {
    if (value === null) globalThis[area].removeItem(key);
    else globalThis[area].setItem(key, value);
  } catch {
    if (value === null) memory[area].delete(key);
    else memory[area].set(key, value);
  }
}

/** The stored JSON value, or null when there is none or it cannot be read. */
export function readJson<T>(area: Area, key: string): T | null {
  const text = readStored(area, key);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
