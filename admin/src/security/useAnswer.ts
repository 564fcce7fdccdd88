// Runs an act on the own account and keeps what the server says against it, by field.
import { useState } from 'react';
import { useErrorText } from '../components';
import { fieldFaults } from '../entry/useSubmit';

/** What became of an attempt: `fault` of the whole, `fields` of its parts. */
export function useAnswer(shown: string[]) {
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [fields, setFields] = useState<Record<string, string>>({});

  const run = async <T>(attempt: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setFault(null);
    setFields({});
    try {
      return await attempt();
    } catch (error) {
      const all = fieldFaults(error);
      const known = Object.fromEntries(Object.entries(all).filter(([field]) => shown.includes(field)));
      setFields(known);
      setFault(Object.keys(known).length ? null : errorText(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, fields, run };
}
