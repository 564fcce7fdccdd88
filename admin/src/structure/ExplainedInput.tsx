// A choice of few in which each says what it means.
import {
  Box,
  FormControl,
  FormControlLabel,
  FormHelperText,
  FormLabel,
  Radio,
  RadioGroup,
  Typography,
} from '@mui/material';
import { useInput, useTranslate, useTranslateLabel } from 'react-admin';

/** One of the choices. */
export interface ExplainedChoice {
  id: string;
  title: string;
  body?: string;
}

/** Radio buttons with a sentence each. */
export function ExplainedInput({
  source,
  choices,
  label,
  defaultValue,
}: {
  source: string;
  choices: ExplainedChoice[];
  label?: string;
  defaultValue?: string;
}) {
  const t = useTranslate();
  const translateLabel = useTranslateLabel();
  const { field, fieldState, id } = useInput({ source, defaultValue });
  return (
    <FormControl component="fieldset" error={fieldState.invalid} sx={{ width: '100%', mb: 1 }}>
      <FormLabel component="legend" id={`${id}-legend`} sx={{ fontWeight: 600, fontSize: '0.93rem' }}>
        {label ?? translateLabel({ source })}
      </FormLabel>
      <RadioGroup {...field} value={field.value ?? ''} aria-labelledby={`${id}-legend`}>
        {choices.map(choice => (
          <FormControlLabel
            key={choice.id}
            value={choice.id}
            control={<Radio size="small" sx={{ alignSelf: 'flex-start', py: 0.5 }} />}
            sx={{ py: 0.4 }}
            label={
              <Box>
                <Typography component="span" sx={{ display: 'block' }}>
                  {choice.title}
                </Typography>
                {choice.body && (
                  <Typography component="span" variant="body2" sx={{ color: 'text.secondary', display: 'block' }}>
                    {choice.body}
                  </Typography>
                )}
              </Box>
            }
          />
        ))}
      </RadioGroup>
      {fieldState.error?.message && (
        <FormHelperText>{t(String(fieldState.error.message), { _: String(fieldState.error.message) })}</FormHelperText>
      )}
    </FormControl>
  );
}

/** The ways in which new tickets find somebody, in words. */
export function useStrategies(): ExplainedChoice[] {
  const t = useTranslate();
  return ['manual', 'round_robin', 'least_open', 'skill'].map(id => ({
    id,
    title: t(`stoa.structure.strategy.${id}.title`),
    body: t(`stoa.structure.strategy.${id}.body`),
  }));
}
