// The entries of a menu of steps, for the status and for sending.
import { ListItemText, MenuItem } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Step } from './useSteps';

/** One entry a step; `words` names the group of texts. */
export function stepItems(
  steps: Step[],
  words: 'status' | 'send',
  t: ReturnType<typeof useTranslate>,
  choose: (step: Step) => void
) {
  return steps.map(step => (
    <MenuItem key={step.key} disabled={step.missing.length > 0} onClick={() => choose(step)}>
      <ListItemText
        secondary={
          step.missing.length > 0 ? t('stoa.ticket.step.missing', { fields: step.missing.join(', ') }) : undefined
        }
      >
        {t(`stoa.ticket.${words}.${step.key}`)}
      </ListItemText>
    </MenuItem>
  ));
}
