// The field for the text; in a note an `@` offers the names of colleagues.
import { Box, MenuItem, MenuList, Paper, Popper, TextField } from '@mui/material';
import { useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useGetList, useTranslate } from 'react-admin';
import { PersonAvatar, STAFF } from '../../../components';
import type { User } from '../../../types';
import { matching, mentionAt, withMention, type MentionQuery } from './mentions';

/** A field that grows with its text. */
export function MentionField({
  value,
  onChange,
  onMention,
  label,
  placeholder,
  mentions,
  readOnly,
  rows,
  me,
  fieldRef,
}: {
  value: string;
  onChange: (text: string) => void;
  onMention: (id: string, name: string) => void;
  label: string;
  placeholder: string;
  /** Names can be mentioned here. */
  mentions: boolean;
  /** The text cannot be changed just now; the caret stays. */
  readOnly: boolean;
  rows: number;
  /** The writer, who is not offered. */
  me: string;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
}) {
  const t = useTranslate();
  const listId = useId();
  const anchor = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState<MentionQuery | null>(null);
  const [active, setActive] = useState(0);
  const { data: staff = [] } = useGetList<User>(
    'users',
    { filter: { role_in: STAFF }, sort: { field: 'name', order: 'ASC' }, pagination: { page: 1, perPage: 500 } },
    { enabled: mentions && query !== null, staleTime: 300_000 }
  );
  const offered = mentions && query ? matching(staff.filter(person => person.id !== me), query.text) : [];
  const open = offered.length > 0;

  const look = (field: HTMLTextAreaElement) => {
    const typing = mentions && field.selectionStart === field.selectionEnd;
    const found = typing ? mentionAt(field.value, field.selectionStart) : null;
    setQuery(found);
    if (found?.text !== query?.text) setActive(0);
  };
  const take = (person: User | undefined) => {
    const field = fieldRef.current;
    if (!person || !query || !field) return;
    const next = withMention(value, field.selectionStart, query, person.name);
    onMention(person.id, person.name);
    onChange(next.text);
    setQuery(null);
    // The caret can only be set when the new text is in the field.
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown') setActive((active + 1) % offered.length);
    else if (event.key === 'ArrowUp') setActive((active + offered.length - 1) % offered.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(offered[active]);
    else if (event.key === 'Escape') setQuery(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Box ref={anchor} onKeyDown={onKeyDown}>
      <TextField
        multiline
        fullWidth
        minRows={rows}
        maxRows={12}
        value={value}
        placeholder={placeholder}
        inputRef={fieldRef}
        onChange={event => {
          onChange(event.target.value);
          look(event.target as unknown as HTMLTextAreaElement);
        }}
        onSelect={event => look(event.target as HTMLTextAreaElement)}
        onBlur={() => setQuery(null)}
        slotProps={{
          htmlInput: {
            'aria-label': label,
            maxLength: 60_000,
            readOnly,
            'aria-autocomplete': mentions ? 'list' : undefined,
            'aria-controls': open ? listId : undefined,
            'aria-activedescendant': open ? `${listId}-${active}` : undefined,
          },
        }}
        sx={{
          opacity: readOnly ? 0.6 : 1,
          '& .MuiInputBase-root': { bgcolor: 'background.paper', alignItems: 'flex-start' },
        }}
      />
      <Popper open={open} anchorEl={anchor.current} placement="top-start" sx={{ zIndex: 'modal' }}>
        <Paper elevation={6} sx={{ minWidth: 220 }}>
          <MenuList id={listId} role="listbox" aria-label={t('stoa.ticket.composer.colleagues')} dense>
            {offered.map((person, at) => (
              <MenuItem
                key={person.id}
                id={`${listId}-${at}`}
                role="option"
                aria-selected={at === active}
                selected={at === active}
                // The field must not lose the focus to the list.
                onMouseDown={event => event.preventDefault()}
                onClick={() => take(person)}
                sx={{ gap: 1 }}
              >
                <PersonAvatar name={person.name} />
                {person.name}
              </MenuItem>
            ))}
          </MenuList>
        </Paper>
      </Popper>
    </Box>
  );
}
