// Bulk calls of which a part failed.
import { emitter } from './emitter';
import { ApiError } from './http';

/** Why one record of a bulk call was not changed. */
export interface PartialFailure {
  id: string;
  status: number;
  code: string;
  message: string;
}

/** A bulk call that did a part of its work. */
export interface Partial {
  resource: string;
  /** Ids of the records that were changed. */
  done: string[];
  failures: PartialFailure[];
}

/** The answer of a bulk call. */
export interface BulkAnswer {
  data: string[];
  errors?: PartialFailure[];
}

const partials = emitter<Partial>();

/** Calls `listener` with every bulk call that did only a part of its work. */
export function onPartial(listener: (partial: Partial) => void): () => void {
  return partials.on(listener);
}

/** The ids done. Throws when all failed, tells the listeners when some did. */
export function settleBulk(resource: string, answer: BulkAnswer): string[] {
  const failures = answer.errors ?? [];
  const [first] = failures;
  if (first && answer.data.length === 0) {
    const message = failures.length === 1 ? first.message : `None of ${failures.length} was changed. ${first.message}`;
    throw new ApiError(message, first.status, first.code, { code: first.code, failures });
  }
  if (first) partials.emit({ resource, done: answer.data, failures });
  return answer.data;
}
