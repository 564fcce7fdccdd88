// Chooses one ticket or several from a search.
import SearchIcon from '@mui/icons-material/Search';
import {
  Box,
  InputAdornment,
  LinearProgress,
  List,
  ListItem,
  ListItemButton,
  ListItemIcon,
  ListItemText,
  TextField,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ErrorState, PersonName, StatusChip, TimeAgo } from '../../../components';
import type { Ticket } from '../../../types';
import { ChoiceMark } from './ChoiceMark';
import { useTicketSearch } from './useTicketSearch';

/** Most tickets of one merge. */
const MOST = 20;

/** A field for words and the tickets that it finds. */
export function TicketPicker({
  ticket,
  several,
  targets,
  chosen,
  onChange,
}: {
  ticket: Ticket;
  several: boolean;
  /** The chosen ticket goes on, so that closed ones cannot be chosen. */
  targets: boolean;
  chosen: Ticket[];
  onChange: (chosen: Ticket[]) => void;
}) {
  const t = useTranslate();
  const [text, setText] = useState('');
  const { found, isFetching, error } = useTicketSearch(text, ticket);
  // What was chosen stays in sight while the search goes on.
  const rows = [...chosen, ...found.filter(one => !chosen.some(other => other.id === one.id))];
  const toggle = (one: Ticket) => {
    const has = chosen.some(other => other.id === one.id);
    if (!several) onChange([one]);
    else onChange(has ? chosen.filter(other => other.id !== one.id) : [...chosen, one]);
  };
  return (
    <Box sx={{ mt: 1 }}>
      <TextField
        value={text}
        onChange={event => setText(event.target.value)}
        placeholder={t('stoa.ticket.merge.search')}
        fullWidth
        autoFocus
        slotProps={{
          htmlInput: { 'aria-label': t('stoa.ticket.merge.search') },
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" />
              </InputAdornment>
            ),
          },
        }}
      />
      <Box sx={{ height: 4 }}>{isFetching && <LinearProgress aria-label={t('ra.page.loading')} />}</Box>
      {error && <ErrorState error={error} />}
      <List
        aria-label={t('stoa.ticket.merge.found')}
        sx={{ maxHeight: 260, overflowY: 'auto', border: 1, borderColor: 'divider', borderRadius: 1, py: 0 }}
      >
        {rows.length === 0 && (
          <ListItem>
            <ListItemText secondary={isFetching ? t('ra.page.loading') : t('stoa.ticket.merge.nothing')} />
          </ListItem>
        )}
        {rows.map(one => {
          const checked = chosen.some(other => other.id === one.id);
          const barred = (targets && one.status === 'closed') || (!checked && several && chosen.length >= MOST);
          return (
            <ListItem key={one.id} disablePadding>
              <ListItemButton
                dense
                disabled={barred}
                selected={checked}
                onClick={() => toggle(one)}
                role={several ? 'checkbox' : 'radio'}
                aria-checked={checked}
                aria-label={`${one.reference} ${one.subject}`}
              >
                <ListItemIcon sx={{ minWidth: 32 }}>
                  <ChoiceMark several={several} checked={checked} />
                </ListItemIcon>
                <ListItemText
                  primary={
                    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', minWidth: 0 }}>
                      <Typography variant="body2" noWrap sx={{ minWidth: 0, flex: 1 }}>
                        <b>{one.reference}</b> {one.subject}
                      </Typography>
                      <StatusChip status={one.status} />
                    </Box>
                  }
                  secondary={
                    <Box component="span" sx={{ display: 'flex', gap: 1, alignItems: 'center', minWidth: 0 }}>
                      <PersonName id={one.requester_id} avatar={false} />
                      {one.requester_id === ticket.requester_id && ` (${t('stoa.ticket.merge.same')})`}
                      <TimeAgo value={one.created_at} />
                    </Box>
                  }
                  slotProps={{ secondary: { component: 'div' } }}
                />
              </ListItemButton>
            </ListItem>
          );
        })}
      </List>
    </Box>
  );
}
