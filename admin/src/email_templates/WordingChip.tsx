// How far a wording is, as a small label.
import { useTranslate } from 'react-admin';
import { SmallChip, type ChipColour } from '../mail/SmallChip';
import type { EmailTemplate } from '../types';
import { stateOf, type WordingState } from './rows';

const COLOUR: Record<WordingState, ChipColour> = {
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
    <SmallChip
      label={t(`stoa.emailTemplates.state.${state}`)}
      colour={COLOUR[state]}
      why={t(`stoa.emailTemplates.explain.${state}`, { version: own?.published_version ?? '' })}
    />
  );
}
