// What went wrong, in words: the server's where it has some, else ours.
import { useCallback } from 'react';
import { useTranslate } from 'react-admin';
import { ApiError } from '../api/client';

/** Codes whose text from the server speaks to programs. */
const OURS = new Set([
  'unreachable',
  'overloaded',
  'dependency_unavailable',
  'rate_limited',
  'forbidden',
  'not_found',
  'session_revoked',
  'refresh_reused',
  'not_saved',
  'unauthenticated',
  'token_expired',
  'internal',
  'company_suspended',
]);

/** Turns any error into a sentence. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslate();
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof ApiError)) return t('stoa.common.errors.unknown');
      if (OURS.has(error.code)) {
        return t(`stoa.common.errors.${error.code}`, { id: error.body?.request_id ?? '' });
      }
      const fields = Object.values((error.body?.errors ?? {}) as Record<string, { message?: string } | string>)
        .map(one => (typeof one === 'string' ? one : one.message))
        .filter(Boolean);
      return fields[0] ?? error.message ?? t('stoa.common.errors.unknown');
    },
    [t]
  );
}
