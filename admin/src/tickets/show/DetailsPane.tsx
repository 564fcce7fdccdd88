// Everything about the ticket but the conversation: properties, followers, other tickets, history.
import { Box, Tab, Tabs } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { History } from './history/History';
import { Facts } from './properties/Facts';
import { Followers } from './properties/Followers';
import { Mails } from './properties/Mails';
import { Properties } from './properties/Properties';
import { Connected, OtherTickets } from './properties/Related';

type Pane = 'details' | 'history';

/** The pane at the right, or in the drawer. */
export function DetailsPane() {
  const t = useTranslate();
  const id = useId();
  const [pane, setPane] = useState<Pane>('details');
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%' }}>
      <Tabs
        value={pane}
        onChange={(_, wanted: Pane) => setPane(wanted)}
        variant="fullWidth"
        aria-label={t('stoa.ticket.details.label')}
        sx={{ minHeight: 36, borderBottom: 1, borderColor: 'divider', flexShrink: 0 }}
      >
        {(['details', 'history'] as const).map(name => (
          <Tab
            key={name}
            value={name}
            id={`${id}-${name}`}
            aria-controls={`${id}-panel`}
            label={t(`stoa.ticket.details.${name}`)}
            sx={{ minHeight: 36, py: 0 }}
          />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${pane}`}
        tabIndex={0}
        sx={{ p: 1.5, overflowY: 'auto', flex: 1, minHeight: 0 }}
      >
        {pane === 'details' ? (
          <>
            <Properties />
            <Followers />
            <Connected />
            <OtherTickets />
            <Mails />
            <Facts />
          </>
        ) : (
          <History />
        )}
      </Box>
    </Box>
  );
}
