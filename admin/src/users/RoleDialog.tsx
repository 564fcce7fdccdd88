// Gives a person another role, and says first what that means.
import AddCircleOutlinedIcon from '@mui/icons-material/AddCircleOutlined';
import RemoveCircleOutlinedIcon from '@mui/icons-material/RemoveCircleOutlined';
import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  List,
  ListItem,
  ListItemIcon,
  ListItemText,
  Radio,
  RadioGroup,
  Typography,
} from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Role, User } from '../types';
import { difference } from './abilities';
import { useGrantable } from './rights';
import { usePersonAction } from './usePersonAction';

function Abilities({ keys, gained }: { keys: string[]; gained: boolean }) {
  const t = useTranslate();
  if (!keys.length) return null;
  return (
    <>
      <Typography variant="subtitle2" component="h3">
        {t(gained ? 'stoa.users.role.gains' : 'stoa.users.role.loses')}
      </Typography>
      <List dense disablePadding sx={{ mb: 1 }}>
        {keys.map(key => (
          <ListItem key={key} disablePadding>
            <ListItemIcon sx={{ minWidth: 28 }}>
              {gained ? (
                <AddCircleOutlinedIcon fontSize="small" color="success" />
              ) : (
                <RemoveCircleOutlinedIcon fontSize="small" color="error" />
              )}
            </ListItemIcon>
            <ListItemText primary={t(`stoa.users.abilities.${key}`)} />
          </ListItem>
        ))}
      </List>
    </>
  );
}

/** Chooses the role and explains the choice. */
export function RoleDialog({ person, onClose }: { person: User; onClose: () => void }) {
  const t = useTranslate();
  const id = useId();
  const roles = useGrantable();
  const [role, setRole] = useState<Role>(person.role);
  const { run, busy, refusal, forget } = usePersonAction(person);
  const { gains, loses } = difference(person.role, role);
  const changes = role !== person.role;
  const name = person.name;

  const confirm = async () => {
    const words = t('stoa.users.role.done', { name, role: t(`stoa.common.roles.${role}`) });
    if (await run('set_role', words, { role })) onClose();
  };

  return (
    <Dialog open onClose={busy ? undefined : onClose} maxWidth="sm" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('stoa.users.role.title', { name })}</DialogTitle>
      <DialogContent>
        <RadioGroup
          aria-labelledby={id}
          value={role}
          onChange={event => {
            forget();
            setRole(event.target.value as Role);
          }}
        >
          {roles.map(option => (
            <FormControlLabel
              key={option}
              value={option}
              control={<Radio size="small" sx={{ alignSelf: 'flex-start', py: 0.5 }} />}
              sx={{ py: 0.4 }}
              label={
                <Box>
                  {t(`stoa.common.roles.${option}`)}
                  {option === person.role && ` ${t('stoa.users.role.now')}`}
                  <Typography component="span" variant="body2" sx={{ display: 'block', color: 'text.secondary' }}>
                    {t(`stoa.users.roles.${option}.short`)}
                  </Typography>
                </Box>
              }
            />
          ))}
        </RadioGroup>
        {changes && (
          <Box aria-live="polite" sx={{ mt: 2 }}>
            <Abilities keys={gains} gained />
            <Abilities keys={loses} gained={false} />
            <Alert severity="info">
              {t('stoa.users.role.atOnce', { name })}
              {role === 'client' && ` ${t('stoa.users.role.toClient')}`}
              {role === 'content_writer' && ` ${t('stoa.users.role.toWriter')}`}
              {person.role === 'company_admin' && ` ${t('stoa.users.role.lastAdmin')}`}
            </Alert>
          </Box>
        )}
        {refusal && (
          <Alert severity="error" sx={{ mt: 1 }}>
            {refusal}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('ra.action.cancel')}
        </Button>
        <Button variant="contained" onClick={() => void confirm()} disabled={busy || !changes}>
          {t('stoa.users.role.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
