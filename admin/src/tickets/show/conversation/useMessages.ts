// The messages of a ticket: the newest first page, earlier ones on request, each once and in order.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useInfiniteGetList } from 'react-admin';
import type { TicketMessage } from '../../../types';

/** Messages of one page. */
const PAGE = 30;

/** A conversation as far as it is loaded. */
export interface Messages {
  /** Oldest first. */
  messages: TicketMessage[];
  total: number | undefined;
  isPending: boolean;
  error: Error | null;
  hasEarlier: boolean;
  isLoadingEarlier: boolean;
  loadEarlier: () => void;
  /** Reads again and answers with what there is. */
  refresh: () => Promise<TicketMessage[]>;
}

/** Loads the conversation; another `version` of the ticket means that there may be more to read. */
export function useMessages(ticketId: string, version: number, enabled: boolean): Messages {
  const queryClient = useQueryClient();
  const { data, error, total, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteGetList<TicketMessage>(
      'ticket_messages',
      {
        filter: { ticket_id: ticketId },
        sort: { field: 'created_at', order: 'DESC' },
        pagination: { page: 1, perPage: PAGE },
      },
      { enabled }
    );
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    void queryClient.invalidateQueries({ queryKey: ['ticket_messages', 'getInfiniteList'] });
    void queryClient.invalidateQueries({ queryKey: ['ticket_events'] });
    void queryClient.invalidateQueries({ queryKey: ['outbound_emails', 'getList'] });
    void queryClient.invalidateQueries({ queryKey: ['inbound_emails', 'getList'] });
  }, [version, queryClient]);

  const messages = useMemo(() => inOrder(data?.pages ?? []), [data]);
  const refresh = useCallback(async () => {
    const result = await refetch();
    return inOrder(result.data?.pages ?? []);
  }, [refetch]);
  return {
    messages,
    total,
    isPending: enabled && isPending,
    error: data ? null : error,
    hasEarlier: hasNextPage,
    isLoadingEarlier: isFetchingNextPage,
    loadEarlier: () => void fetchNextPage(),
    refresh,
  };
}

/** New messages push old ones to later pages, so that pages may overlap. */
export function inOrder(pages: { data: TicketMessage[] }[]): TicketMessage[] {
  const byId = new Map<string, TicketMessage>();
  for (const page of pages) for (const message of page.data) if (!byId.has(message.id)) byId.set(message.id, message);
  return [...byId.values()].sort(
    (one, other) => Date.parse(one.created_at) - Date.parse(other.created_at) || (one.id < other.id ? -1 : 1)
  );
}
