// What is wrong with a text, with the place of each fault and a way there.
import { Box, Button, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Fault } from './text';

/** The faults of one field. */
export function FaultList({ faults, onGo }: { faults: Fault[]; onGo: (fault: Fault) => void }) {
  const t = useTranslate();
  return (
    <Box role="status">
      {faults.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: -0.5, mb: 1, pl: 2.25, color: 'error.main', fontSize: '0.82rem' }}>
          {faults.map(fault => (
            <li key={`${fault.line}:${fault.column}:${fault.code}`}>
              <Typography variant="body2" component="span">
                {t('stoa.emailTemplates.faults.at', { line: fault.line, column: fault.column })}: {fault.message}{' '}
              </Typography>
              <Button
                size="small"
                color="error"
                onClick={() => onGo(fault)}
                aria-label={`${t('stoa.emailTemplates.faults.go')}: ${fault.line}, ${fault.column}`}
                sx={{ minWidth: 0, p: 0, verticalAlign: 'baseline', textDecoration: 'underline' }}
              >
                {t('stoa.emailTemplates.faults.go')}
              </Button>
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
}
