// Where the ticket stands among its properties.
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import { Box, Button, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { StatusChip, formatDateTime } from '../../../components';
import { useTicketPage } from '../context';
import { StatusMenu, useMayStep } from './StatusMenu';

/** The status, as a button with the steps where there are any. */
export function StatusField() {
  const t = useTranslate();
  const { ticket } = useTicketPage();
  const may = useMayStep();
  const content = (
    <Box component="span" sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
      <Typography component="span" variant="body2" color="textSecondary">
        {t('resources.tickets.fields.status')}
      </Typography>
      <StatusChip status={ticket.status} />
    </Box>
  );
  return (
    <Box>
      {may ? (
        <StatusMenu>
          {trigger => (
            <Button
              {...trigger}
              variant="outlined"
              color="inherit"
              fullWidth
              endIcon={<ExpandMoreIcon />}
              sx={{ justifyContent: 'space-between', borderColor: 'divider', minHeight: 36, pl: 1.25, fontWeight: 400 }}
            >
              {content}
            </Button>
          )}
        </StatusMenu>
      ) : (
        content
      )}
      {ticket.wake_at && (
        <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 0.5 }}>
          {t('stoa.ticket.status.wakes', { time: formatDateTime(ticket.wake_at) })}
        </Typography>
      )}
    </Box>
  );
}
