// Beside the profile of a person: role, log-in and sessions, each with what can be done about it.
import { Alert, Box, Button, Divider, Link, Stack, Typography } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { ConfirmDialog, SectionCard, TimeAgo, formatDate } from '../components';
import type { User } from '../types';
import { DisableDialog } from './DisableDialog';
import { PersonStatus } from './PersonStatus';
import { useGrantable, useRights } from './rights';
import { RoleChip } from './RoleChip';
import { RoleDialog } from './RoleDialog';
import { usePersonAction } from './usePersonAction';

function Row({
  label,
  value,
  note,
  action,
}: {
  label: string;
  value?: ReactNode;
  note?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Stack direction="row" sx={{ gap: 1, py: 1, alignItems: 'center' }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {label}
        </Typography>
        {value && <Box>{value}</Box>}
        {note && (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {note}
          </Typography>
        )}
      </Box>
      {action && <Box sx={{ flexShrink: 0 }}>{action}</Box>}
    </Stack>
  );
}

/** A button that asks, does an action and tells how it went. */
function Ask({
  person,
  action,
  danger = false,
}: {
  person: User;
  action: 'revoke_sessions' | 'enable' | 'unlock' | 'resend_invite' | 'reset_password' | 'reset_mfa';
  danger?: boolean;
}) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const { run, busy, refusal, forget } = usePersonAction(person);
  const words = (part: string) => t(`stoa.users.${action}.${part}`, { name: person.name, email: person.email });
  const confirm = async () => {
    // Enabling an account that is enabled unlocks it.
    if (await run(action === 'unlock' ? 'enable' : action, words('done'))) setOpen(false);
  };
  return (
    <>
      <Button
        variant="outlined"
        color={danger ? 'error' : 'primary'}
        onClick={() => {
          forget();
          setOpen(true);
        }}
      >
        {words('action')}
      </Button>
      <ConfirmDialog
        open={open}
        danger={danger}
        busy={busy}
        refusal={refusal}
        title={words('title')}
        confirmLabel={words('action')}
        onConfirm={() => void confirm()}
        onClose={() => setOpen(false)}
      >
        <Typography>{words('body')}</Typography>
      </ConfirmDialog>
    </>
  );
}

/** Role, log-in, sessions. */
export function AccountPanel({ person }: { person: User }) {
  const t = useTranslate();
  const may = useRights()(person);
  const grantable = useGrantable();
  const seesLogin = useMay('users.last_login_at', 'read');
  const [dialog, setDialog] = useState<'role' | 'disable'>();
  const active = person.status === 'active';
  const invited = person.status === 'invited';
  const seesFactor = useMay('users.mfa_enrolled_at', 'read') && !invited;
  const close = () => setDialog(undefined);
  return (
    <SectionCard title={t('stoa.users.account')}>
      {may.self && (
        <Alert severity="info" sx={{ mb: 1 }}>
          {t('stoa.users.thisIsYou')}{' '}
          <Link component={RouterLink} to="/account">
            {t('stoa.users.toAccount')}
          </Link>
        </Alert>
      )}
      <Row
        label={t('resources.users.fields.email')}
        value={<Box sx={{ overflowWrap: 'anywhere' }}>{person.email}</Box>}
      />
      <Divider />
      <Row
        label={t('resources.users.fields.role')}
        value={<RoleChip role={person.role} />}
        note={t(`stoa.users.roles.${person.role}.short`)}
        action={
          may.setRole &&
          grantable.length > 1 && (
            <Button variant="outlined" onClick={() => setDialog('role')}>
              {t('stoa.users.role.action')}
            </Button>
          )
        }
      />
      <Divider />
      <Row
        label={t('stoa.users.logIn')}
        value={<PersonStatus person={person} />}
        note={invited ? t('stoa.users.isInvited') : person.must_change_password ? t('stoa.users.mustChange') : undefined}
        action={
          may.disable &&
          !invited &&
          (active ? (
            <Button variant="outlined" color="error" onClick={() => setDialog('disable')}>
              {t('stoa.users.disable.action')}
            </Button>
          ) : (
            <Ask person={person} action="enable" />
          ))
        }
      />
      {may.invite && (
        <>
          <Divider />
          <Row
            label={t('stoa.users.resend_invite.label')}
            note={t('stoa.users.resend_invite.note', { email: person.email })}
            action={<Ask person={person} action="resend_invite" />}
          />
        </>
      )}
      {may.resetPassword && (
        <>
          <Divider />
          <Row
            label={t('stoa.users.reset_password.label')}
            note={t('stoa.users.reset_password.note')}
            action={<Ask person={person} action="reset_password" />}
          />
        </>
      )}
      {seesFactor && (
        <>
          <Divider />
          <Row
            label={t('stoa.users.reset_mfa.label')}
            value={
              person.mfa_enrolled_at
                ? t('stoa.users.reset_mfa.since', { when: formatDate(person.mfa_enrolled_at) })
                : t('stoa.security.off')
            }
            action={may.resetFactor && <Ask person={person} action="reset_mfa" danger />}
          />
        </>
      )}
      {may.disable && active && (
        <>
          <Divider />
          <Row
            label={t('stoa.users.unlock.label')}
            note={t('stoa.users.unlock.note')}
            action={<Ask person={person} action="unlock" />}
          />
        </>
      )}
      {(seesLogin || may.revoke) && (
        <>
          <Divider />
          <Row
            label={t('stoa.users.sessions')}
            value={
              seesLogin && (
                <>
                  {t('resources.users.fields.last_login_at')}:{' '}
                  {person.last_login_at ? <TimeAgo value={person.last_login_at} /> : t('stoa.users.never')}
                </>
              )
            }
            action={may.revoke && !may.self && <Ask person={person} action="revoke_sessions" danger />}
          />
        </>
      )}
      {dialog === 'role' && <RoleDialog person={person} onClose={close} />}
      {dialog === 'disable' && <DisableDialog person={person} onClose={close} />}
    </SectionCard>
  );
}
