// What a key may do: permissions by resource, each in words; none that its maker does not have.
import { Box, Checkbox, FormControl, FormControlLabel, FormHelperText, FormLabel, Stack, Tooltip, Typography } from '@mui/material';
import { useInput, useTranslate, type Validator } from 'react-admin';
import { useMay } from '../api/permissions';
import { KEY_SCOPES, asked, scopesOf, toggled } from './scopes';

/** What the permissions are about, in words. */
function nameOf(t: (key: string, values?: object) => string, resource: string): string {
  return t(`stoa.apiKeys.resources.${resource}`, { _: t(`resources.${resource}.name`, { smart_count: 2, _: resource }) });
}

function Scope({
  resource,
  action,
  chosen,
  onToggle,
}: {
  resource: string;
  action: string;
  chosen: boolean;
  onToggle: (on: boolean) => void;
}) {
  const t = useTranslate();
  const held = useMay(resource, asked(action));
  return (
    <Tooltip title={held ? '' : t('stoa.apiKeys.notHeld')}>
      <FormControlLabel
        disabled={!held}
        control={<Checkbox size="small" sx={{ p: 0.5 }} checked={chosen} onChange={(_, on) => onToggle(on)} />}
        label={t(`stoa.apiKeys.actions.${action}`)}
        slotProps={{ typography: { variant: 'body2' } }}
        sx={{ mr: 3 }}
      />
    </Tooltip>
  );
}

/** Checkboxes in groups. */
export function ScopePicker({ source, validate }: { source: string; validate?: Validator }) {
  const t = useTranslate();
  const { field, fieldState, id } = useInput({ source, defaultValue: [], validate });
  const chosen = (field.value ?? []) as string[];
  const set = (next: string[]) => {
    field.onChange(next);
    field.onBlur();
  };
  const fault = fieldState.error?.message && String(fieldState.error.message);
  return (
    <FormControl component="fieldset" error={fieldState.invalid} sx={{ width: '100%', my: 1 }}>
      <FormLabel component="legend" id={`${id}-legend`} sx={{ fontWeight: 600, fontSize: '0.93rem' }}>
        {t('resources.api_keys.fields.scopes')}
      </FormLabel>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 0.5 }}>
        {t('stoa.apiKeys.scopesHelp')}
      </Typography>
      {Object.entries(KEY_SCOPES).map(([resource, actions]) => {
        const name = nameOf(t, resource);
        return (
          <Stack
            key={resource}
            role="group"
            aria-label={name}
            direction={{ xs: 'column', sm: 'row' }}
            sx={{ borderTop: 1, borderColor: 'divider', py: 0.25, gap: { xs: 0, sm: 1 } }}
          >
            <Typography variant="body2" sx={{ fontWeight: 600, width: 130, flexShrink: 0, pt: 0.6 }}>
              {name}
            </Typography>
            <Box sx={{ display: 'flex', flexWrap: 'wrap' }}>
              {scopesOf(resource).map((scope, at) => (
                <Scope
                  key={scope}
                  resource={resource}
                  action={actions[at] ?? ''}
                  chosen={chosen.includes(scope)}
                  onToggle={on => set(toggled(chosen, scope, on))}
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

/** The scopes of a key in words, for reading. */
export function ScopeWords({ groups }: { groups: [string, string[]][] }) {
  const t = useTranslate();
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, rowGap: 0.25 }}>
      {groups.map(([resource, actions]) => (
        <Box key={resource} sx={{ display: 'contents' }}>
          <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>
            {nameOf(t, resource)}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0 }}>
            {actions.map(action => t(`stoa.apiKeys.actions.${action}`, { _: action })).join(', ')}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
