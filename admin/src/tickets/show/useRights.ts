// What the reader may do with a ticket, from the table of permissions and the state of the ticket.
import { useMay, useReach } from '../../api/permissions';
import type { Ticket } from '../../types';

/** Fields that are changed by a plain update. */
export type EditableField = 'subject' | 'priority' | 'kind' | 'category_id' | 'tag_ids' | 'cc_ids' | 'requester_id';

/** What the reader may do with the ticket as it stands. */
export interface Rights {
  /** Nobody may change it: it is in the trash, archived or merged. */
  readOnly: boolean;
  edit: Record<EditableField, boolean>;
  write: boolean;
  /** How far corrections of messages go; nothing without the right. */
  correct: string | undefined;
  redact: boolean;
  transition: boolean;
  assign: boolean;
  follow: boolean;
  mute: boolean;
  merge: boolean;
  split: boolean;
  spam: boolean;
  archive: boolean;
  unarchive: boolean;
  unmerge: boolean;
  remove: boolean;
  restore: boolean;
  createTags: boolean;
}

/** How long a merge can be undone. */
const UNDO_MS = 7 * 86_400_000;

/** Asks the table of permissions once for all that the page offers. */
export function useRights(ticket: Ticket): Rights {
  const subject = useMay('tickets.subject', 'edit');
  const priority = useMay('tickets.priority', 'edit');
  const kind = useMay('tickets.kind', 'edit');
  const category = useMay('tickets.category_id', 'edit');
  const tags = useMay('tickets.tag_ids', 'edit');
  const cc = useMay('tickets.cc_ids', 'edit');
  const requester = useMay('tickets.requester_id', 'edit');
  const update = useMay('tickets', 'edit');
  const write = useMay('ticket_messages', 'create');
  const correct = useReach('ticket_messages', 'edit');
  const redact = useMay('ticket_messages', 'delete');
  const transition = useMay('tickets', 'transition');
  const assign = useMay('tickets', 'assign');
  const follow = useMay('tickets', 'follow');
  const merge = useMay('tickets', 'merge');
  const split = useMay('tickets', 'split');
  const spam = useMay('tickets', 'spam');
  const archive = useMay('tickets', 'archive');
  const remove = useMay('tickets', 'delete');
  const createTags = useMay('tags', 'create');

  const deleted = Boolean(ticket.deleted_at);
  const merged = Boolean(ticket.merged_into);
  const readOnly = deleted || merged || ticket.archived;
  const free = !readOnly;
  const over = ticket.status === 'solved' || ticket.status === 'closed';
  const mayEdit = free && update;
  return {
    readOnly,
    edit: {
      subject: mayEdit && subject,
      priority: mayEdit && priority,
      kind: mayEdit && kind,
      category_id: mayEdit && category,
      tag_ids: mayEdit && tags,
      cc_ids: mayEdit && cc,
      requester_id: mayEdit && requester,
    },
    write: free && write,
    correct: free ? correct : undefined,
    redact: !deleted && redact,
    transition: free && transition,
    assign: free && assign,
    follow: free && follow,
    mute: !deleted && follow,
    merge: free && merge,
    split: free && split && ticket.message_count > 0,
    spam: free && spam && !ticket.is_spam,
    archive: free && archive && over,
    unarchive: !deleted && !merged && ticket.archived && archive,
    // A merge closes its source: within the week that the server allows, the time of the last change bounds it.
    unmerge: !deleted && merged && merge && Date.now() - Date.parse(ticket.updated_at) < UNDO_MS,
    remove: !deleted && remove,
    restore: deleted && remove,
    createTags,
  };
}
