// Calls a function at most once in a span of time, however often it is asked to.

/** A throttled function. */
export interface Throttled {
  /** Calls now, or once when the span is over. */
  call(): void;
  /** Forgets a call that is still to come. */
  cancel(): void;
}

/** Runs `run` at once, then at most every `span` milliseconds; the last call is never lost. */
export function atMostEvery(span: number, run: () => void): Throttled {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    timer = undefined;
    last = Date.now();
    run();
  };
  return {
    call() {
      if (timer !== undefined) return;
      const left = last + span - Date.now();
      if (left <= 0) now();
      else timer = setTimeout(now, left);
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
