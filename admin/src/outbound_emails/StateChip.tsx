// How far a mail has come, as a small label.
import { useTranslate } from 'react-admin';
import { SmallChip } from '../mail/SmallChip';
import type { OutboundEmail } from '../types';
import { COLOUR, standingOf } from './state';

/** The state, with what it means behind it. */
export function StateChip({ mail }: { mail: Pick<OutboundEmail, 'state' | 'delivery' | 'last_error'> }) {
  const t = useTranslate();
  const state = standingOf(mail);
  return (
    <SmallChip
      label={t(`stoa.mail.outbound.state.${state}`)}
      colour={COLOUR[state]}
      why={(state === 'failed' && mail.last_error) || t(`stoa.mail.outbound.explain.${state}`)}
    />
  );
}
