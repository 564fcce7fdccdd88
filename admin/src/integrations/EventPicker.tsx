// Which events another program is told of: checkboxes in groups.
import { Box, Checkbox, FormControl, FormControlLabel, FormHelperText, FormLabel, Stack, Typography } from '@mui/material';
import { useInput, useTranslate } from 'react-admin';
import { EVENT_GROUPS, eventKey, withEvents } from './events';

function Event({ event, chosen, onToggle }: { event: string; chosen: boolean; onToggle: (on: boolean) => void }) {
  const t = useTranslate();
  return (
    <FormControlLabel
      control={<Checkbox size="small" sx={{ p: 0.5 }} checked={chosen} onChange={(_, on) => onToggle(on)} />}
      label={t(eventKey(event), { _: event })}
      title={event}
      slotProps={{ typography: { variant: 'body2' } }}
      sx={{ ml: -0.5, mr: 2.5 }}
    />
  );
}

/** Checkboxes for all events, and one for each group. */
export function EventPicker({ source }: { source: string }) {
  const t = useTranslate();
  const some = (events: string[] | undefined) => (events?.length ? undefined : t('stoa.integrations.noEvents'));
  const { field, fieldState, id } = useInput({ source, defaultValue: [], validate: some });
  const chosen = (field.value ?? []) as string[];
  const set = (events: string[], on: boolean) => {
    field.onChange(withEvents(chosen, events, on));
    field.onBlur();
  };
  const fault = fieldState.error?.message && String(fieldState.error.message);
  return (
    <FormControl component="fieldset" error={fieldState.invalid} sx={{ width: '100%', my: 1 }}>
      <FormLabel component="legend" id={`${id}-legend`} sx={{ fontWeight: 600, fontSize: '0.93rem' }}>
        {t('stoa.integrations.eventsLegend')}
      </FormLabel>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 0.5 }}>
        {t('stoa.integrations.eventsHelp')}
      </Typography>
      {Object.entries(EVENT_GROUPS).map(([group, events]) => {
        const name = t(`stoa.integrations.groups.${group}`);
        const count = events.filter(event => chosen.includes(event)).length;
        return (
          <Stack
            key={group}
            role="group"
            aria-label={name}
            direction={{ xs: 'column', sm: 'row' }}
            sx={{ borderTop: 1, borderColor: 'divider', py: 0.25, gap: { xs: 0, sm: 1 } }}
          >
            <FormControlLabel
              control={
                <Checkbox
                  size="small"
                  sx={{ p: 0.5 }}
                  checked={count === events.length}
                  indeterminate={count > 0 && count < events.length}
                  onChange={() => set(events, count < events.length)}
                  slotProps={{ input: { 'aria-label': `${name}: ${t('stoa.integrations.all')}` } }}
                />
              }
              label={name}
              slotProps={{ typography: { variant: 'body2', sx: { fontWeight: 600 } } }}
              sx={{ width: { sm: 130 }, flexShrink: 0, alignSelf: 'flex-start', ml: -0.5, mr: 0.5 }}
            />
            <Box sx={{ display: 'flex', flexWrap: 'wrap', pl: { xs: 3, sm: 0 } }}>
              {events.map(event => (
                <Event
                  key={event}
                  event={event}
                  chosen={chosen.includes(event)}
                  onToggle={on => set([event], on)}
                />
              ))}
            </Box>
          </Stack>
        );
      })}
      {fault && <FormHelperText>{t(fault, { _: fault })}</FormHelperText>}
    </FormControl>
  );
}

/** Events in words, one after the other. */
export function useEventWords(): (events: string[] | undefined) => string {
  const t = useTranslate();
  return events => (events ?? []).map(event => t(eventKey(event), { _: event })).join(', ');
}
