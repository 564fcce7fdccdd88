// Sends what a client wrote, with its files, and moves the request on.
import { useState } from 'react';
import { useDataProvider, useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { ApiError } from '../api/client';
import { useErrorText } from '../components';
import type { StoaDataProvider } from '../dataProvider';
import type { Attaching } from '../files/useAttaching';
import type { Status, Ticket, TicketMessage } from '../types';
import { useRefresh } from './useRefresh';

/** Acts of the field for an answer. What failed leaves text and files as they are. */
export function useReply(ticket: Ticket, text: string, setText: (text: string) => void, files: Attaching) {
  const notify = useNotify();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const provider = useDataProvider<StoaDataProvider>();
  const refresh = useRefresh(ticket.id);
  const [busy, setBusy] = useState(false);

  const fail = (error: unknown) => {
    refresh();
    notify(errorText(error), { type: 'error', multiLine: true, autoHideDuration: 8_000 });
  };
  /** Does `work` once all files are there. */
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      const settled = await files.settle();
      if (settled === 'failed') notify('stoa.files.not_all', { type: 'warning', multiLine: true });
      if (settled === 'ready') await work();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const write = async () => {
    const ids = files.tray.ids();
    const carried = ids.length > 0 ? { attachment_ids: ids } : {};
    const data = { ticket_id: ticket.id, body: text, ...carried };
    const { data: message } = await provider.create<TicketMessage>('ticket_messages', { data });
    setText('');
    files.tray.sent(ids);
    refresh();
    return message;
  };
  const send = async () => {
    const message = await write();
    // A message to a closed request opens a new one.
    if (message.ticket_id === ticket.id) return;
    notify('stoa.portal.reply.followed_up', { type: 'success' });
    navigate(`/tickets/${message.ticket_id}/show`);
  };
  const move = async (status: Status, said: string) => {
    const written = text.trim() !== '';
    // A comment carries no files.
    const apart = written && files.tray.ids().length > 0;
    try {
      if (apart) await write();
      const comment = written && !apart ? { comment: text } : {};
      await provider.action<Ticket>('tickets', ticket.id, 'status', { status, ...comment });
      setText('');
      refresh();
      notify(said, { type: 'success' });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'required_for_solved') throw error;
      notify('stoa.portal.reply.cannot_solve', { type: 'warning', multiLine: true, autoHideDuration: 8_000 });
    }
  };
  return {
    send: () => void act(send),
    solve: () => void act(() => move('solved', 'stoa.portal.reply.solved')),
    reopen: () => void act(() => move('open', 'stoa.portal.reply.reopened')),
    busy,
  };
}
