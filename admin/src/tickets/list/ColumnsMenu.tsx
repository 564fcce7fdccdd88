// Which columns the table has, and in which order; kept where React Admin's table looks for them.
import DownIcon from '@mui/icons-material/KeyboardArrowDown';
import UpIcon from '@mui/icons-material/KeyboardArrowUp';
import ColumnsIcon from '@mui/icons-material/ViewWeekOutlined';
import { Box, Button, Checkbox, FormControlLabel, IconButton, Popover, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useViews } from './ViewsContext';
import { orderOf, stateOf, type Column } from './views';

/** The column by which a ticket is opened is always there. */
const FIXED: Column = 'subject';

function ColumnLine({ column, place, last }: { column: Column; place: number; last: number }) {
  const t = useTranslate();
  const { columnState: state, setColumnState } = useViews();
  const name = t(`stoa.tickets.column.${column}`);
  const order = orderOf(state);
  const hidden = state.hidden.includes(column);

  const toggle = () =>
    setColumnState({
      ...state,
      hidden: hidden ? state.hidden.filter(one => one !== column) : [...state.hidden, column],
    });
  const move = (by: 1 | -1) => {
    const next = [...order];
    [next[place], next[place + by]] = [next[place + by], next[place]];
    setColumnState(stateOf(next, state.hidden));
  };

  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center' }}>
      <FormControlLabel
        label={name}
        disabled={column === FIXED}
        control={<Checkbox size="small" checked={!hidden} onChange={toggle} sx={{ p: 0.5 }} />}
        sx={{ flex: 1, m: 0, '& .MuiFormControlLabel-label': { fontSize: '0.93rem', ml: 0.5 } }}
      />
      <IconButton
        aria-label={t('stoa.tickets.columns.up', { name })}
        disabled={place === 0}
        onClick={() => move(-1)}
        sx={{ p: 0.25 }}
      >
        <UpIcon fontSize="small" />
      </IconButton>
      <IconButton
        aria-label={t('stoa.tickets.columns.down', { name })}
        disabled={place === last}
        onClick={() => move(1)}
        sx={{ p: 0.25 }}
      >
        <DownIcon fontSize="small" />
      </IconButton>
    </Box>
  );
}

/** A button that opens the columns. */
export function ColumnsMenu() {
  const t = useTranslate();
  const id = useId();
  const { columnState: state, setColumnState } = useViews();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const order = orderOf(state);
  return (
    <>
      <Button
        startIcon={<ColumnsIcon />}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('stoa.tickets.columns.button')}
      </Button>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { role: 'dialog', 'aria-labelledby': id, sx: { p: 1.5, width: 250 } } }}
      >
        <Typography id={id} variant="subtitle2" component="h2" sx={{ mb: 0.5 }}>
          {t('stoa.tickets.columns.title')}
        </Typography>
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {order.map((column, place) => (
            <ColumnLine key={column} column={column} place={place} last={order.length - 1} />
          ))}
        </Box>
        <Button onClick={() => setColumnState(null)} sx={{ mt: 0.5 }}>
          {t('stoa.tickets.columns.reset')}
        </Button>
      </Popover>
    </>
  );
}
