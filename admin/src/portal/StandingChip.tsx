// The label of a request's standing.
import { Chip } from '@mui/material';
import { alpha, type Theme } from '@mui/material/styles';
import { useTranslate } from 'react-admin';
import type { Status } from '../types';
import { standing, type Standing } from './words';

const TONES: Record<Standing, 'primary' | 'warning' | 'info' | 'success' | 'text'> = {
  working: 'primary',
  waiting_you: 'warning',
  waiting_other: 'info',
  solved: 'success',
  closed: 'text',
};

function toned(theme: Theme, of: Standing) {
  const tone = TONES[of];
  const colour = tone === 'text' ? theme.palette.text.secondary : theme.palette[tone].main;
  const tint = alpha(colour, theme.palette.mode === 'dark' ? 0.2 : 0.1);
  return {
    // On paper wherever it lies: the tint alone would be darker on a darker ground, and the words harder to read.
    bgcolor: 'background.paper',
    backgroundImage: `linear-gradient(${tint}, ${tint})`,
    color: colour,
    fontWeight: 600,
    height: 22,
  };
}

/** Where it stands, in words. */
export function StandingChip({ status }: { status: Status }) {
  const t = useTranslate();
  const of = standing(status);
  return <Chip label={t(`stoa.portal.status.${of}`)} sx={theme => toned(theme, of)} />;
}
