// The views as a list of links: those that everyone has, and the saved ones with what can be done to them.
import GroupIcon from '@mui/icons-material/GroupOutlined';
import MoreIcon from '@mui/icons-material/MoreVert';
import {
  Box,
  IconButton,
  List,
  ListItem,
  ListItemButton,
  ListItemText,
  ListSubheader,
  Menu,
  MenuItem,
  Tooltip,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMe } from '../../api/me';
import { useMay } from '../../api/permissions';
import { ConfirmDialog } from '../../components';
import type { SavedView } from '../../types';
import { useRecordNames } from './useNames';
import { useViewActions } from './useViewActions';
import { ViewCount } from './ViewCount';
import { ViewDialog } from './ViewDialog';
import { useViews } from './ViewsContext';
import type { View } from './views';

function OwnViewMenu({ view }: { view: SavedView }) {
  const t = useTranslate();
  const mayEdit = useMay('saved_views', 'edit');
  const mayDelete = useMay('saved_views', 'delete');
  const { current, changed } = useViews();
  const { keep, discard, busy } = useViewActions();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const close = () => setAnchor(null);
  const ask = (which: 'edit' | 'delete') => () => {
    close();
    setDialog(which);
  };
  if (!mayEdit && !mayDelete) return null;
  return (
    <>
      <IconButton
        edge="end"
        aria-label={t('stoa.tickets.view.more', { name: view.name })}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={close}>
        {mayEdit && current?.id === view.id && changed && (
          <MenuItem
            disabled={busy}
            onClick={() => {
              close();
              keep(view);
            }}
          >
            {t('stoa.tickets.view.update', { name: view.name })}
          </MenuItem>
        )}
        {mayEdit && <MenuItem onClick={ask('edit')}>{t('stoa.tickets.view.rename')}</MenuItem>}
        {mayDelete && <MenuItem onClick={ask('delete')}>{t('stoa.tickets.view.delete')}</MenuItem>}
      </Menu>
      {dialog === 'edit' && <ViewDialog view={view} onClose={() => setDialog(null)} />}
      <ConfirmDialog
        open={dialog === 'delete'}
        title={t('stoa.tickets.view.delete_title', { name: view.name })}
        confirmLabel={t('ra.action.delete')}
        danger
        busy={busy}
        onConfirm={() => discard(view, () => setDialog(null))}
        onClose={() => setDialog(null)}
      >
        {t(`stoa.tickets.view.delete_${view.sharing === 'private' ? 'body' : 'shared'}`)}
      </ConfirmDialog>
    </>
  );
}

function SharedBy({ view }: { view: SavedView }) {
  const t = useTranslate();
  const me = useMe();
  const own = view.owner_id === me?.id;
  const names = useRecordNames('users', own ? [] : [view.owner_id]);
  const title = own ? t('stoa.tickets.view.shared') : t('stoa.tickets.view.of', { name: names.get(view.owner_id) });
  return (
    <Tooltip title={title}>
      <GroupIcon aria-label={title} role="img" sx={{ fontSize: 16, color: 'text.secondary' }} />
    </Tooltip>
  );
}

function ViewLink({ view, onChoose }: { view: View; onChoose?: () => void }) {
  const me = useMe();
  const { current, href, nameOf } = useViews();
  const { saved } = view;
  const chosen = current?.id === view.id;
  return (
    <ListItem
      disablePadding
      secondaryAction={saved && saved.owner_id === me?.id ? <OwnViewMenu view={saved} /> : undefined}
    >
      <ListItemButton
        component={Link}
        to={href(view)}
        selected={chosen}
        aria-current={chosen ? 'page' : undefined}
        onClick={onChoose}
        sx={{ borderRadius: 1, py: 0.25, px: 1, minHeight: 30, gap: 1, '@media (pointer: coarse)': { minHeight: 44 } }}
      >
        <ListItemText
          primary={nameOf(view)}
          slotProps={{ primary: { noWrap: true, sx: { fontWeight: chosen ? 600 : undefined } } }}
          sx={{ my: 0 }}
        />
        {saved ? saved.sharing !== 'private' && <SharedBy view={saved} /> : <ViewCount view={view} />}
      </ListItemButton>
    </ListItem>
  );
}

function Heading({ id, children }: { id: string; children: string }) {
  return (
    <ListSubheader
      id={id}
      component="div"
      disableSticky
      sx={{ px: 1, lineHeight: '28px', bgcolor: 'transparent', fontSize: '0.75rem', fontWeight: 600 }}
    >
      {children}
    </ListSubheader>
  );
}

/** All views. `onChoose` is called when one is gone to. */
export function ViewMenu({ onChoose }: { onChoose?: () => void }) {
  const t = useTranslate();
  const { builtIn, saved } = useViews();
  return (
    <>
      <List disablePadding aria-label={t('stoa.tickets.view.heading')}>
        {builtIn.map(view => (
          <ViewLink key={view.id} view={view} onChoose={onChoose} />
        ))}
      </List>
      <Box sx={{ mt: 1 }}>
        <Heading id="saved-views">{t('stoa.tickets.view.saved')}</Heading>
        {saved.length > 0 ? (
          <List disablePadding aria-labelledby="saved-views">
            {saved.map(view => (
              <ViewLink key={view.id} view={view} onChoose={onChoose} />
            ))}
          </List>
        ) : (
          <Typography variant="body2" sx={{ px: 1, color: 'text.secondary' }}>
            {t('stoa.tickets.view.none_saved')}
          </Typography>
        )}
      </Box>
    </>
  );
}
