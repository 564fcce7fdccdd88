// The numbers of the start page, kept fresh while it is open.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError, request } from '../api/client';
import { onNotification } from '../api/live';
import type { Priority, Status, Ticket } from '../types';
import { atMostEvery } from './throttle';

/** What happened on one day of the company. */
export interface Day {
  date: string;
  created: number;
  solved: number;
}

/** Counts of the tickets that the caller sees. */
export interface Overview {
  by_status: Record<Status, number>;
  by_priority: Record<Priority, number>;
  unassigned: number;
  mine: { open: number; pending: number };
  days: Day[];
  oldest_unanswered: Ticket[];
  unanswered: number;
  /** False when there are more solved or closed tickets than are counted. */
  exact: boolean;
  /** Time zone of the days. */
  timezone: string;
}

const KEY = ['reports', 'overview'];
/** Without any notification the numbers are this old at most, in milliseconds. */
const FRESH = 120_000;
/** Notifications come in bursts; the numbers are read again once in this span. */
const SPAN = 15_000;

/** The overview of the last `days` days; it refreshes itself. */
export function useOverview(days: number) {
  const client = useQueryClient();
  useEffect(() => {
    const refresh = atMostEvery(SPAN, () => void client.invalidateQueries({ queryKey: KEY }));
    const stop = onNotification(() => refresh.call());
    return () => {
      stop();
      refresh.cancel();
    };
  }, [client]);
  return useQuery({
    queryKey: [...KEY, { days }],
    queryFn: async ({ signal }) => {
      const answer = await request<Overview>('/api/reports/overview', { query: { days }, signal });
      return answer.data;
    },
    placeholderData: keepPreviousData,
    refetchInterval: FRESH,
  });
}

/** Whether the caller has no overview at all, which is no failure. */
export function isWithoutOverview(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404);
}
