// Forgets all records when an operator steps into a company or out of it: nothing of one may show in the other.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onActingChange } from '../api/company';

/** Listens, shows nothing. */
export function CompanyChange() {
  const client = useQueryClient();
  useEffect(() => onActingChange(() => client.clear()), [client]);
  return null;
}
