// Marking notifications as read and unread: shown at once, then told to the server.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useDataProvider, useNotify, type GetListResult } from 'react-admin';
import { request } from '../api/client';
import { useErrorText } from '../components';
import type { StoaDataProvider } from '../dataProvider';
import type { Notification } from '../types';
import { UNREAD, type UnreadCount } from './useUnread';

const ALL = ['notifications'];
const LISTS = ['notifications', 'getList'];

/** What can be done with notifications. */
export interface Mark {
  read(notification: Notification): void;
  unread(notification: Notification): void;
  /** As `read`, for what is seen where it happened: no list need show it at once. */
  seen(notification: Notification): void;
  /** Marks those that there are now; answers with their number. */
  allRead(): Promise<number | undefined>;
}

/** The marks, with failures told to the person. */
export function useMark(): Mark {
  const client = useQueryClient();
  const provider = useDataProvider<StoaDataProvider>();
  const notify = useNotify();
  const errorText = useErrorText();

  const show = useCallback(
    (change: (notification: Notification) => Notification, count: (before: number) => number) => {
      client.setQueriesData<GetListResult<Notification>>(
        { queryKey: LISTS },
        list => list && { ...list, data: list.data.map(change) }
      );
      client.setQueryData<UnreadCount>(
        UNREAD,
        before => before && { ...before, count: Math.max(0, count(before.count)) }
      );
    },
    [client]
  );

  return useMemo(() => {
    const settle = async <T>(done: Promise<T>): Promise<T | undefined> => {
      try {
        return await done;
      } catch (error) {
        notify(errorText(error), { type: 'error' });
        return undefined;
      } finally {
        void client.invalidateQueries({ queryKey: ALL });
      }
    };
    const set = (one: Notification, is_read: boolean) =>
      show(
        other => (other.id === one.id ? { ...other, is_read } : other),
        count => count + (is_read ? -1 : 1)
      );
    return {
      read(notification) {
        if (notification.is_read) return;
        set(notification, true);
        void settle(provider.action('notifications', notification.id, 'read'));
      },
      unread(notification) {
        if (!notification.is_read) return;
        set(notification, false);
        const change = { id: notification.id, data: { is_read: false }, previousData: notification };
        void settle(provider.update<Notification>('notifications', change));
      },
      seen(notification) {
        void settle(provider.action('notifications', notification.id, 'read'));
      },
      async allRead() {
        show(
          other => ({ ...other, is_read: true }),
          () => 0
        );
        const done = await settle(request<{ updated: number }>('/api/notifications/read_all', { method: 'POST' }));
        return done?.data.updated;
      },
    };
  }, [client, errorText, notify, provider, show]);
}
