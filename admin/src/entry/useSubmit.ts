// Sends a form of the pages without log-in and sorts what the server says against it.
import { useCallback, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ApiError } from '../api/client';
import { useErrorText } from '../components';

type FieldFault = string | { message?: string };

/** Faults of single fields; `root` repeats them as one sentence. */
export function fieldFaults(error: unknown): Record<string, string> {
  const errors = error instanceof ApiError ? ((error.body?.errors ?? {}) as Record<string, FieldFault>) : {};
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([field]) => field !== 'root')
      .map(([field, fault]) => [field, typeof fault === 'string' ? fault : (fault.message ?? '')])
      .filter(([, message]) => message !== '')
  );
}

/** What became of an attempt. */
export interface Submit {
  busy: boolean;
  /** What is said above the form. */
  fault: string | null;
  /** Machine-readable reason of `fault`. */
  code: string | null;
  /** What is said below its fields. */
  fields: Record<string, string>;
  /** Runs `attempt` and tells whether it went well. */
  run: (attempt: () => Promise<void>) => Promise<boolean>;
}

/** `shown` are the fields that the page has; faults of others stand above the form. `told`: what codes mean here. */
export function useSubmit(shown: string[], told: Record<string, string> = {}): Submit {
  const t = useTranslate();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ fault: string | null; code: string | null; fields: Record<string, string> }>({
    fault: null,
    code: null,
    fields: {},
  });
  const page = useRef({ shown, told });
  page.current = { shown, told };
  const run = useCallback(
    async (attempt: () => Promise<void>) => {
      setBusy(true);
      setRefusal({ fault: null, code: null, fields: {} });
      try {
        await attempt();
        return true;
      } catch (error) {
        const all = fieldFaults(error);
        const fields = Object.fromEntries(Object.entries(all).filter(([field]) => page.current.shown.includes(field)));
        const code = error instanceof ApiError ? error.code : 'unknown';
        const words = page.current.told[code] ?? (t(`stoa.entry.faults.${code}`, { _: '' }) || errorText(error));
        setRefusal({ fault: Object.keys(fields).length ? null : words, code, fields });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [t, errorText]
  );
  return { busy, ...refusal, run };
}
