// Keeps the reader's place in a conversation: at the newest message if there, else where it was.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TicketMessage } from '../../../types';

/** Nearer to the end than this counts as being there. */
const NEAR = 60;

/** Binds to the element that scrolls and to its content. */
export function useScrollKeeper(messages: TicketMessage[], mine: string) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const place = useRef({ atEnd: true, top: 0, height: 0 });
  const known = useRef<{ first?: string; last?: string }>({});
  const [unread, setUnread] = useState(0);

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    place.current = { atEnd: true, top: box.scrollTop, height: box.scrollHeight };
    setUnread(0);
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    place.current = { atEnd, top: box.scrollTop, height: box.scrollHeight };
    if (atEnd) setUnread(0);
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    const first = messages[0]?.id;
    const last = messages.at(-1)?.id;
    const before = known.current;
    known.current = { first, last };
    if (!box || !last) return;
    if (!before.last) {
      toEnd();
      return;
    }
    if (before.last !== last) {
      const at = messages.findIndex(message => message.id === before.last);
      const added = at < 0 ? [] : messages.slice(at + 1);
      if (place.current.atEnd || added.some(message => message.author_id === mine)) toEnd();
      else setUnread(count => count + added.length);
    } else if (before.first !== first) {
      // Earlier messages came in above: what was in sight stays in sight.
      box.scrollTop = place.current.top + box.scrollHeight - place.current.height;
      onScroll();
    }
  }, [messages, mine, onScroll, toEnd]);

  // A growing composer or a late picture must not push the newest message out of sight.
  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return undefined;
    const observer = new ResizeObserver(() => {
      if (place.current.atEnd) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);

  return { scroller, content, onScroll, unread, toEnd };
}
