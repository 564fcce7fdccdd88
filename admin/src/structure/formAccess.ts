// What a form is for, so that its fields know whether they can be set.
import { createContext, useContext } from 'react';

/** What a form does, with which resource, and whether all of it is only to be read. */
export interface FormAccess {
  resource: string;
  action: 'create' | 'edit';
  locked: boolean;
}

const FormAccessContext = createContext<FormAccess>({ resource: '', action: 'edit', locked: true });

/** Tells the fields of a form what it is for. */
export const FormAccessProvider = FormAccessContext.Provider;

/** What the form around is for. */
export function useFormAccess(): FormAccess {
  return useContext(FormAccessContext);
}
