// Asks what shall hold when somebody else changed the same fields meanwhile.
import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  FormControlLabel,
  Radio,
  RadioGroup,
  Typography,
} from '@mui/material';
import { useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { setConflictResolver, type Conflict, type FieldConflict, type Resolution } from '../api/conflicts';
import { FieldValue, formatDateTime } from '../components';

interface Open {
  conflict: Conflict;
  settle: (resolution: Resolution) => void;
}

function Choice({
  resource,
  one,
  keep,
  onChange,
}: {
  resource: string;
  one: FieldConflict;
  keep: boolean;
  onChange: (keep: boolean) => void;
}) {
  const t = useTranslate();
  const label = t(`resources.${resource}.fields.${one.field}`, { _: one.field });
  const by = one.changedBy ?? t('stoa.layout.conflict.someone');
  return (
    <fieldset style={{ border: 0, margin: '0 0 12px', padding: 0 }}>
      <Typography component="legend" variant="subtitle2">
        {label}
      </Typography>
      <RadioGroup value={keep ? 'yours' : 'theirs'} onChange={(_, value) => onChange(value === 'yours')}>
        <FormControlLabel
          value="theirs"
          control={<Radio size="small" />}
          label={
            <>
              {t('stoa.layout.conflict.theirs', { by })}: <FieldValue field={one.field} value={one.theirs} />
              {one.changedAt && (
                <Typography component="span" sx={{ color: 'text.secondary' }}>
                  {' '}
                  ({formatDateTime(one.changedAt)})
                </Typography>
              )}
            </>
          }
        />
        <FormControlLabel
          value="yours"
          control={<Radio size="small" />}
          label={
            <>
              {t('stoa.layout.conflict.yours')}: <FieldValue field={one.field} value={one.yours} />
            </>
          }
        />
      </RadioGroup>
    </fieldset>
  );
}

/** The dialog. It stands once in the layout; whoever saves a record need not know of it. */
export function ConflictDialog() {
  const t = useTranslate();
  const [open, setOpen] = useState<Open | null>(null);
  const [keep, setKeep] = useState<string[]>([]);
  useEffect(() => {
    setConflictResolver(
      conflict =>
        new Promise(settle => {
          setKeep([]);
          setOpen({ conflict, settle });
        })
    );
    return () => setConflictResolver(null);
  }, []);
  if (!open) return null;
  const { conflict } = open;
  const finish = (resolution: Resolution) => {
    setOpen(null);
    open.settle(resolution);
  };
  const mark = (field: string, mine: boolean) =>
    setKeep(fields => (mine ? [...fields.filter(one => one !== field), field] : fields.filter(one => one !== field)));
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={() => finish(null)} aria-labelledby="conflict-title">
      <DialogTitle id="conflict-title">{t('stoa.layout.conflict.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{t('stoa.layout.conflict.body')}</DialogContentText>
        {conflict.fields.map(one => (
          <Choice
            key={one.field}
            resource={conflict.resource}
            one={one}
            keep={keep.includes(one.field)}
            onChange={mine => mark(one.field, mine)}
          />
        ))}
      </DialogContent>
      <DialogActions>
        <Button onClick={() => finish(null)}>{t('stoa.layout.conflict.cancel')}</Button>
        <Button onClick={() => setKeep(conflict.fields.map(one => one.field))}>
          {t('stoa.layout.conflict.keep_all')}
        </Button>
        <Button variant="contained" onClick={() => finish({ keep })}>
          {t('stoa.layout.conflict.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
