// A few at a time: who comes later waits for a turn.

/** Hands out turns in order. */
export class Turns {
  private free: number;
  private readonly queue: (() => void)[] = [];

  constructor(most: number) {
    this.free = most;
  }

  /** Does `work` when there is a turn; gives up when `signal` is aborted before. */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else {
      await new Promise<void>((resolve, reject) => {
        const begin = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = () => {
          this.queue.splice(this.queue.indexOf(begin), 1);
          reject(signal.reason);
        };
        this.queue.push(begin);
        signal.addEventListener('abort', leave, { once: true });
      });
    }
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
