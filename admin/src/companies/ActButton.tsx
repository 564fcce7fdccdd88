// Steps into a company, with a reason.
import LoginIcon from '@mui/icons-material/Login';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useActing } from '../api/company';
import { useMe } from '../api/me';
import { ActDialog } from '../layout/ActDialog';
import type { Company } from '../types';

/** For operators who are not in the company already, where it admits them. */
export function ActButton({ company }: { company: Company }) {
  const t = useTranslate();
  const me = useMe();
  const acting = useActing();
  const [open, setOpen] = useState(false);
  if (me?.role !== 'superadmin' || acting?.id === company.id) return null;
  const closed = company.support_access === 'off';
  return (
    // The row around opens the company's page; clicks here do not.
    <span onClick={event => event.stopPropagation()} role="presentation">
      <Button
        variant="outlined"
        startIcon={<LoginIcon />}
        disabled={closed}
        onClick={() => setOpen(true)}
        sx={{ whiteSpace: 'nowrap' }}
      >
        {t(closed ? 'stoa.companies.act.closed' : 'stoa.companies.act.action')}
      </Button>
      <ActDialog company={company} open={open} onClose={() => setOpen(false)} />
    </span>
  );
}
