// Keeps what the list shows as a view: in the current one when it is one's own, or as a new one.
import BookmarkIcon from '@mui/icons-material/BookmarkAddOutlined';
import { Button, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useMe } from '../../api/me';
import { useMay } from '../../api/permissions';
import { useViewActions } from './useViewActions';
import { ViewDialog } from './ViewDialog';
import { useViews } from './ViewsContext';

/** Shown while the list differs from its view. */
export function SaveViewButton() {
  const t = useTranslate();
  const me = useMe();
  const navigate = useNavigate();
  const mayCreate = useMay('saved_views', 'create');
  const mayEdit = useMay('saved_views', 'edit');
  const { current, changed, nameOf, href } = useViews();
  const { keep, busy } = useViewActions();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [naming, setNaming] = useState(false);
  const close = () => setAnchor(null);
  const own = mayEdit && current?.saved && current.saved.owner_id === me?.id ? current.saved : undefined;
  const dialog = naming && <ViewDialog onClose={() => setNaming(false)} />;

  if (!changed || current?.trash || (!mayCreate && !own)) return <>{dialog}</>;
  return (
    <>
      <Button
        startIcon={<BookmarkIcon />}
        disabled={busy}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{ height: 28 }}
      >
        {t('stoa.tickets.view.save')}
      </Button>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={close}>
        {own && (
          <MenuItem
            onClick={() => {
              close();
              keep(own);
            }}
          >
            {t('stoa.tickets.view.update', { name: own.name })}
          </MenuItem>
        )}
        {mayCreate && (
          <MenuItem
            onClick={() => {
              close();
              setNaming(true);
            }}
          >
            {t('stoa.tickets.view.save_as')}
          </MenuItem>
        )}
        {current && (
          <MenuItem
            onClick={() => {
              close();
              navigate(href(current));
            }}
          >
            {t('stoa.tickets.view.reset', { name: nameOf(current) })}
          </MenuItem>
        )}
      </Menu>
      {dialog}
    </>
  );
}
