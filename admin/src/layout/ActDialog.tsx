// Asks an operator for the reason before stepping into a company.
import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from '@mui/material';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { actIn } from '../api/company';

/** Longest reason that the server takes. */
const MAX_REASON = 500;

/** Steps into the company when a reason was given. */
export function ActDialog({
  company,
  open,
  onClose,
}: {
  company: { id: string; name: string };
  open: boolean;
  onClose: () => void;
}) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  useEffect(() => setReason(''), [company.id, open]);
  const given = reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!given) return;
    actIn({ id: company.id, name: company.name, reason: given });
    onClose();
    navigate('/');
  };
  return (
    <Dialog open={open} onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="act-title">
      <form onSubmit={submit}>
        <DialogTitle id="act-title">{t('stoa.layout.acting.title', { name: company.name })}</DialogTitle>
        <DialogContent>
          <DialogContentText>{t('stoa.layout.acting.explain')}</DialogContentText>
          <TextField
            autoFocus
            required
            fullWidth
            margin="normal"
            label={t('stoa.layout.acting.why')}
            placeholder={t('stoa.layout.acting.example')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            slotProps={{ htmlInput: { maxLength: MAX_REASON } }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('ra.action.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!given}>
            {t('stoa.layout.acting.enter')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
