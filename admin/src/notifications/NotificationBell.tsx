// The bell in the bar: how much is unread, and the newest notifications at a click.
import NotificationsOutlined from '@mui/icons-material/NotificationsOutlined';
import { Badge, Box, Button, Divider, IconButton, List, Popover, Skeleton, Tooltip, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useGetList, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyState, ErrorState, TimeAgo } from '../components';
import type { Notification } from '../types';
import { NotificationRow } from './NotificationRow';
import { useArrivals } from './useArrivals';
import { useMark, type Mark } from './useMark';
import { useUnread } from './useUnread';

const NEWEST = 10;

/** Bell with the number of unread notifications. */
export default function NotificationBell() {
  const t = useTranslate();
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const mark = useMark();
  const { data: unread } = useUnread();
  useArrivals(mark);
  const count = unread?.count ?? 0;
  const label = count ? t('stoa.notifications.bell', { smart_count: count }) : t('stoa.notifications.bell_none');
  const close = () => setAnchor(null);
  return (
    <>
      <Tooltip title={label}>
        <IconButton
          color="inherit"
          size="medium"
          aria-label={label}
          aria-haspopup="dialog"
          aria-expanded={anchor !== null}
          onClick={event => setAnchor(event.currentTarget)}
        >
          <Badge badgeContent={count} max={99} color="error" overlap="circular">
            <NotificationsOutlined />
          </Badge>
        </IconButton>
      </Tooltip>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-labelledby': id,
            sx: {
              width: 400,
              maxWidth: 'calc(100vw - 32px)',
              display: 'flex',
              flexDirection: 'column',
              border: 1,
              borderColor: 'divider',
            },
          },
        }}
      >
        <Newest titleId={id} mark={mark} hasUnread={count > 0} onClose={close} />
      </Popover>
    </>
  );
}

interface NewestProps {
  titleId: string;
  mark: Mark;
  hasUnread: boolean;
  onClose: () => void;
}

function Newest({ titleId, mark, hasUnread, onClose }: NewestProps) {
  const t = useTranslate();
  const { data, error, refetch } = useGetList<Notification>('notifications', {
    sort: { field: 'created_at', order: 'DESC' },
    pagination: { page: 1, perPage: NEWEST },
  });
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, pl: 2, pr: 1, py: 1 }}>
        <Typography id={titleId} variant="h6" component="h2" sx={{ flex: 1 }}>
          {t('stoa.notifications.title')}
        </Typography>
        {hasUnread && (
          <Button onClick={() => void mark.allRead()}>{t('stoa.notifications.mark_all_read')}</Button>
        )}
      </Box>
      <Divider />
      <Box sx={{ overflowY: 'auto', maxHeight: 'min(60vh, 480px)' }}>
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data?.length === 0 ? (
          <EmptyState title={t('stoa.notifications.empty')} body={t('stoa.notifications.empty_body')} />
        ) : (
          <List disablePadding aria-labelledby={titleId}>
            {data
              ? data.map(one => (
                  <NotificationRow
                    key={one.id}
                    notification={one}
                    mark={mark}
                    time={<TimeAgo value={one.created_at} />}
                    onOpen={onClose}
                  />
                ))
              : Array.from({ length: 5 }, (_, row) => (
                  <Box component="li" key={row} sx={{ px: 2, py: 1 }}>
                    <Skeleton />
                    <Skeleton width="30%" />
                  </Box>
                ))}
          </List>
        )}
      </Box>
      <Divider />
      <Box sx={{ display: 'flex', justifyContent: 'space-between', p: 1 }}>
        <Button component={Link} to="/notifications" onClick={onClose}>
          {t('stoa.notifications.see_all')}
        </Button>
        <Button component={Link} to="/notifications/preferences" onClick={onClose}>
          {t('stoa.notifications.preferences')}
        </Button>
      </Box>
    </>
  );
}
