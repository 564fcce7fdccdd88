// Tells of new notifications as they come, and takes as read what the person is looking at.
import { Alert, Button } from '@mui/material';
import { useEffect, useRef } from 'react';
import { useCloseNotification, useDataProvider, useNotify, useTranslate } from 'react-admin';
import { Link, matchPath, useLocation } from 'react-router-dom';
import { onNotification } from '../api/live';
import type { StoaDataProvider } from '../dataProvider';
import type { Notification } from '../types';
import type { Mark } from './useMark';

/** What comes within this many milliseconds is told in one toast. */
const TOGETHER = 800;
/** Away from where people write and press buttons. */
const CORNER = { vertical: 'top', horizontal: 'right' } as const;
/** Most notifications of one ticket that are taken as read when it is opened. */
const AT_ONCE = 25;

/** The ticket whose page is open. */
function useOpenTicket(): string | undefined {
  const { pathname } = useLocation();
  const id = matchPath('/tickets/:id/*', pathname)?.params.id;
  return id && id !== 'create' ? id : undefined;
}

/** Listens for as long as the bell is there. */
export function useArrivals(mark: Mark): void {
  const ticket = useOpenTicket();
  const provider = useDataProvider<StoaDataProvider>();
  const notify = useNotify();
  const current = useRef({ ticket, mark, notify });
  useEffect(() => {
    current.current = { ticket, mark, notify };
  });

  useEffect(() => {
    let waiting: Notification[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      const toast = <Arrival notifications={waiting} mark={current.current.mark} />;
      waiting = [];
      current.current.notify(toast, { type: 'info', autoHideDuration: 6_000, anchorOrigin: CORNER });
    };
    const stop = onNotification(notification => {
      if (notification.is_read) return;
      if (notification.ticket_id === current.current.ticket && document.visibilityState === 'visible') {
        current.current.mark.seen(notification);
        return;
      }
      waiting = [notification, ...waiting.filter(other => other.id !== notification.id)];
      clearTimeout(timer);
      timer = setTimeout(tell, TOGETHER);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);

  useEffect(() => {
    if (!ticket) return;
    let left = false;
    const unread = {
      // A page may be addressed by the number of its ticket, which notifications do not know.
      filter: { ticket_id: ticket, is_read: false },
      pagination: { page: 1, perPage: AT_ONCE },
      sort: { field: 'created_at', order: 'DESC' as const },
    };
    provider
      .getList<Notification>('notifications', unread)
      .then(({ data }) => !left && data.forEach(one => current.current.mark.seen(one)))
      // It is a courtesy: without it the notifications stay unread, which they may.
      .catch(() => undefined);
    return () => {
      left = true;
    };
  }, [ticket, provider]);
}

function Arrival({ notifications, mark }: { notifications: Notification[]; mark: Mark }) {
  const t = useTranslate();
  const close = useCloseNotification();
  const [first] = notifications;
  const single = notifications.length === 1 && first?.ticket_id ? first : undefined;
  const open = () => {
    if (single) mark.read(single);
    close();
  };
  return (
    <Alert
      severity="info"
      role="status"
      sx={{ mt: 4, boxShadow: 6, alignItems: 'center', '& .MuiAlert-action': { pt: 0 } }}
      action={
        <Button
          component={Link}
          to={single ? `/tickets/${single.ticket_id}/show` : '/notifications'}
          onClick={open}
          color="inherit"
        >
          {t(single ? 'stoa.notifications.open' : 'stoa.notifications.show')}
        </Button>
      }
    >
      {single ? single.title : t('stoa.notifications.several', { smart_count: notifications.length })}
    </Alert>
  );
}
