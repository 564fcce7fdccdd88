// What the parts of the ticket page share: the ticket, who looks at it, and how it is changed.
import { createContext, useContext } from 'react';
import type { Me } from '../../api/me';
import type { Ticket } from '../../types';
import type { Rights } from './useRights';

/** What every part of the page can ask for. */
export interface TicketPage {
  /** The ticket, with the changes that are under way. */
  ticket: Ticket;
  me: Me;
  rights: Rights;
  /**
   * Saves fields; tells of refusals itself and answers whether it worked. `base` is the ticket from which the change
   * was begun, where that was some time ago: what others did to the same fields since is not overwritten unasked.
   */
  save: (data: Partial<Ticket>, base?: Ticket) => Promise<boolean>;
  /**
   * Does an action of the API, such as `assign`; tells of refusals itself and answers whether it worked. `shown` is
   * what the ticket will look like.
   */
  act: (action: string, body?: object, shown?: Partial<Ticket>) => Promise<boolean>;
  /** As `act`, for any other call. */
  change: (shown: Partial<Ticket>, make: () => Promise<unknown>) => Promise<boolean>;
  /** Reads ticket, messages and history again. */
  refresh: () => void;
  /** Tells in words why something was refused. */
  refuse: (error: unknown) => void;
  /** Counts what is being written besides the reply, so that colleagues see it. */
  setEditing: (editing: boolean) => void;
}

export const TicketPageContext = createContext<TicketPage | null>(null);

/** The page's ticket and what can be done with it. */
export function useTicketPage(): TicketPage {
  const page = useContext(TicketPageContext);
  if (!page) throw new Error('Not on the page of a ticket.');
  return page;
}
