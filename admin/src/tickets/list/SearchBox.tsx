// Looks for words in tickets and messages, or opens a ticket by its number.
import ClearIcon from '@mui/icons-material/Clear';
import SearchIcon from '@mui/icons-material/Search';
import { Box, IconButton, InputAdornment, TextField } from '@mui/material';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useCreatePath, useDataProvider, useEvent, useListContext, useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { Kbd, useHotkey } from '../../components';
import type { Ticket } from '../../types';
import { useFailure } from './useFailure';
import { useSetFilter } from './useSetFilter';

/** Milliseconds after the last letter. */
const PAUSE = 350;
/** `#12` and `ACME-12`. */
const NUMBER = /^(?:#|[a-z][a-z0-9]*-)(\d+)$/i;

/** Opens a ticket by its number, as people write it. */
function useOpenNumber() {
  const dataProvider = useDataProvider();
  const createPath = useCreatePath();
  const navigate = useNavigate();
  const notify = useNotify();
  const fail = useFailure();
  return async (text: string, number: number) => {
    try {
      const { data } = await dataProvider.getList<Ticket>('tickets', {
        pagination: { page: 1, perPage: 1 },
        sort: { field: 'number', order: 'DESC' },
        filter: { number, archived: [true, false] },
        meta: { fields: ['reference'] },
      });
      if (data[0]) navigate(createPath({ resource: 'tickets', type: 'show', id: data[0].id }));
      else notify('stoa.tickets.search.no_ticket', { type: 'info', messageArgs: { text } });
      return data.length > 0;
    } catch (error) {
      fail(error);
      return false;
    }
  };
}

/** The search of the list; `/` goes to it. */
export function SearchBox() {
  const t = useTranslate();
  const { filterValues } = useListContext<Ticket>();
  const setFilter = useSetFilter();
  const q = typeof filterValues.q === 'string' ? filterValues.q : '';
  const [text, setText] = useState(q);
  const sent = useRef(q);
  const input = useRef<HTMLInputElement>(null);
  const openNumber = useOpenNumber();

  useHotkey('/', () => input.current?.focus());

  useEffect(() => {
    // Another view, or a chip that was removed: not what is being typed.
    if (q !== sent.current) {
      sent.current = q;
      setText(q);
    }
  }, [q]);

  const send = useEvent((words: string) => {
    const next = words.trim();
    if (next === sent.current) return;
    sent.current = next;
    setFilter(({ q: _, ...rest }) => (next ? { ...rest, q: next } : rest), true);
  });

  useEffect(() => {
    // Whoever writes a number means one ticket; that is for Enter to open.
    if (NUMBER.test(text.trim())) return;
    const timer = setTimeout(() => send(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, send]);

  const clear = () => {
    setText('');
    send('');
    input.current?.focus();
  };

  const find = async (words: string, number: number) => {
    if (await openNumber(words, number)) setText(sent.current);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      const words = text.trim();
      const [, number] = NUMBER.exec(words) ?? [];
      if (number) void find(words, Number(number));
      else send(text);
    } else if (event.key === 'Escape') {
      if (text) clear();
      else input.current?.blur();
    }
  };

  return (
    <TextField
      type="search"
      value={text}
      onChange={event => setText(event.target.value)}
      onKeyDown={onKeyDown}
      placeholder={t('stoa.tickets.search.placeholder')}
      inputRef={input}
      fullWidth
      sx={{
        m: 0,
        '& .MuiInputBase-root': { bgcolor: 'background.paper', fontSize: '0.93rem', height: 34 },
        '& input::-webkit-search-cancel-button': { display: 'none' },
      }}
      slotProps={{
        htmlInput: { 'aria-label': t('stoa.tickets.search.label'), maxLength: 256 },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
          endAdornment: (
            <InputAdornment position="end">
              {text ? (
                <IconButton edge="end" aria-label={t('stoa.tickets.search.clear')} onClick={clear}>
                  <ClearIcon fontSize="small" />
                </IconButton>
              ) : (
                <Box component="span" sx={{ '@media (pointer: coarse)': { display: 'none' } }}>
                  <Kbd>/</Kbd>
                </Box>
              )}
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
