// Where answers and notes are written and sent. What is written is never lost, and never sent twice.
import { Box, Stack, Typography, useMediaQuery, type Theme } from '@mui/material';
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Kbd } from '../../../components';
import { AttachButton } from '../../../files/AttachButton';
import { AttachTray } from '../../../files/AttachTray';
import { DropZone } from '../../../files/DropZone';
import { useAttaching } from '../../../files/useAttaching';
import type { TicketMessage } from '../../../types';
import { useTicketPage } from '../context';
import { MOD } from '../keys';
import { useRefusalText } from '../useRefusal';
import { quote } from '../conversation/linkify';
import { nextStatuses } from '../properties/transitions';
import { ComposerHead } from './ComposerHead';
import { ComposerNotices } from './ComposerNotices';
import { draftName, type DraftKind } from './drafts';
import { MentionField } from './MentionField';
import { newerThan } from './newer';
import { NewerDialog } from './NewerDialog';
import { SendButton } from './SendButton';
import { useDraft } from './useDraft';
import { useSend, type Then } from './useSend';

/** What other parts of the page can ask of the composer. */
export interface ComposerHandle {
  focus: (kind: DraftKind) => void;
  quote: (message: TicketMessage) => void;
}

/** How long sending waits to learn whether there are newer messages. */
const LOOK_MS = 2000;

