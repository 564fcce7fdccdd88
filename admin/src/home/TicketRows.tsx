// A short list of tickets on the start page: one line each, the whole line leads to the ticket.
import { Box, List, ListItem, ListItemButton, Skeleton, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { PriorityChip, StatusChip, TimeAgo } from '../components';
import type { Ticket } from '../types';

/** Height of a line, in pixels: what is still loading takes the place that it will have. */
export const ROW = 34;
const LATE = 24 * 3_600_000;

interface TicketRowsProps {
  tickets?: Ticket[];
  /** Which time of the ticket stands at the end of the line. */
  time: (ticket: Ticket) => string;
  /** Tells what is older than a day apart. */
  marksLate?: boolean;
  /** Number of lines while loading, and the least height. */
  rows: number;
  label: string;
}

/** Lines with reference, subject, state and time. */
export function TicketRows({ tickets, time, marksLate, rows, label }: TicketRowsProps) {
  return (
    <List disablePadding aria-label={label} sx={{ mx: -1, minHeight: { md: rows * ROW } }}>
      {tickets
        ? tickets.map(ticket => <Row key={ticket.id} ticket={ticket} at={time(ticket)} marksLate={marksLate} />)
        : Array.from({ length: rows }, (_, row) => (
            <ListItem key={row} sx={{ height: ROW, px: 1 }}>
              <Skeleton width="100%" />
            </ListItem>
          ))}
    </List>
  );
}

function Row({ ticket, at, marksLate }: { ticket: Ticket; at: string; marksLate?: boolean }) {
  const t = useTranslate();
  const late = marksLate && Date.now() - Date.parse(at) > LATE;
  const pressing = ticket.priority === 'urgent' || ticket.priority === 'high';
  return (
    <ListItem disablePadding>
      <ListItemButton
        component={Link}
        to={`/tickets/${ticket.id}/show`}
        sx={{ height: ROW, px: 1, gap: 1, borderRadius: 1 }}
      >
        <Typography
          variant="body2"
          component="span"
          sx={{
            // On a phone the subject needs the place.
            display: { xs: 'none', sm: 'block' },
            color: 'text.secondary',
            minWidth: '4.5em',
            flexShrink: 0,
            fontVariantNumeric: 'tabular-nums',
          }}
        >
          {ticket.reference}
        </Typography>
        <Typography variant="body2" component="span" noWrap sx={{ flex: 1, minWidth: 0 }}>
          {ticket.subject}
        </Typography>
        {pressing && (
          <Box component="span" sx={{ display: { xs: 'none', sm: 'block' } }}>
            <PriorityChip priority={ticket.priority} />
          </Box>
        )}
        <StatusChip status={ticket.status} />
        <Typography
          variant="body2"
          component="span"
          title={late ? t('stoa.home.late') : undefined}
          sx={{
            flexShrink: 0,
            minWidth: { xs: '4em', sm: '5.5em' },
            textAlign: 'right',
            color: late ? 'warning.main' : 'text.secondary',
            fontWeight: late ? 600 : 400,
          }}
        >
          <TimeAgo value={at} />
        </Typography>
      </ListItemButton>
    </ListItem>
  );
}
