// Keeps a form that is not sent yet for as long as the tab is open, for each person and company apart.
import { useEffect } from 'react';
import { useFormContext, type FieldValues } from 'react-hook-form';
import { acting } from '../../api/company';

/** Milliseconds after the last letter. */
const PAUSE = 300;

/** Where a person's draft is. */
export function draftKey(person: string): string {
  return ['stoa.draft.ticket', acting()?.id, person].filter(Boolean).join('.');
}

/** The draft, if there is one. */
export function readDraft(key: string): FieldValues | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return kept && typeof kept === 'object' ? (kept as FieldValues) : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets the draft. */
export function dropDraft(key: string): void {
  sessionStorage.removeItem(key);
}

/** The fields that somebody filled in otherwise than they were at first. */
export function filledIn(values: FieldValues, initial: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const empty = value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);
      return empty ? Boolean(initial[name]) : value !== initial[name];
    })
  );
}

/** Keeps the form around as it is written. */
export function useKeepDraft(key: string, initial: FieldValues): void {
  const { subscribe } = useFormContext();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribe({
      formState: { values: true },
      callback: ({ values, isSubmitSuccessful }) => {
        clearTimeout(timer);
        if (isSubmitSuccessful) return;
        timer = setTimeout(() => {
          const written = filledIn(values, initial);
          if (Object.keys(written).length > 0) sessionStorage.setItem(key, JSON.stringify(written));
          else dropDraft(key);
        }, PAUSE);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [key, initial, subscribe]);
}
