// How far a wording is, as a small label.
import { useTranslate } from 'react-admin';
import { ToneChip, type Tone } from '../components';
import type { EmailTemplate } from '../types';
import { stateOf, type WordingState } from './rows';

const TONES: Record<WordingState, Tone> = {
  platform: 'default',
  draft: 'warning',
  changed: 'info',
  published: 'success',
};

/** The state of the company's own wording, or that there is none. */
export function WordingChip({ own }: { own: EmailTemplate | undefined }) {
  const t = useTranslate();
  const state = stateOf(own);
  return (
    <ToneChip
      label={t(`stoa.emailTemplates.state.${state}`)}
      tone={TONES[state]}
      why={t(`stoa.emailTemplates.explain.${state}`, { version: own?.published_version ?? '' })}
    />
  );
}
