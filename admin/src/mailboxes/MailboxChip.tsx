// How a mailbox stands, as a small label.
import { useTranslate } from 'react-admin';
import { SmallChip } from '../mail/SmallChip';
import type { Mailbox } from '../types';
import { COLOUR, standingOf } from './values';

/** The worst that is known of it, with what it means behind it. */
export function MailboxChip({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslate();
  const standing = standingOf(mailbox);
  return (
    <SmallChip
      label={t(`stoa.mailboxes.state.${standing}`)}
      colour={COLOUR[standing]}
      why={(standing === 'failing' && mailbox.last_error) || t(`stoa.mailboxes.explain.${standing}`)}
    />
  );
}
