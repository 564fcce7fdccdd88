// Finds tickets by number or words; without either, those of the same requester.
import { useEffect, useState } from 'react';
import { useGetList } from 'react-admin';
import type { Ticket } from '../../../types';
import { BESIDE } from '../header/useNeighbours';

/** Pause in the typing after which the search begins. */
const PAUSE_MS = 250;
const MOST = 12;

/** Filter for what was typed: a number or reference names one ticket, anything else is words. */
export function filterFor(text: string, requester?: string): Record<string, unknown> {
  const typed = text.trim();
  const number = /^(?:[a-z][a-z0-9]*-|#)?(\d{1,9})$/i.exec(typed);
  if (number) return { number: Number(number[1]) };
  if (typed) return { q: typed };
  return requester ? { requester_id: requester } : {};
}

/** Tickets that can be merged with `ticket`, those of the same requester first. */
export function useTicketSearch(text: string, ticket: Ticket) {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const filter = filterFor(settled, ticket.requester_id);
  const { data = [], isFetching, error } = useGetList<Ticket>(
    'tickets',
    {
      filter,
      sort: { field: 'created_at', order: 'DESC' },
      pagination: { page: 1, perPage: MOST + 1 },
      meta: BESIDE,
    },
    { placeholderData: before => before }
  );
  const same = (one: Ticket) => (one.requester_id === ticket.requester_id ? 0 : 1);
  const found = data
    .filter(one => one.id !== ticket.id && !one.merged_into && !one.archived)
    .sort((one, other) => same(one) - same(other));
  return { found, isFetching: isFetching || settled !== text, error };
}
