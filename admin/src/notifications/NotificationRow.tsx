// One notification in a list: what happened, when, and whether it was read.
import DraftsOutlined from '@mui/icons-material/DraftsOutlined';
import MarkEmailUnreadOutlined from '@mui/icons-material/MarkEmailUnreadOutlined';
import { Box, IconButton, ListItem, ListItemButton, ListItemIcon, Tooltip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { Notification } from '../types';
import { KindIcon } from './kinds';
import type { Mark } from './useMark';

interface NotificationRowProps {
  notification: Notification;
  mark: Mark;
  /** When it was. */
  time: ReactNode;
  /** Called when the ticket is opened. */
  onOpen?: () => void;
}

/** A line that leads to the ticket, with a button that marks it. */
export function NotificationRow({ notification, mark, time, onOpen }: NotificationRowProps) {
  const t = useTranslate();
  const { is_read: isRead, ticket_id: ticket, title } = notification;
  const label = t(isRead ? 'stoa.notifications.mark_unread' : 'stoa.notifications.mark_read');
  const open = () => {
    mark.read(notification);
    onOpen?.();
  };
  return (
    <ListItem
      disablePadding
      secondaryAction={
        <Tooltip title={label}>
          <IconButton
            aria-label={`${label}: ${title}`}
            onClick={() => (isRead ? mark.unread(notification) : mark.read(notification))}
          >
            {isRead ? <MarkEmailUnreadOutlined fontSize="small" /> : <DraftsOutlined fontSize="small" />}
          </IconButton>
        </Tooltip>
      }
    >
      <ListItemButton
        {...(ticket ? { component: Link, to: `/tickets/${ticket}/show` } : {})}
        onClick={open}
        sx={{ alignItems: 'flex-start', py: 1, gap: 1 }}
      >
        <ListItemIcon sx={{ minWidth: 0, pt: '1px', color: isRead ? 'text.secondary' : 'primary.main' }}>
          <KindIcon kind={notification.kind} />
        </ListItemIcon>
        <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
          <Typography
            variant="body2"
            component="span"
            sx={{ display: 'block', overflowWrap: 'anywhere', fontWeight: isRead ? 400 : 600 }}
          >
            {title}
            {notification.count > 1 && (
              <Box
                component="span"
                title={t('stoa.notifications.times', { smart_count: notification.count })}
                sx={{ ml: 0.75, color: 'text.secondary', fontWeight: 400 }}
              >
                ×{notification.count}
              </Box>
            )}
          </Typography>
          <Typography variant="caption" component="span" sx={{ color: 'text.secondary' }}>
            {time}
          </Typography>
        </Box>
        {!isRead && (
          <Box
            component="span"
            role="img"
            aria-label={t('stoa.notifications.unread_mark')}
            sx={{ width: 8, height: 8, borderRadius: '50%', bgcolor: 'primary.main', mt: 0.75, mr: 1, flexShrink: 0 }}
          />
        )}
      </ListItemButton>
    </ListItem>
  );
}
