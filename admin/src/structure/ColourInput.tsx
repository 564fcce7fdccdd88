// A colour as a field of a form: swatches to choose from, or any other.
import CheckIcon from '@mui/icons-material/Check';
import { Box, ButtonBase, Stack, TextField, Tooltip } from '@mui/material';
import { useInput, useTranslate, useTranslateLabel } from 'react-admin';
import { isColour, readableOn } from './colour';

/** Colours that are told apart well. */
const SWATCHES = [
  '#c62828',
  '#ad1457',
  '#6a1b9a',
  '#4527a0',
  '#283593',
  '#1565c0',
  '#00838f',
  '#00695c',
  '#2e7d32',
  '#9e9d24',
  '#f9a825',
  '#ef6c00',
  '#5d4037',
  '#546e7a',
];

/** Buttons with the usual colours. */
export function Swatches({
  value,
  onChange,
  small = false,
}: {
  value: string | null;
  onChange: (colour: string) => void;
  small?: boolean;
}) {
  const t = useTranslate();
  const size = small ? 24 : 28;
  return (
    <Stack
      direction="row"
      role="group"
      aria-label={t('stoa.structure.colour.usual')}
      sx={{ flexWrap: 'wrap', gap: 0.5 }}
    >
      {SWATCHES.map(colour => {
        const chosen = value?.toLowerCase() === colour;
        return (
          <Tooltip key={colour} title={colour}>
            <ButtonBase
              aria-label={t('stoa.structure.colour.choose', { colour })}
              aria-pressed={chosen}
              onClick={() => onChange(colour)}
              sx={{ width: size, height: size, borderRadius: 1, bgcolor: colour, color: readableOn(colour) }}
            >
              {chosen && <CheckIcon fontSize="small" />}
            </ButtonBase>
          </Tooltip>
        );
      })}
    </Stack>
  );
}

/** Chooses a colour such as `#1a73e8`. */
export function ColourInput({ source, label, helperText }: { source: string; label?: string; helperText?: string }) {
  const t = useTranslate();
  const translateLabel = useTranslateLabel();
  const { field, fieldState, id } = useInput<string | null>({
    source,
    validate: value => (!value || isColour(value) ? undefined : 'stoa.structure.colour.invalid'),
    parse: text => (text === '' ? null : text),
  });
  const value = field.value ?? '';
  const error = fieldState.error?.message?.replace(/^@@react-admin@@"?|"$/g, '');
  return (
    <Box sx={{ mb: 1 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
        <TextField
          {...field}
          id={id}
          value={value}
          label={label ?? translateLabel({ source })}
          placeholder="#1a73e8"
          error={fieldState.invalid}
          helperText={error ? t(error, { _: error }) : helperText}
          margin="dense"
          sx={{ flex: 1, maxWidth: 260 }}
        />
        <Tooltip title={t('stoa.structure.colour.any')}>
          <Box
            component="input"
            type="color"
            aria-label={t('stoa.structure.colour.any')}
            value={isColour(value) ? value : '#888888'}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => field.onChange(event.target.value)}
            sx={{
              width: 40,
              height: 36,
              mt: 1,
              p: 0.25,
              border: 1,
              borderColor: 'divider',
              borderRadius: 1,
              bgcolor: 'transparent',
              cursor: 'pointer',
            }}
          />
        </Tooltip>
      </Stack>
      <Swatches value={value} onChange={field.onChange} />
    </Box>
  );
}
