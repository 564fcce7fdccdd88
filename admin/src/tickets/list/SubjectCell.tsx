// The subject of a ticket, which is the link to it; with the begin of the last message where there is room.
import ArchiveIcon from '@mui/icons-material/ArchiveOutlined';
import MergeIcon from '@mui/icons-material/MergeType';
import SpamIcon from '@mui/icons-material/ReportOutlined';
import { Box, Tooltip } from '@mui/material';
import type { ReactElement } from 'react';
import { useCreatePath, useStore, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { UNSOLVED, type Ticket } from '../../types';
import { OPENER } from './cursor';

/** How much of a ticket a row tells. */
export type Density = 'compact' | 'comfortable';

/** The density that the reader chose. */
export function useDensity() {
  return useStore<Density>('tickets.density', 'comfortable');
}

/** The requester wrote last, and the staff has not answered yet. */
export function isWaiting(ticket: Ticket): boolean {
  const { last_client_message_at: asked, last_staff_message_at: answered } = ticket;
  return UNSOLVED.includes(ticket.status) && Boolean(asked) && (!answered || Date.parse(answered) < Date.parse(asked!));
}

function Mark({ title, icon }: { title: string; icon: ReactElement }) {
  return (
    <Tooltip title={title}>
      <Box
        component="span"
        role="img"
        aria-label={title}
        sx={{ display: 'inline-flex', color: 'text.secondary', '& svg': { fontSize: 16 } }}
      >
        {icon}
      </Box>
    </Tooltip>
  );
}

/** What is out of the ordinary about a ticket. */
export function Marks({ ticket }: { ticket: Ticket }) {
  const t = useTranslate();
  return (
    <>
      {isWaiting(ticket) && (
        <Tooltip title={t('stoa.tickets.row.waiting')}>
          <Box
            component="span"
            role="img"
            aria-label={t('stoa.tickets.row.waiting')}
            sx={{ width: 8, height: 8, borderRadius: '50%', bgcolor: 'primary.main', flexShrink: 0 }}
          />
        </Tooltip>
      )}
      {ticket.is_spam && <Mark title={t('stoa.tickets.row.spam')} icon={<SpamIcon />} />}
      {ticket.merged_into && <Mark title={t('stoa.tickets.row.merged')} icon={<MergeIcon />} />}
      {ticket.archived && <Mark title={t('stoa.tickets.row.archived')} icon={<ArchiveIcon />} />}
    </>
  );
}

const CUT = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

/** Subject and preview. What is in the trash cannot be opened. */
export function SubjectCell({ ticket, density, linked }: { ticket: Ticket; density: Density; linked: boolean }) {
  const createPath = useCreatePath();
  const weight = isWaiting(ticket) ? 600 : 500;
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minWidth: 0 }}>
        <Marks ticket={ticket} />
        {linked ? (
          <Box
            component={Link}
            to={createPath({ resource: 'tickets', type: 'show', id: ticket.id })}
            {...OPENER}
            // The row is clickable as well; the link alone knows of new tabs.
            onClick={event => event.stopPropagation()}
            sx={{ ...CUT, color: 'text.primary', fontWeight: weight, textDecoration: 'none' }}
          >
            {ticket.subject}
          </Box>
        ) : (
          <Box component="span" tabIndex={-1} {...OPENER} sx={{ ...CUT, fontWeight: weight }}>
            {ticket.subject}
          </Box>
        )}
      </Box>
      {density === 'comfortable' && (
        <Box sx={{ ...CUT, color: 'text.secondary', fontSize: '0.9em', minHeight: '1.4em' }}>
          {ticket.last_message_preview}
        </Box>
      )}
    </>
  );
}
