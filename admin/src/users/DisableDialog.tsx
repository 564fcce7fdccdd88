// Disables an account, and says what becomes of the person's tickets.
import { Alert, Box, Skeleton, Typography } from '@mui/material';
import { useState } from 'react';
import { useGetList, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { ConfirmDialog, PersonSelect, STAFF } from '../components';
import type { Ticket, User } from '../types';
import { usePersonAction } from './usePersonAction';

function useOpenTickets(person: User) {
  const maySee = useMay('tickets', 'list');
  const { total, isPending } = useGetList<Ticket>(
    'tickets',
    {
      filter: { assignee_id: person.id, status_nin: ['solved', 'closed'] },
      pagination: { page: 1, perPage: 1 },
      sort: { field: 'created_at', order: 'DESC' },
    },
    { enabled: maySee }
  );
  return { total, waiting: maySee && isPending };
}

/** Asks to whom the tickets go. */
export function DisableDialog({ person, onClose }: { person: User; onClose: () => void }) {
  const t = useTranslate();
  const [heir, setHeir] = useState<string | null>(null);
  const { run, busy, refusal, forget } = usePersonAction(person);
  const { total, waiting } = useOpenTickets(person);
  const name = person.name;
  const staff = person.role !== 'client';
  const sameAgain = heir === person.id;

  const confirm = async () => {
    if (sameAgain) return;
    const body = heir ? { reassign_to: heir } : {};
    if (await run('disable', t('stoa.users.disable.done', { name }), body)) onClose();
  };

  return (
    <ConfirmDialog
      open
      danger
      busy={busy}
      title={t('stoa.users.disable.title', { name })}
      confirmLabel={t('stoa.users.disable.confirm')}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Typography>{t('stoa.users.disable.body')}</Typography>
      {staff && (
        <Box sx={{ mt: 2 }}>
          <Typography aria-live="polite" sx={{ mb: 1.5 }}>
            {waiting ? (
              <Skeleton width={220} />
            ) : total === undefined ? (
              t('stoa.users.disable.ticketsUnknown')
            ) : (
              t('stoa.users.disable.tickets', { smart_count: total })
            )}
          </Typography>
          {total !== 0 && (
            <>
              <PersonSelect
                label={t('stoa.users.disable.heir')}
                value={heir}
                roles={STAFF}
                allowMe
                onChange={id => {
                  forget();
                  setHeir(id);
                }}
              />
              <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
                {t(heir ? 'stoa.users.disable.toHeir' : 'stoa.users.disable.toQueue')}
              </Typography>
            </>
          )}
        </Box>
      )}
      {(refusal ?? sameAgain) && (
        <Alert severity="error" sx={{ mt: 2 }}>
          {sameAgain ? t('stoa.users.disable.notThemselves') : refusal}
        </Alert>
      )}
    </ConfirmDialog>
  );
}
