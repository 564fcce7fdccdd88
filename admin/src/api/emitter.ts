// A list of listeners.

/** Something that can be listened to. */
export interface Emitter<T> {
  emit(value: T): void;
  /** Adds a listener and answers how to remove it. */
  on(listener: (value: T) => void): () => void;
}

/** A new emitter without listeners. */
export function emitter<T = void>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    emit(value) {
      for (const listener of [...listeners]) listener(value);
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
