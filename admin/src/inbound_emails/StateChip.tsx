// What became of an incoming mail, as a small label.
import { useTranslate } from 'react-admin';
import { ToneChip } from '../components';
import type { InboundEmail } from '../types';
import { TONES } from './words';

/** The state, with what it means behind it. */
export function StateChip({ mail }: { mail: Pick<InboundEmail, 'state' | 'error'> }) {
  const t = useTranslate();
  return (
    <ToneChip
      label={t(`stoa.mail.inbound.state.${mail.state}`)}
      tone={TONES[mail.state]}
      why={mail.error ?? t(`stoa.mail.inbound.explain.${mail.state}`)}
    />
  );
}