/** The composer of a ticket. */
export function Composer({
  ref,
  messages,
  refresh,
  onWriting,
  onRead,
  onMoved,
}: {
  ref: Ref<ComposerHandle>;
  messages: TicketMessage[];
  refresh: () => Promise<TicketMessage[]>;
  onWriting: (writing: boolean) => void;
  /** Shows the newest messages. */
  onRead: () => void;
  /** The answer went into another ticket. */
  onMoved: (id: string) => void;
}) {
  const t = useTranslate();
  const notify = useNotify();
  const refusalText = useRefusalText();
  const { ticket, me, rights } = useTicketPage();
  const send = useSend();
  const wide = useMediaQuery<Theme>(theme => theme.breakpoints.up('sm'));
  const own = ticket.requester_id === me.id;
  const mayReply = ticket.status !== 'closed' || own;
  const maySolve = rights.transition && nextStatuses(ticket.status, me.role).includes('solved');
  const [chosen, setKind] = useState<DraftKind>('public_reply');
  const kind: DraftKind = mayReply ? chosen : 'private_note';
  const reply = useDraft(me.id, ticket.id, 'public_reply');
  const note = useDraft(me.id, ticket.id, 'private_note');
  const { draft, restored, change, clear } = kind === 'private_note' ? note : reply;
  const replyFiles = useAttaching(draftName(me.id, ticket.id, 'public_reply'), 'localStorage', 'ticket_messages');
  const noteFiles = useAttaching(draftName(me.id, ticket.id, 'private_note'), 'localStorage', 'ticket_messages');
  const files = kind === 'private_note' ? noteFiles : replyFiles;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ kind: DraftKind; reason: string } | null>(null);
  const [asking, setAsking] = useState<{ then?: Then; count: number } | null>(null);
  const [focused, setFocused] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const newer = newerThan(messages, draft.text ? draft.since : null, me.id);
  const filled = draft.text.trim() !== '';
  const writing = filled && (focused || busy);
  const unsent = Boolean(reply.draft.failed || note.draft.failed || busy);

  useEffect(() => onWriting(writing), [onWriting, writing]);
  useEffect(() => {
    if (!unsent) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsent]);

  const newest = messages.at(-1)?.created_at ?? ticket.last_message_at ?? '';
  const write = (text: string) => {
    if (!text) clear();
    else change(draft.text ? { text } : { text, since: newest });
  };
  // The field may only now be drawn, or be given its text.
  const focusSoon = () =>
    requestAnimationFrame(() => {
      const element = field.current;
      element?.focus();
      element?.setSelectionRange(element.value.length, element.value.length);
    });

  useImperativeHandle(ref, () => ({
    focus: wanted => {
      setKind(wanted);
      focusSoon();
    },
    quote: message => {
      const text = quote(message.author_name, message.body, t('stoa.ticket.composer.wrote'));
      write(draft.text.trim() ? `${draft.text.trimEnd()}\n\n${text}` : text);
      focusSoon();
    },
  }));

  const submit = async (then?: Then, anyway = false) => {
    if (!filled || busy) return;
    setBusy(true);
    setFailure(null);
    const settled = await files.settle();
    if (settled !== 'ready') {
      setBusy(false);
      if (settled === 'failed') setFailure({ kind, reason: t('stoa.files.not_all') });
      return;
    }
    const patience = new Promise<TicketMessage[]>(resolve => setTimeout(() => resolve(messages), LOOK_MS));
    const seen = anyway ? [] : await Promise.race([refresh().catch(() => messages), patience]);
    const missed = newerThan(seen, draft.since, me.id).length;
    if (missed > 0) {
      setBusy(false);
      setAsking({ then, count: missed });
      return;
    }
    try {
      const ids = files.tray.ids();
      const sent = await send(kind, draft, ids, then, attempt => change({ attempt }));
      clear();
      files.tray.sent(ids);
      if (sent.statusError) {
        const reason = refusalText(sent.statusError);
        notify('stoa.ticket.composer.sent_only', { type: 'warning', messageArgs: { reason }, multiLine: true });
      } else {
        notify(`stoa.ticket.composer.sent_${kind}`, { autoHideDuration: 2000 });
      }
      if (sent.movedTo) onMoved(sent.movedTo);
      else focusSoon();
    } catch (error) {
      change({ failed: true });
      setFailure({ kind, reason: refusalText(error) });
      focusSoon();
    } finally {
      setBusy(false);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') field.current?.blur();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit(event.shiftKey && maySolve ? { status: 'solved' } : undefined);
  };

  const failedBefore = draft.failed && restored ? t('stoa.ticket.composer.failed_before') : null;
  const failed = filled && failure?.kind === kind ? failure.reason : failedBefore;
  const isNote = kind === 'private_note';
  const muted = isNote ? 'note.text' : 'text.secondary';
  return (
    <DropZone files={files} hint={t(`stoa.files.drop_${kind}`)} disabled={busy} sx={{ flexShrink: 0 }}>
      <Box
        component="section"
        aria-label={t('stoa.ticket.composer.label')}
        onKeyDown={onKeyDown}
        // The field grows with its own focus and keeps that size while anything here is used: a tab that moves while it
        // is being pressed is not pressed.
        onFocus={event => event.target === field.current && setFocused(true)}
        onBlur={event => !event.currentTarget.contains(event.relatedTarget) && setFocused(false)}
        sx={{
          borderTop: 2,
          borderColor: isNote ? 'note.border' : 'divider',
          bgcolor: isNote ? 'note.bg' : 'background.paper',
          px: { xs: 1, sm: 2 },
          pb: 1,
        }}
      >
        <ComposerHead kind={kind} onKind={setKind} mayReply={mayReply} own={own} wide={wide} />
        {!mayReply && (
          <Typography variant="caption" component="p" sx={{ mb: 0.5, color: muted }}>
            {t('stoa.ticket.composer.closed')}
          </Typography>
        )}
        <ComposerNotices
          restored={restored}
          newer={newer.length}
          failure={failed}
          onDiscard={() => {
            clear();
            files.tray.discard();
          }}
          onRead={() => {
            change({ since: newest });
            onRead();
          }}
        />
        <MentionField
          key={kind}
          value={draft.text}
          onChange={write}
          onMention={(id, name) => change({ mentions: { ...draft.mentions, [id]: name } })}
          label={t(`stoa.ticket.composer.${kind}`)}
          placeholder={t(`stoa.ticket.composer.placeholder_${kind}`)}
          mentions={isNote}
          readOnly={busy}
          rows={focused || filled ? 3 : wide ? 2 : 1}
          me={me.id}
          fieldRef={field}
        />
        <AttachTray files={files} locked={busy} needsText={!filled} />
        {(wide || focused || filled || files.items.length > 0) && (
          <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'flex-end', gap: 1, mt: 0.75 }}>
            <AttachButton files={files} disabled={busy} sx={{ ml: -0.5, mr: wide ? 0 : 'auto' }} />
            {wide && (
              <Typography variant="caption" sx={{ mr: 'auto', color: muted }}>
                <Kbd>{MOD}</Kbd> <Kbd>Enter</Kbd> {t('stoa.ticket.composer.sends')}
                {maySolve && (
                  <>
                    {' · '}
                    <Kbd>{MOD}</Kbd> <Kbd>⇧</Kbd> <Kbd>Enter</Kbd> {t('stoa.ticket.composer.sends_solved')}
                  </>
                )}
                {isNote && ` · ${t('stoa.ticket.composer.at')}`}
              </Typography>
            )}
            <SendButton
              kind={kind}
              disabled={!filled}
              busy={busy}
              maySteps={rights.transition}
              onSend={then => void submit(then)}
            />
          </Stack>
        )}
        {asking && (
          <NewerDialog
            count={asking.count}
            onSend={() => {
              setAsking(null);
              void submit(asking.then, true);
            }}
            onRead={() => {
              setAsking(null);
              change({ since: newest });
              onRead();
            }}
          />
        )}
      </Box>
    </DropZone>
  );
}
