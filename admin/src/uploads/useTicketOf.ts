// Which ticket a message belongs to: a file names its message only, and the audit log tells to which ticket that was
// written.
import { useQuery } from '@tanstack/react-query';
import { useReach } from '../api/permissions';
import { request } from '../api/client';
import type { ListAnswer } from '../api/lists';
import type { AuditEntry } from '../types';

/** Messages that are asked for together. */
const TOGETHER = 50;

interface Asked {
  message: string;
  answer: (ticket: string | undefined) => void;
  fail: (error: unknown) => void;
}

let asked: Asked[] = [];

/** Asks once for all rows that are drawn in the same moment. */
function look(message: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (asked.length === 0) setTimeout(() => void askAll());
    asked.push({ message, answer: ticket => resolve(ticket ?? null), fail: reject });
  });
}

async function askAll(): Promise<void> {
  const all = asked;
  asked = [];
  for (let at = 0; at < all.length; at += TOGETHER) {
    const some = all.slice(at, at + TOGETHER);
    try {
      const found = await ticketsOf(some.map(one => one.message));
      for (const one of some) one.answer(found.get(one.message));
    } catch (error) {
      for (const one of some) one.fail(error);
    }
  }
}

async function ticketsOf(messages: string[]): Promise<Map<string, string>> {
  const filter = JSON.stringify({
    resource: 'ticket_messages',
    action: 'ticket_messages.create',
    resource_id_in: [...new Set(messages)],
  });
  const query = { filter, fields: 'resource_id,changes', per_page: 2 * TOGETHER, total: 'none' };
  const { data } = await request<ListAnswer<AuditEntry>>('/api/audit_log', { query });
  return new Map(data.data.flatMap(entry => pairOf(entry)));
}

/** Message and ticket of an entry about a new message. */
export function pairOf({ resource_id, changes }: Pick<AuditEntry, 'resource_id' | 'changes'>): [string, string][] {
  const ticket = changes?.find(change => change.field === 'ticket_id')?.to;
  return resource_id && typeof ticket === 'string' ? [[resource_id, ticket]] : [];
}

/** The ticket of a message, where the reader may know what others did; undefined until known. */
export function useTicketOf(message: string | undefined): string | undefined {
  const everybody = useReach('audit_log', 'list') === 'all';
  const { data } = useQuery({
    queryKey: ['uploads', 'ticketOf', message],
    queryFn: () => look(message ?? ''),
    enabled: everybody && message !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  return data ?? undefined;
}
