// What is done with a ticket less often: merge, split, archive, spam, trash, and not hearing of it.
import ArchiveIcon from '@mui/icons-material/ArchiveOutlined';
import CallMergeIcon from '@mui/icons-material/CallMerge';
import CallSplitIcon from '@mui/icons-material/CallSplit';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import LinkIcon from '@mui/icons-material/Link';
import MoreIcon from '@mui/icons-material/MoreVert';
import MutedIcon from '@mui/icons-material/NotificationsOffOutlined';
import UnmutedIcon from '@mui/icons-material/NotificationsOutlined';
import SpamIcon from '@mui/icons-material/ReportOutlined';
import UnarchiveIcon from '@mui/icons-material/UnarchiveOutlined';
import UndoIcon from '@mui/icons-material/Undo';
import { Divider, IconButton, ListItemIcon, ListItemText, Menu, MenuItem, Typography } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useNotify, useStore, useTranslate } from 'react-admin';
import { ConfirmDialog } from '../../../components';
import { useTicketPage } from '../context';
import { useRemoval } from './useRemoval';

/** Dialogs that the menu opens elsewhere. */
export type Opens = 'merge' | 'split' | 'keys';

interface Entry {
  name: string;
  icon: ReactNode;
  may: boolean;
  danger?: boolean;
  run: () => void;
}

/** The menu behind the three dots. */
export function MoreMenu({ onOpen }: { onOpen: (dialog: Opens) => void }) {
  const t = useTranslate();
  const notify = useNotify();
  const { ticket, rights, act } = useTicketPage();
  const { remove, busy } = useRemoval();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asking, setAsking] = useState<'spam' | 'delete' | null>(null);
  // The server does not tell whether the reader muted a ticket; this browser remembers what was done in it.
  const [muted, setMuted] = useStore(`tickets.muted.${ticket.id}`, false);

  const copyLink = async () => {
    try {
      await navigator.clipboard.writeText(`${window.location.origin}/tickets/${ticket.id}/show`);
      notify('stoa.ticket.header.link_copied', { autoHideDuration: 2000 });
    } catch {
      notify('stoa.ticket.copy_failed', { type: 'warning' });
    }
  };
  const mute = async () => {
    if (await act(muted ? 'unmute' : 'mute')) {
      setMuted(!muted);
      notify(`stoa.ticket.header.${muted ? 'unmuted' : 'muted'}`, { autoHideDuration: 4000 });
    }
  };
  const archive = (away: boolean) => async () => {
    if (await act(away ? 'archive' : 'unarchive')) notify(`stoa.ticket.header.${away ? 'archived' : 'unarchived'}`);
  };

  const groups: Entry[][] = [
    [
      { name: 'copy_link', icon: <LinkIcon />, may: true, run: () => void copyLink() },
      {
        name: muted ? 'unmute' : 'mute',
        icon: muted ? <UnmutedIcon /> : <MutedIcon />,
        may: rights.mute,
        run: () => void mute(),
      },
      { name: 'keys', icon: <KeyboardIcon />, may: true, run: () => onOpen('keys') },
    ],
    [
      { name: 'merge', icon: <CallMergeIcon />, may: rights.merge, run: () => onOpen('merge') },
      { name: 'unmerge', icon: <UndoIcon />, may: rights.unmerge, run: () => void act('unmerge') },
      { name: 'split', icon: <CallSplitIcon />, may: rights.split, run: () => onOpen('split') },
      { name: 'archive', icon: <ArchiveIcon />, may: rights.archive, run: () => void archive(true)() },
      { name: 'unarchive', icon: <UnarchiveIcon />, may: rights.unarchive, run: () => void archive(false)() },
    ],
    [
      { name: 'spam', icon: <SpamIcon />, may: rights.spam, danger: true, run: () => setAsking('spam') },
      { name: 'delete', icon: <DeleteIcon />, may: rights.remove, danger: true, run: () => setAsking('delete') },
    ],
  ];
  const shown = groups.map(group => group.filter(entry => entry.may)).filter(group => group.length > 0);

  return (
    <>
      <IconButton
        aria-label={t('stoa.ticket.header.more')}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        {shown.flatMap((group, at) => [
          ...(at > 0 ? [<Divider key={`line ${at}`} />] : []),
          ...group.map(entry => (
            <MenuItem
              key={entry.name}
              onClick={() => {
                setAnchor(null);
                entry.run();
              }}
              sx={entry.danger ? { color: 'error.main' } : undefined}
            >
              <ListItemIcon sx={{ color: 'inherit', '& svg': { fontSize: 18 } }}>{entry.icon}</ListItemIcon>
              <ListItemText>{t(`stoa.ticket.header.${entry.name}`)}</ListItemText>
            </MenuItem>
          )),
        ])}
      </Menu>
      <ConfirmDialog
        open={asking !== null}
        title={t(`stoa.ticket.header.${asking ?? 'spam'}_title`, { name: ticket.reference })}
        confirmLabel={t(`stoa.ticket.header.${asking ?? 'spam'}`)}
        danger
        busy={busy}
        onClose={() => setAsking(null)}
        onConfirm={() => {
          setAsking(null);
          if (asking === 'spam') void act('spam', undefined, { is_spam: true, status: 'closed' });
          else void remove();
        }}
      >
        <Typography>{t(`stoa.ticket.header.${asking ?? 'spam'}_body`)}</Typography>
      </ConfirmDialog>
    </>
  );
}
