// The page of a ticket that is there: head, conversation with composer, details.
import CloseIcon from '@mui/icons-material/Close';
import { Box, Drawer, IconButton, Stack, Typography } from '@mui/material';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Title, useCreatePath, useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { Me } from '../../api/me';
import type { Ticket, TicketMessage } from '../../types';
import { Composer, type ComposerHandle } from './composer/Composer';
import { TicketPageContext, type TicketPage } from './context';
import { Conversation, type ConversationHandle } from './conversation/Conversation';
import { useMessages } from './conversation/useMessages';
import { DetailsPane } from './DetailsPane';
import { MergeDialog } from './dialogs/MergeDialog';
import { ShortcutsDialog } from './dialogs/ShortcutsDialog';
import { SplitDialog } from './dialogs/SplitDialog';
import { Banners } from './header/Banners';
import { Header } from './header/Header';
import type { Opens } from './header/MoreMenu';
import { PresenceLine } from './presence/PresenceLine';
import { usePresence } from './presence/usePresence';
import { useChanges } from './useChanges';
import { useKey } from './useKey';
import { useRights } from './useRights';

/** Width of the details beside the conversation. */
const DETAILS = 330;

/** All parts, with what they share. */
export function TicketBody({ ticket: stored, me, wide }: { ticket: Ticket; me: Me; wide: boolean }) {
  const t = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const { shown, save, act, change, refresh, refuse } = useChanges(stored);
  const ticket = useMemo(() => ({ ...stored, ...shown }), [stored, shown]);
  const rights = useRights(ticket);
  const conversation = useMessages(ticket.id, stored.version, !ticket.deleted_at);
  const [writing, setWriting] = useState(false);
  const [editing, setEditing] = useState(false);
  const others = usePresence(ticket.id, writing || editing, !rights.readOnly);
  const [dialog, setDialog] = useState<Opens | null>(null);
  const [splitFrom, setSplitFrom] = useState<TicketMessage | undefined>(undefined);
  const [details, setDetails] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const reader = useRef<ConversationHandle>(null);

  useKey('r', () => composer.current?.focus('public_reply'), rights.write);
  useKey('n', () => composer.current?.focus('private_note'), rights.write);
  useKey('d', () => setDetails(true), !wide);
  useKey('?', () => setDialog('keys'));

  const page = useMemo<TicketPage>(
    () => ({ ticket, me, rights, save, act, change, refresh, refuse, setEditing }),
    [ticket, me, rights, save, act, change, refresh, refuse]
  );
  const tab = `${ticket.reference} ${ticket.subject}`;
  useEffect(() => {
    // Who has many tickets open finds them by the names of the tabs.
    const before = document.title;
    document.title = tab;
    return () => {
      document.title = before;
    };
  }, [tab]);
  const quote = useCallback((message: TicketMessage) => composer.current?.quote(message), []);
  const split = useCallback((message: TicketMessage) => {
    setSplitFrom(message);
    setDialog('split');
  }, []);
  const close = () => {
    setDialog(null);
    setSplitFrom(undefined);
  };
  const moved = (id: string) => {
    notify('stoa.ticket.composer.follow_up', { autoHideDuration: 6000 });
    navigate(createPath({ resource: 'tickets', type: 'show', id }));
  };

  return (
    <TicketPageContext.Provider value={page}>
      <Title title={ticket.reference} />
      <Header narrow={!wide} onOpen={setDialog} onDetails={wide ? undefined : () => setDetails(true)} />
      <Banners />
      <Box sx={{ display: 'flex', flex: 1, minHeight: 0 }}>
        <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
          {ticket.deleted_at ? (
            <Typography color="textSecondary" sx={{ p: 3 }}>
              {t('stoa.ticket.conversation.deleted')}
            </Typography>
          ) : (
            <Conversation
              ref={reader}
              conversation={conversation}
              onQuote={rights.write ? quote : undefined}
              onSplit={rights.split ? split : undefined}
            />
          )}
          <PresenceLine others={others} />
          {rights.write && (
            <Composer
              ref={composer}
              messages={conversation.messages}
              refresh={conversation.refresh}
              onWriting={setWriting}
              onRead={() => reader.current?.toEnd()}
              onMoved={moved}
            />
          )}
        </Box>
        {wide && (
          <Box
            component="aside"
            aria-label={t('stoa.ticket.details.label')}
            sx={{ width: DETAILS, flexShrink: 0, borderLeft: 1, borderColor: 'divider', bgcolor: 'background.paper' }}
          >
            <DetailsPane />
          </Box>
        )}
      </Box>
      {!wide && (
        <Drawer
          anchor="right"
          open={details}
          onClose={() => setDetails(false)}
          slotProps={{ paper: { sx: { width: 'min(100vw, 420px)' }, 'aria-label': t('stoa.ticket.details.label') } }}
        >
          <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', px: 1.5, pt: 0.5 }}>
            <Typography variant="subtitle2" component="h2">
              {ticket.reference}
            </Typography>
            <IconButton aria-label={t('ra.action.close')} onClick={() => setDetails(false)}>
              <CloseIcon fontSize="small" />
            </IconButton>
          </Stack>
          <Box sx={{ flex: 1, minHeight: 0 }}>
            <DetailsPane />
          </Box>
        </Drawer>
      )}
      {dialog === 'merge' && rights.merge && <MergeDialog onClose={close} />}
      {dialog === 'split' && rights.split && (
        <SplitDialog conversation={conversation} first={splitFrom} onClose={close} />
      )}
      {dialog === 'keys' && <ShortcutsDialog onClose={close} />}
    </TicketPageContext.Provider>
  );
}
