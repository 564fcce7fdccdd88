// Keeps a record as it was while somebody changes it: it is saved on the version from which the change was made.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useFormIsDirty, type UseGetOneOptions } from 'react-admin';
import { useFormContext } from 'react-hook-form';

interface Page {
  /** Says whether the form has changes. */
  tell: (dirty: boolean) => void;
  /** Says that the record is gone: it must not be asked for again. */
  leave: () => void;
  /** The record after the last save. */
  saved?: object;
}

const PageContext = createContext<Page>({ tell: () => {}, leave: () => {} });

/** `queryOptions` are for the page, `track` goes around its form, `settle` takes the record as it was saved. */
export function useFreeze(): {
  queryOptions: Partial<UseGetOneOptions>;
  track: (children: ReactNode) => ReactNode;
  settle: (saved: object) => void;
} {
  const [dirty, tell] = useState(false);
  const [left, setLeft] = useState(false);
  const [saved, settle] = useState<object>();
  const page = useMemo(() => ({ tell, leave: () => setLeft(true), saved }), [saved]);
  return {
    queryOptions: dirty || left ? { enabled: false } : {},
    track: children => <PageContext.Provider value={page}>{children}</PageContext.Provider>,
    settle,
  };
}

/** Says that the record of the page around is gone. */
export function useLeave(): () => void {
  return useContext(PageContext).leave;
}

/** Tells the page whether the form around has changes, and the form that they were saved. */
export function WatchForm() {
  const dirty = useFormIsDirty();
  const { reset, getValues } = useFormContext();
  const { tell, saved } = useContext(PageContext);
  useEffect(() => {
    tell(dirty);
    return () => tell(false);
  }, [dirty, tell]);
  // What was typed stays when the record is renewed, so the form has to hear when it is no longer a change.
  useEffect(() => {
    if (saved) reset({ ...getValues(), ...saved });
  }, [saved, reset, getValues]);
  return null;
}
