// Requests as a plain list: what it is about, where it stands, and what was said last.
import { Box, Card, List, ListItem, ListItemButton, Skeleton, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMe } from '../api/me';
import { TimeAgo } from '../components';
import type { Ticket } from '../types';
import { StandingChip } from './StandingChip';

const WAITING = 6;

/** The list, or its shape while it loads. */
export function RequestRows({ tickets }: { tickets?: Ticket[] }) {
  return (
    <Card>
      <List disablePadding sx={{ '& > li + li': { borderTop: 1, borderColor: 'divider' } }}>
        {tickets
          ? tickets.map(ticket => <Row key={ticket.id} ticket={ticket} />)
          : Array.from({ length: WAITING }, (_, row) => (
              <ListItem key={row} sx={{ display: 'block', px: 2, py: 1.5, height: 98 }}>
                <Skeleton width="60%" />
                <Skeleton width="90%" />
                <Skeleton width="40%" />
              </ListItem>
            ))}
      </List>
    </Card>
  );
}

function Row({ ticket }: { ticket: Ticket }) {
  const t = useTranslate();
  const me = useMe();
  const waits = ticket.status === 'pending';
  const details = [
    ticket.reference,
    ticket.public_message_count > 1 &&
      t('stoa.portal.list.messages', { smart_count: ticket.public_message_count }),
    me && ticket.requester_id !== me.id && t('stoa.portal.list.copied'),
  ].filter(Boolean);
  return (
    <ListItem disablePadding>
      <ListItemButton
        component={Link}
        to={`/tickets/${ticket.id}/show`}
        sx={{
          display: 'block',
          px: 2,
          py: 1.5,
          borderLeft: 3,
          borderLeftColor: waits ? 'warning.main' : 'transparent',
        }}
      >
        <Box component="span" sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
          <Typography component="span" noWrap sx={{ flex: 1, minWidth: 0, fontSize: '0.95rem', fontWeight: 600 }}>
            {ticket.subject}
          </Typography>
          <Typography variant="body2" component="span" color="textSecondary">
            <TimeAgo value={ticket.last_public_message_at ?? ticket.created_at} />
          </Typography>
        </Box>
        <Typography
          variant="body2"
          component="span"
          noWrap
          sx={{ display: 'block', color: 'text.secondary', minHeight: '1.43em', my: 0.5 }}
        >
          {ticket.last_message_preview}
        </Typography>
        <Box component="span" sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
          <StandingChip status={ticket.status} />
          <Typography variant="body2" component="span" color="textSecondary">
            {details.join(' · ')}
          </Typography>
        </Box>
      </ListItemButton>
    </ListItem>
  );
}
