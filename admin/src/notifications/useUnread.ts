// How many notifications are unread, kept fresh.
import { useQuery } from '@tanstack/react-query';
import { request } from '../api/client';

/** `exact` is false when there are more than are counted. */
export interface UnreadCount {
  count: number;
  exact: boolean;
}

/** Key of the number in the cache. */
export const UNREAD = ['notifications', 'unread_count'];
/** The live stream tells of changes; this is for when it is away, in milliseconds. */
const FRESH = 120_000;

/** The number of unread notifications. */
export function useUnread() {
  return useQuery({
    queryKey: UNREAD,
    queryFn: async ({ signal }) => (await request<UnreadCount>('/api/notifications/unread_count', { signal })).data,
    refetchInterval: FRESH,
  });
}
