// How much room the page has: what is left below the frame, and whether two panes fit side by side.
import { useLayoutEffect, useRef, useState } from 'react';

/** Two panes need this width. */
const TWO_PANES = 860;

/** Measures the element that holds the page. */
export function useRoom() {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ top: 48, wide: false });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = () => {
      const { top, width } = element.getBoundingClientRect();
      const next = { top: Math.round(top + window.scrollY), wide: width >= TWO_PANES };
      setRoom(before => (before.top === next.top && before.wide === next.wide ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // Banners of the frame push the page down without changing its size.
    if (element.parentElement) observer.observe(element.parentElement);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, []);
  return { box, ...room };
}
