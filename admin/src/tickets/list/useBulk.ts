// Changes many tickets at once: shown at once, sent when it is too late to undo.
import { useQueryClient } from '@tanstack/react-query';
import {
  useDeleteMany,
  useListContext,
  useNotify,
  useUpdateMany,
  type GetListResult,
} from 'react-admin';
import { useMay } from '../../api/permissions';
import type { Ticket } from '../../types';
import { useFailure } from './useFailure';

/** What the API does with each ticket of a bulk call. */
export type BulkAction =
  | { action: 'assign'; assignee_id?: string | null; department_id?: string | null }
  | { action: 'status'; status: Ticket['status']; comment?: string; wake_at?: string; reason?: string }
  | { action: 'add_tags' | 'remove_tags'; tag_ids: string[] }
  | { action: 'archive' };

/** Milliseconds in which it can be undone. */
const UNDO = 5_000;

/** Whether the reader may change many tickets at once. */
export function useMayBulk(): boolean {
  return useMay('tickets', 'bulk');
}

/** How a bulk change shows in one ticket, until the server tells. */
export function after(action: BulkAction, ticket: Ticket): Ticket {
  switch (action.action) {
    case 'add_tags':
      return { ...ticket, tag_ids: [...new Set([...ticket.tag_ids, ...action.tag_ids])] };
    case 'remove_tags':
      return { ...ticket, tag_ids: ticket.tag_ids.filter(id => !action.tag_ids.includes(id)) };
    default:
      return ticket;
  }
}

function changed(action: BulkAction, me: string | undefined): Partial<Ticket> {
  if (action.action === 'status') return { status: action.status };
  if (action.action !== 'assign') return {};
  const { assignee_id: to, department_id } = action;
  return {
    ...(to !== undefined && { assignee_id: to === 'me' ? (me ?? null) : to }),
    ...(department_id !== undefined && { department_id }),
  };
}

/** Changes the selected tickets. */
export function useBulk(me: string | undefined) {
  const notify = useNotify();
  const onError = useFailure();
  const client = useQueryClient();
  const { selectedIds, onUnselectItems } = useListContext<Ticket>();
  const [updateMany] = useUpdateMany<Ticket>();
  const [deleteMany] = useDeleteMany<Ticket>();

  const told = (name: string, count: number) => {
    notify(`stoa.tickets.bulk.done.${name}`, {
      messageArgs: { smart_count: count },
      type: 'info',
      undoable: true,
      autoHideDuration: UNDO,
    });
    onUnselectItems();
  };

  /** What React Admin cannot show by itself: changes that differ by ticket, and tickets that leave the list. */
  const show = (action: BulkAction, ids: string[]) =>
    client.setQueriesData<GetListResult<Ticket>>(
      { queryKey: ['tickets', 'getList'] },
      list => {
        if (!list?.data) return list;
        if (action.action === 'archive') {
          const data = list.data.filter(ticket => !ids.includes(ticket.id));
          const gone = list.data.length - data.length;
          return { ...list, data, total: list.total === undefined ? undefined : list.total - gone };
        }
        return { ...list, data: list.data.map(one => (ids.includes(one.id) ? after(action, one) : one)) };
      },
      { updatedAt: Date.now() + UNDO }
    );

  const run = (action: BulkAction) => {
    const ids: string[] = [...selectedIds];
    void updateMany(
      'tickets',
      { ids, data: changed(action, me), meta: { bulk: action } },
      {
        mutationMode: 'undoable',
        onSuccess: () => {
          show(action, ids);
          told(action.action, ids.length);
        },
        onError,
      }
    );
  };

  const remove = () => {
    const ids: string[] = [...selectedIds];
    void deleteMany(
      'tickets',
      { ids },
      { mutationMode: 'undoable', onSuccess: () => told('delete', ids.length), onError }
    );
  };

  return { run, remove, count: selectedIds.length };
}
