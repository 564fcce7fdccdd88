// The tickets on a phone: one under the other, what matters first.
import { Box, Checkbox, List, ListItem, Typography } from '@mui/material';
import { RecordContextProvider, useCreatePath, useListContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { PersonName, PriorityChip, StatusChip, TimeAgo } from '../../components';
import type { Ticket } from '../../types';
import { RestoreButton } from './RestoreButton';
import { isWaiting, Marks } from './SubjectCell';
import { useViews } from './ViewsContext';

const LINES = { display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden' } as const;

function Content({ ticket }: { ticket: Ticket }) {
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, color: 'text.secondary', fontSize: '0.85em' }}>
        <Box component="span" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          {ticket.reference}
        </Box>
        <Marks ticket={ticket} />
        <Box component="span" sx={{ ml: 'auto' }}>
          <TimeAgo value={ticket.updated_at} />
        </Box>
      </Box>
      <Typography component="span" sx={{ ...LINES, fontWeight: isWaiting(ticket) ? 600 : 500, my: 0.25 }}>
        {ticket.subject}
      </Typography>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0, fontSize: '0.93em' }}>
        <StatusChip status={ticket.status} />
        {ticket.priority !== 'normal' && <PriorityChip priority={ticket.priority} />}
        <Box component="span" sx={{ ml: 'auto', minWidth: 0, color: 'text.secondary', fontSize: '0.9em' }}>
          <PersonName id={ticket.requester_id} avatar={false} />
        </Box>
      </Box>
    </>
  );
}

/** The list; with `selecting` each ticket has a box to tick. */
export function TicketCards({ selecting }: { selecting: boolean }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const { data = [], selectedIds, onToggleItem, isPlaceholderData } = useListContext<Ticket>();
  const { current } = useViews();
  const trash = Boolean(current?.trash);
  return (
    <List disablePadding aria-label={t('stoa.tickets.list')} sx={{ opacity: isPlaceholderData ? 0.6 : 1 }}>
      {data.map(ticket => (
        <ListItem key={ticket.id} disablePadding divider sx={{ alignItems: 'stretch' }}>
          {selecting && (
            <Checkbox
              checked={selectedIds.includes(ticket.id)}
              onChange={() => onToggleItem(ticket.id)}
              slotProps={{ input: { 'aria-label': t('stoa.tickets.row.select', { reference: ticket.reference }) } }}
            />
          )}
          {trash ? (
            <Box sx={{ flex: 1, minWidth: 0, px: 1.5, py: 1 }}>
              <Content ticket={ticket} />
              <RecordContextProvider value={ticket}>
                <RestoreButton />
              </RecordContextProvider>
            </Box>
          ) : (
            <Box
              component={Link}
              to={createPath({ resource: 'tickets', type: 'show', id: ticket.id })}
              sx={{ flex: 1, minWidth: 0, px: 1.5, py: 1, color: 'inherit', textDecoration: 'none' }}
            >
              <Content ticket={ticket} />
            </Box>
          )}
        </ListItem>
      ))}
    </List>
  );
}
