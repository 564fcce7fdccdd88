// Where answers and notes are written and sent. What is written is never lost, and never sent twice.
import LockIcon from '@mui/icons-material/LockOutlined';
import ReplyIcon from '@mui/icons-material/Reply';
import { Box, Stack, Tab, Tabs, Typography, useMediaQuery, type Theme } from '@mui/material';
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Kbd, PersonName } from '../../../components';
import type { TicketMessage } from '../../../types';
import { useTicketPage } from '../context';
import { MOD } from '../keys';
import { useRefusalText } from '../useRefusal';
import { quote } from '../conversation/linkify';
import { nextStatuses } from '../properties/transitions';
import { ComposerNotices } from './ComposerNotices';
import type { DraftKind } from './drafts';
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

function Address({ kind, own }: { kind: DraftKind; own: boolean }) {
  const t = useTranslate();
  const { ticket } = useTicketPage();
  if (kind === 'private_note') return t('stoa.ticket.composer.to_staff');
  if (own && ticket.status === 'closed') return t('stoa.ticket.composer.to_follow_up');
  return (
    <>
      {t('stoa.ticket.composer.to')}
      <PersonName id={ticket.requester_id} avatar={false} />
      {ticket.cc_ids.length > 0 && t('stoa.ticket.composer.cc', { smart_count: ticket.cc_ids.length })}
    </>
  );
}

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
    const patience = new Promise<TicketMessage[]>(resolve => setTimeout(() => resolve(messages), LOOK_MS));
    const seen = anyway ? [] : await Promise.race([refresh().catch(() => messages), patience]);
    const missed = newerThan(seen, draft.since, me.id).length;
    if (missed > 0) {
      setBusy(false);
      setAsking({ then, count: missed });
      return;
    }
    try {
      const sent = await send(kind, draft, then, attempt => change({ attempt }));
      clear();
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
  const tab = { minHeight: 32, py: 0.5, px: 1, gap: 0.5, fontSize: '0.8125rem' };
  return (
    <Box
      component="section"
      aria-label={t('stoa.ticket.composer.label')}
      onKeyDown={onKeyDown}
      // The field grows with its own focus and keeps that size while anything here is used: a tab that moves while it is
      // being pressed is not pressed.
      onFocus={event => event.target === field.current && setFocused(true)}
      onBlur={event => !event.currentTarget.contains(event.relatedTarget) && setFocused(false)}
      sx={{
        borderTop: 2,
        borderColor: isNote ? 'note.border' : 'divider',
        bgcolor: isNote ? 'note.bg' : 'background.paper',
        px: { xs: 1, sm: 2 },
        pb: 1,
        flexShrink: 0,
      }}
    >
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, mb: 0.5 }}>
        <Tabs
          value={kind}
          onChange={(_, wanted: DraftKind) => setKind(wanted)}
          aria-label={t('stoa.ticket.composer.kinds')}
          sx={{ minHeight: 32, flexShrink: 0, '& .MuiTabs-indicator': isNote ? { bgcolor: 'note.text' } : {} }}
        >
          {mayReply && (
            <Tab
              value="public_reply"
              icon={<ReplyIcon sx={{ fontSize: 16 }} />}
              iconPosition="start"
              label={t('stoa.ticket.composer.public_reply')}
              sx={tab}
            />
          )}
          <Tab
            value="private_note"
            icon={<LockIcon sx={{ fontSize: 15 }} />}
            iconPosition="start"
            label={t('stoa.ticket.composer.private_note')}
            sx={{ ...tab, '&.Mui-selected': { color: 'note.text' } }}
          />
        </Tabs>
        <Typography
          variant="caption"
          component="div"
          noWrap
          sx={{ display: 'flex', gap: 0.5, minWidth: 0, color: muted }}
        >
          {wide && <Address kind={kind} own={own} />}
        </Typography>
      </Stack>
      {!mayReply && (
        <Typography variant="caption" component="p" sx={{ mb: 0.5, color: muted }}>
          {t('stoa.ticket.composer.closed')}
        </Typography>
      )}
      <ComposerNotices
        restored={restored}
        newer={newer.length}
        failure={failed}
        onDiscard={clear}
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
      {(wide || focused || filled) && (
        <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'flex-end', gap: 1.5, mt: 0.75 }}>
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
  );
}
