// The files of a message, whichever way they came: attached here, or with the mail that the message is.
import type { TicketMessage } from '../types';
import { isShown } from './kinds';

/** One file of a message. */
export interface FileOf {
  key: string;
  name: string;
  size: number;
  type: string;
  /** Where its bytes are. */
  path: string;
  /** Where they are as a picture to be shown; none of what is no picture. */
  picture?: string;
}

/** All files of a message. */
export function filesOf(message: Pick<TicketMessage, 'id' | 'ticket_id' | 'attachments' | 'email_parts'>): FileOf[] {
  const attached = (message.attachments ?? []).map(({ id, filename, size, content_type }) => {
    const path = `/api/uploads/${id}/content`;
    const picture = isShown(content_type, size) ? `${path}?disposition=inline` : undefined;
    return { key: id, name: filename, size, type: content_type, path, picture };
  });
  // Of these the type is only the sender's word, so none is shown.
  const mailed = (message.email_parts ?? []).map(({ part, filename, size, content_type }) => ({
    key: `part-${part}`,
    name: filename,
    size,
    type: content_type,
    path: `/api/tickets/${message.ticket_id}/messages/${message.id}/email_parts/${part}`,
  }));
  return [...attached, ...mailed];
}
