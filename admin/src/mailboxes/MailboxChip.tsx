// How a mailbox stands, as a small label.
import { useTranslate } from 'react-admin';
import { ToneChip } from '../components';
import type { Mailbox } from '../types';
import { TONES, standingOf } from './values';

/** The worst that is known of it, with what it means behind it. */
export function MailboxChip({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslate();
  const standing = standingOf(mailbox);
  return (
    <ToneChip
      label={t(`stoa.mailboxes.state.${standing}`)}
      tone={TONES[standing]}
      why={(standing === 'failing' && mailbox.last_error) || t(`stoa.mailboxes.explain.${standing}`)}
    />
  );
}
