// What the lists of webhooks and of connections to Teams show alike.
import { Box, Tooltip } from '@mui/material';
import { SelectInput, useTranslate } from 'react-admin';
import { TimeAgo } from '../components';
import { FilterSlot } from '../structure/FilterSlot';
import { useYesNo } from '../structure/useYesNo';
import type { Connected } from '../types';
import { useEventWords } from './EventPicker';

/** Chooses those in use, or those that are not. */
export function InUseFilter() {
  const { choices } = useYesNo();
  return (
    <FilterSlot width={110}>
      <SelectInput source="is_active" choices={choices} fullWidth />
    </FilterSlot>
  );
}

/** When something got through last. */
export function LastOk({ of }: { of: Connected }) {
  const t = useTranslate();
  return of.last_ok_at ? <TimeAgo value={of.last_ok_at} /> : <>{t('stoa.integrations.never')}</>;
}

/** How many events it is told of; which ones is behind it. */
export function EventCount({ of }: { of: Connected }) {
  const t = useTranslate();
  const words = useEventWords();
  return (
    <Tooltip title={words(of.events)}>
      <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
        {t('stoa.integrations.eventCount', { smart_count: of.events.length })}
      </Box>
    </Tooltip>
  );
}

/** Both in a line of a card. */
export function CardLine({ of }: { of: Connected }) {
  const t = useTranslate();
  return (
    <span>
      {t('stoa.integrations.panel.lastOk')}: <LastOk of={of} /> ·{' '}
      {t('stoa.integrations.eventCount', { smart_count: of.events.length })}
    </span>
  );
}
