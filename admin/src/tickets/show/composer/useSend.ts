// Sends what was written, once: the same try again after a broken connection is the same message.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { request } from '../../../api/client';
import type { Status, Ticket, TicketMessage } from '../../../types';
import { useTicketPage } from '../context';
import { attemptFor, type Draft, type DraftKind } from './drafts';
import { mentioned } from './mentions';

/** What becomes of the ticket when the message is sent. */
export interface Then {
  status: Status;
  wake_at?: string;
  reason?: string;
}

/** How the sending ended, when it did not fail. */
export interface Sent {
  /** The message opened another ticket, since this one is closed. */
  movedTo?: string;
  /** The message is sent, but the status stayed what it was, for this reason. */
  statusError?: unknown;
}

/** Longest comment that goes along with a change of status in one call. */
const LONGEST_COMMENT = 20_000;

/** Sends a draft; throws when nothing was sent. `noteAttempt` is told the key before the call. */
export function useSend() {
  const { ticket } = useTicketPage();
  const queryClient = useQueryClient();
  const id = ticket.id;

  return useCallback(
    async (
      kind: DraftKind,
      draft: Draft,
      files: string[],
      then: Then | undefined,
      noteAttempt: (attempt: { key: string; of: string }) => void
    ): Promise<Sent> => {
      const text = draft.text.trim();
      const note = kind === 'private_note';
      const mentions = note ? mentioned(text, draft.mentions) : [];
      const attempt = attemptFor(draft, JSON.stringify([kind, text, mentions, then ?? null, files]));
      noteAttempt(attempt);
      const path = `/api/tickets/${id}`;
      // A reply and its step are one change; a note, a reply with files or a very long one needs two calls.
      const atOnce = then && !note && files.length === 0 && text.length <= LONGEST_COMMENT;
      const sent: Sent = {};
      try {
        if (atOnce) {
          const body = { ...then, comment: text };
          const { data } = await request<Ticket>(`${path}/status`, {
            method: 'POST',
            body,
            idempotencyKey: attempt.key,
          });
          queryClient.setQueryData(['tickets', 'getOne', { id, meta: undefined }], data);
        } else {
          const body = {
            kind,
            body: text,
            ...(mentions.length ? { mention_ids: mentions } : {}),
            ...(files.length ? { attachment_ids: files } : {}),
          };
          const { data } = await request<TicketMessage>(`${path}/messages`, {
            method: 'POST',
            body,
            idempotencyKey: attempt.key,
          });
          if (data.ticket_id !== id) sent.movedTo = data.ticket_id;
          if (then && !sent.movedTo) {
            try {
              await request(`${path}/status`, { method: 'POST', body: then, idempotencyKey: `${attempt.key}-status` });
            } catch (error) {
              sent.statusError = error;
            }
          }
        }
      } finally {
        void queryClient.invalidateQueries({ queryKey: ['tickets', 'getOne', { id, meta: undefined }] });
        void queryClient.invalidateQueries({ queryKey: ['tickets', 'getList'], refetchType: 'none' });
        void queryClient.invalidateQueries({ queryKey: ['ticket_messages', 'getInfiniteList'] });
        void queryClient.invalidateQueries({ queryKey: ['ticket_events'] });
      }
      return sent;
    },
    [id, queryClient]
  );
}
