// Small marks beside a name: what is not in use, and what clients do not see.
import { Chip, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Says only what is unusual; most records are in use and public. */
export function Flags({ active, isPublic }: { active: boolean | undefined; isPublic: boolean | undefined }) {
  const t = useTranslate();
  return (
    <Stack direction="row" component="span" sx={{ gap: 0.5, display: 'inline-flex' }}>
      {active === false && (
        <Chip
          component="span"
          label={t('stoa.structure.flags.inactive')}
          color="warning"
          variant="outlined"
          sx={{ height: 20 }}
        />
      )}
      {isPublic === false && (
        <Chip component="span" label={t('stoa.structure.flags.internal')} variant="outlined" sx={{ height: 20 }} />
      )}
    </Stack>
  );
}

/** Yes or no in a table, quiet when it is the usual. */
export function YesNo({ value }: { value: boolean | undefined }) {
  const t = useTranslate();
  return <>{value === undefined ? '–' : t(value ? 'ra.boolean.true' : 'ra.boolean.false')}</>;
}
