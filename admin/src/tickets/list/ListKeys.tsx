// The keys of the list, and the dialog that tells them.
import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { Fragment, useId } from 'react';
import { useCreatePath, useListContext, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useMay } from '../../api/permissions';
import { Kbd, useHotkey } from '../../components';
import type { Ticket } from '../../types';
import { useCursor } from './cursor';
import { useSelectable } from './TicketTable';
import { useViews } from './ViewsContext';

/** Listens to the keys; renders nothing. */
export function ListKeys({ onHelp }: { onHelp: () => void }) {
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const cursor = useCursor();
  const { current } = useViews();
  const { data, selectedIds, onToggleItem, onUnselectItems } = useListContext<Ticket>();
  const mayCreate = useMay('tickets', 'create');
  const selectable = useSelectable();
  const at = data?.find(ticket => ticket.id === cursor.id)?.id;
  const opens = at !== undefined && !current?.trash;
  const open = () => navigate(createPath({ resource: 'tickets', type: 'show', id: at }));

  useHotkey('j', () => cursor.move(1));
  useHotkey('k', () => cursor.move(-1));
  useHotkey('o', open, opens);
  useHotkey('x', () => at && onToggleItem(at), selectable && at !== undefined);
  useHotkey('escape', () => onUnselectItems(), selectedIds.length > 0);
  useHotkey('c', () => navigate(createPath({ resource: 'tickets', type: 'create' })), mayCreate);
  useHotkey('?', onHelp);
  return null;
}

/** Which key does what. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslate();
  const id = useId();
  const mayCreate = useMay('tickets', 'create');
  const selectable = useSelectable();
  const rows: [name: string, ...keys: string[]][] = [
    ['next', 'j'],
    ['previous', 'k'],
    ['open', 'Enter', 'o'],
    ...(selectable ? ([['select', 'x'], ['clear', 'Esc']] as [string, string][]) : []),
    ['search', '/'],
    ...(mayCreate ? ([['create', 'c']] as [string, string][]) : []),
    ['help', '?'],
  ];
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('stoa.tickets.keys.title')}</DialogTitle>
      <DialogContent>
        <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: '1fr auto', rowGap: 1, m: 0 }}>
          {rows.map(([name, ...keys]) => (
            <Fragment key={name}>
              <Box component="dt">{t(`stoa.tickets.keys.${name}`)}</Box>
              <Box component="dd" sx={{ m: 0, textAlign: 'right' }}>
                {keys.map((key, place) => (
                  <Fragment key={key}>
                    {place > 0 && ` ${t('stoa.tickets.keys.or')} `}
                    <Kbd>{key}</Kbd>
                  </Fragment>
                ))}
              </Box>
            </Fragment>
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          {t('stoa.tickets.keys.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
