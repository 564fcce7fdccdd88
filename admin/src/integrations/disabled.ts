// Why the server switched a connection off, in words.
import { useCallback } from 'react';
import { useTranslate } from 'react-admin';
import type { Connected } from '../types';

/** The reason; none for what the server did not switch off. `area` is where the words stand. */
export function useDisabledWords(area: 'webhooks' | 'teams') {
  const t = useTranslate();
  return useCallback(
    ({ is_active, disabled_reason: reason }: Pick<Connected, 'is_active' | 'disabled_reason'>): string | undefined =>
      is_active || !reason ? undefined : t(`stoa.integrations.${area}.disabled.${reason}`, { _: reason }),
    [t, area]
  );
}
