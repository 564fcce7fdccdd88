// The search above the list of requests; it searches while one types.
import ClearIcon from '@mui/icons-material/Clear';
import SearchIcon from '@mui/icons-material/Search';
import { IconButton, InputAdornment, TextField } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';

/** Rest after a letter before the search begins, in milliseconds. */
const REST = 350;

/** Field for words to search for. */
export function SearchField({ words, onSearch }: { words: string; onSearch: (words: string) => void }) {
  const t = useTranslate();
  const [typed, setTyped] = useState(words);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });
  useEffect(() => {
    const next = typed.trim();
    if (next === words) return;
    const timer = setTimeout(() => search.current(next), next ? REST : 0);
    return () => clearTimeout(timer);
  }, [typed, words]);
  return (
    <TextField
      value={typed}
      onChange={event => setTyped(event.target.value)}
      placeholder={t('stoa.portal.list.search')}
      sx={{ flex: 1, minWidth: 200 }}
      slotProps={{
        htmlInput: { 'aria-label': t('stoa.portal.list.search'), type: 'search', enterKeyHint: 'search' },
        input: {
          sx: { bgcolor: 'background.paper', '& ::-webkit-search-cancel-button': { display: 'none' } },
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
          endAdornment: typed && (
            <InputAdornment position="end">
              <IconButton aria-label={t('stoa.portal.list.clear')} edge="end" onClick={() => setTyped('')}>
                <ClearIcon fontSize="small" />
              </IconButton>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
