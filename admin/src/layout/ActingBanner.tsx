// Reminds an operator in which company every click happens, and what its audit log says of why.
import { Alert, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { leaveCompany, useActing } from '../api/company';

/** A line at the top while an operator acts in a company. */
export function ActingBanner() {
  const t = useTranslate();
  const navigate = useNavigate();
  const acting = useActing();
  if (!acting) return null;
  const leave = () => {
    navigate('/companies');
    leaveCompany();
  };
  return (
    <Alert
      severity="warning"
      variant="outlined"
      sx={{ mt: 1, py: 0, alignItems: 'center', bgcolor: 'background.paper' }}
      action={
        <Button color="inherit" onClick={leave}>
          {t('stoa.layout.acting.leave')}
        </Button>
      }
    >
      <strong>{t('stoa.layout.acting.in', { name: acting.name })}</strong>{' '}
      {t('stoa.layout.acting.reason', { reason: acting.reason })}
    </Alert>
  );
}
