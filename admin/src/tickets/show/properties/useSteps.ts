// The steps of status that are offered from here, with what stands in their way.
import { useGetOne, useTranslate } from 'react-admin';
import type { Category, Status } from '../../../types';
import { useTicketPage } from '../context';
import { canWake, missingToSolve, needsReason, nextStatuses } from './transitions';

/** One step that can be chosen. */
export interface Step {
  key: string;
  to: Status;
  /** It asks for a time or a reason first. */
  asks: boolean;
  /** Names of fields that must be filled in before. */
  missing: string[];
}

/** What can be chosen, in the order of the work. */
export function useSteps(): Step[] {
  const t = useTranslate();
  const { ticket, me } = useTicketPage();
  const { data: category } = useGetOne<Category>(
    'categories',
    { id: ticket.category_id ?? '' },
    { enabled: Boolean(ticket.category_id), staleTime: 60_000 }
  );
  return nextStatuses(ticket.status, me.role).flatMap(to => {
    const missing =
      to === 'solved'
        ? missingToSolve(ticket, category).map(field => t(`resources.tickets.fields.${field}`))
        : [];
    // Closing is for good, so it always asks.
    const step = { key: to, to, asks: needsReason(ticket.status, to) || to === 'closed', missing };
    return canWake(to) ? [step, { ...step, key: `${to}_until`, asks: true }] : [step];
  });
}
