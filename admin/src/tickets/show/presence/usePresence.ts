// Tells colleagues that somebody looks at the ticket or writes, and learns the same of them.
import { useEffect, useRef, useState } from 'react';
import { ApiError, request } from '../../../api/client';

/** A colleague who is on the same ticket now. */
export interface Present {
  user_id: string;
  user_name: string;
  activity: 'viewing' | 'writing';
  seen_at: string;
}

/** The server forgets after half a minute. */
const EVERY_MS = 10_000;

/** Colleagues on the ticket, as long as the tab is looked at. Falls silent for good where it is not wanted. */
export function usePresence(ticketId: string, writing: boolean, enabled: boolean): Present[] {
  const [others, setOthers] = useState<Present[]>([]);
  const [refused, setRefused] = useState(false);
  // The server knows that the reader is here.
  const heard = useRef(false);
  const active = enabled && !refused;

  useEffect(() => {
    if (!active) return undefined;
    let stopped = false;
    const path = `/api/tickets/${ticketId}/presence`;
    const tell = async () => {
      if (document.hidden) return;
      try {
        const body = { activity: writing ? 'writing' : 'viewing' };
        const { data } = await request<{ data: Present[] }>(path, { method: 'PUT', body });
        heard.current = true;
        if (!stopped) setOthers(data.data);
      } catch (error) {
        if (stopped) return;
        setOthers([]);
        if (error instanceof ApiError && (error.status === 404 || error.status === 403)) setRefused(true);
      }
    };
    void tell();
    const timer = setInterval(() => void tell(), EVERY_MS);
    const onVisible = () => void tell();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      stopped = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [active, ticketId, writing]);

  useEffect(() => {
    if (!active) return undefined;
    return () => {
      if (!heard.current) return;
      heard.current = false;
      // Who leaves is gone at once, not after half a minute; if this fails, the half minute does it.
      request(`/api/tickets/${ticketId}/presence`, { method: 'DELETE' }).catch(() => undefined);
    };
  }, [active, ticketId]);

  return active ? others : [];
}
