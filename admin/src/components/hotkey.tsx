// Keys that do things: what to press, and how it is shown.
import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';

/** Runs `handler` on a key: `j`, `/`, `?`, `g>h` (one after the other) or `mod+enter`. Keys typed into fields only count with `mod`. */
export function useHotkey(keys: string, handler: () => void, enabled = true): void {
  const typed = /\bmod\b/.test(keys);
  useHotkeys(
    keys.replace(' ', '>'),
    event => {
      event.preventDefault();
      handler();
    },
    { enabled, useKey: true, enableOnFormTags: typed, enableOnContentEditable: typed },
    [handler]
  );
}

/** A key as it is printed on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <Box
      component="kbd"
      sx={{
        border: 1,
        borderColor: 'divider',
        borderBottomWidth: 2,
        borderRadius: 1,
        px: 0.6,
        fontFamily: 'inherit',
        fontSize: '0.75rem',
        bgcolor: 'background.default',
        color: 'text.secondary',
      }}
    >
      {children}
    </Box>
  );
}
