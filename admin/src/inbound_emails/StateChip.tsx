// What became of an incoming mail, as a small label.
import { useTranslate } from 'react-admin';
import { SmallChip } from '../mail/SmallChip';
import type { InboundEmail } from '../types';
import { COLOUR } from './words';

/** The state, with what it means behind it. */
export function StateChip({ mail }: { mail: Pick<InboundEmail, 'state' | 'error'> }) {
  const t = useTranslate();
  return (
    <SmallChip
      label={t(`stoa.mail.inbound.state.${mail.state}`)}
      colour={COLOUR[mail.state]}
      why={mail.error ?? t(`stoa.mail.inbound.explain.${mail.state}`)}
    />
  );
}
