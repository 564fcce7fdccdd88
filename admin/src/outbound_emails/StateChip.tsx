// How far a mail has come, as a small label.
import { useTranslate } from 'react-admin';
import { ToneChip } from '../components';
import type { OutboundEmail } from '../types';
import { TONES, standingOf } from './state';

/** The state, with what it means behind it. */
export function StateChip({ mail }: { mail: Pick<OutboundEmail, 'state' | 'delivery' | 'last_error'> }) {
  const t = useTranslate();
  const state = standingOf(mail);
  return (
    <ToneChip
      label={t(`stoa.mail.outbound.state.${state}`)}
      tone={TONES[state]}
      why={(state === 'failed' && mail.last_error) || t(`stoa.mail.outbound.explain.${state}`)}
    />
  );
}
