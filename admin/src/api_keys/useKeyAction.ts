// Rotates or revokes a key and brings the page up to date.
import { useAct } from '../structure/useAct';
import type { ApiKey, FreshApiKey } from '../types';

/** The key without its secret, which stands in the answer only. */
function withoutSecret({ key: _, ...record }: FreshApiKey): ApiKey {
  return record;
}

/** `run` does an action and gives its answer; what went wrong is in `refusal`. */
export function useKeyAction(apiKey: ApiKey) {
  return useAct<FreshApiKey>('api_keys', apiKey.id, withoutSecret);
}
