// Where views are chosen: a rail beside the list, or a button with a drawer where there is no room for one.
import ArrowIcon from '@mui/icons-material/ArrowDropDown';
import HideIcon from '@mui/icons-material/KeyboardDoubleArrowLeft';
import ShowIcon from '@mui/icons-material/KeyboardDoubleArrowRight';
import { Box, Button, Drawer, IconButton, Tooltip, Typography } from '@mui/material';
import { useState } from 'react';
import { useStore, useTranslate } from 'react-admin';
import { ViewMenu } from './ViewMenu';
import { useFreshCounts } from './ViewCount';
import { useViews } from './ViewsContext';

/** Whether the rail is shown, where there is room. */
export function useRail() {
  return useStore<boolean>('tickets.list.rail', true);
}

/** The rail. */
export function ViewRail() {
  const t = useTranslate();
  const [, setShown] = useRail();
  useFreshCounts();
  return (
    <Box
      component="nav"
      aria-label={t('stoa.tickets.view.heading')}
      sx={{ width: 204, flexShrink: 0, overflowY: 'auto', pr: 0.5, pb: 1 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', pl: 1, minHeight: 36 }}>
        <Typography variant="subtitle2" component="h2" sx={{ flex: 1 }}>
          {t('stoa.tickets.view.heading')}
        </Typography>
        <Tooltip title={t('stoa.tickets.view.hide')}>
          <IconButton aria-label={t('stoa.tickets.view.hide')} onClick={() => setShown(false)}>
            <HideIcon fontSize="small" />
          </IconButton>
        </Tooltip>
      </Box>
      <ViewMenu />
    </Box>
  );
}

/** Brings the rail back. */
export function ShowRailButton() {
  const t = useTranslate();
  const [, setShown] = useRail();
  return (
    <Tooltip title={t('stoa.tickets.view.show')}>
      <IconButton aria-label={t('stoa.tickets.view.show')} onClick={() => setShown(true)}>
        <ShowIcon fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}

function Views({ onChoose }: { onChoose: () => void }) {
  useFreshCounts();
  return <ViewMenu onChoose={onChoose} />;
}

/** The current view's name; opens the others. */
export function ViewPicker() {
  const t = useTranslate();
  const { current, changed, nameOf } = useViews();
  const [open, setOpen] = useState(false);
  const name = current ? nameOf(current) : t('stoa.tickets.view.custom');
  const close = () => setOpen(false);
  return (
    <>
      <Button
        color="inherit"
        endIcon={<ArrowIcon />}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={t('stoa.tickets.view.choose', { name })}
        onClick={() => setOpen(true)}
        sx={{ fontSize: '1rem', px: 1, minWidth: 0, maxWidth: { xs: 260, md: 180, lg: 240 } }}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {name}
          {current && changed && (
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
              {' '}
              ({t('stoa.tickets.view.changed')})
            </Box>
          )}
        </Box>
      </Button>
      <Drawer
        open={open}
        onClose={close}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': t('stoa.tickets.view.heading'),
            sx: { width: 280, maxWidth: '85vw', p: 1, pt: 1.5 },
          },
        }}
      >
        {open && <Views onChoose={close} />}
      </Drawer>
    </>
  );
}
