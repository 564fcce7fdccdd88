// Says what is wrong with a file, and what can be done about it.
import { useCallback } from 'react';
import { useTranslate } from 'react-admin';
import { useMe } from '../api/me';
import type { Fault } from './faults';
import { formatSize } from './size';

/** Texts of faults of files. */
export function useFaultText(): (fault: Fault, size: number) => string {
  const t = useTranslate();
  const client = useMe()?.role === 'client';
  return useCallback(
    (fault, size) => {
      const { code, limit, said } = fault;
      if (code === 'too_large' && limit !== undefined) {
        const [has, most] = [formatSize(size), formatSize(limit)];
        // “25 MB, at most 25 MB” would explain nothing.
        return t(`stoa.files.faults.too_large_${has === most ? 'just' : 'by'}`, { size: has, limit: most });
      }
      if (code === 'quota' && client) return t('stoa.files.faults.quota_client');
      if (code === 'other' && said) return said;
      return t(`stoa.files.faults.${code}`);
    },
    [t, client]
  );
}
