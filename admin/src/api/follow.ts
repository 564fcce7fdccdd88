// Lets this tab follow a log-in or log-out that happened in another one.
import { useEffect, useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useLogout } from 'ra-core';
import { useLocation, useNavigate } from 'react-router-dom';
import { isLoggingOut, onSessionChange, session } from './session';

const LOGIN = '/login';

/** Follows log-ins and log-outs; the layout has it through `useLive`, the log-in page calls it itself. */
export function useFollowSession(): void {
  const client = useQueryClient();
  const logout = useLogout();
  const navigate = useNavigate();
  const location = useLocation();
  const here = useRef(location);
  here.current = location;
  const person = useRef(session()?.session_id);

  useEffect(
    () =>
      onSessionChange(elsewhere => {
        const now = session()?.session_id;
        const before = person.current;
        person.current = now;
        const atLogin = here.current.pathname === LOGIN;
        if (now === undefined) {
          if (!isLoggingOut() && !atLogin) void logout({}, undefined, true);
        } else if (before !== undefined && before !== now) {
          client.clear();
          navigate('/');
        } else if (atLogin && elsewhere) {
          const state = here.current.state as { nextPathname?: string; nextSearch?: string } | null;
          navigate(`${state?.nextPathname ?? '/'}${state?.nextSearch ?? ''}`);
        }
      }),
    [client, logout, navigate],
  );
}
