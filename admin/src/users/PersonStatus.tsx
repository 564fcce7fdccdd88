// Whether a person may log in, and whether they are away.
import { Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import { ToneChip, formatDateTime } from '../components';
import type { User } from '../types';

/** Whether the absence covers `now`, in milliseconds. */
export function isAway(absence: User['out_of_office'] | undefined, now: number): boolean {
  if (!absence?.from || !absence.to) return false;
  return new Date(absence.from).getTime() <= now && now < new Date(absence.to).getTime();
}

/** Active, invited, disabled, away. */
export function PersonStatus({ person, quiet = false }: { person: User; quiet?: boolean }) {
  const t = useTranslate();
  const away = isAway(person.out_of_office, Date.now());
  return (
    <Stack direction="row" component="span" sx={{ gap: 0.5, display: 'inline-flex', flexWrap: 'wrap' }}>
      {person.status === 'disabled' && <ToneChip tone="error" label={t('stoa.users.status.disabled')} />}
      {person.status === 'invited' && <ToneChip tone="info" label={t('stoa.users.status.invited')} />}
      {person.status === 'active' && !quiet && <span>{t('stoa.users.status.active')}</span>}
      {away && (
        <ToneChip
          tone="warning"
          label={t('stoa.users.away')}
          why={t('stoa.users.awayUntil', { when: formatDateTime(person.out_of_office?.to) })}
        />
      )}
    </Stack>
  );
}
