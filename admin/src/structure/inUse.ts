// Why a record cannot be removed, in words.
import { useCallback } from 'react';
import { useTranslate } from 'react-admin';
import { ApiError } from '../api/client';

const USERS_OF_RECORDS = ['tickets', 'categories', 'departments', 'users'];

/** Turns a refusal to delete what is in use into a sentence with the counts; undefined for other errors. */
export function useInUseText(resource: string): (error: unknown) => string | undefined {
  const t = useTranslate();
  return useCallback(
    error => {
      if (!(error instanceof ApiError) || error.code !== 'in_use') return undefined;
      const problem = error.body as Record<string, unknown>;
      const uses = USERS_OF_RECORDS.flatMap(name => {
        const count = problem[`${name}_count`];
        return typeof count === 'number' ? [t(`stoa.structure.inUse.${name}`, { smart_count: count })] : [];
      });
      const last = uses.pop();
      if (!last) return undefined;
      const list = uses.length ? t('stoa.structure.inUse.and', { first: uses.join(', '), last }) : last;
      return t('stoa.structure.inUse.sentence', { list, advice: t(`stoa.structure.${resource}.inUseAdvice`) });
    },
    [t, resource]
  );
}
