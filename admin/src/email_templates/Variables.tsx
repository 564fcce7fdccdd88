// The values that a mail can print, to be put where somebody writes.
import { Box, Chip, Tooltip, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { MONO } from '../theme';
import type { TemplateVariable } from '../types';

/** A button for each. */
export function Variables({ all, onInsert }: { all: TemplateVariable[]; onInsert: (name: string) => void }) {
  const t = useTranslate();
  return (
    <Box component="section" aria-label={t('stoa.emailTemplates.variables.title')} sx={{ mb: 1.5 }}>
      <Typography variant="subtitle2" component="h3">
        {t('stoa.emailTemplates.variables.title')}
      </Typography>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mb: 0.75 }}>
        {t('stoa.emailTemplates.variables.help')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
        {all.map(({ name, doc, sample, required }) => (
          <Tooltip
            key={name}
            title={t(`stoa.emailTemplates.variables.${required ? 'required' : 'sample'}`, { doc, sample })}
          >
            <Chip
              label={name}
              variant="outlined"
              size="small"
              // The field keeps its cursor.
              onMouseDown={event => event.preventDefault()}
              onClick={() => onInsert(name)}
              aria-label={t('stoa.emailTemplates.variables.insert', { name, doc })}
              sx={{ fontFamily: MONO, fontSize: '0.75rem' }}
            />
          </Tooltip>
        ))}
      </Box>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0.75 }}>
        {t('stoa.emailTemplates.variables.more')}
      </Typography>
    </Box>
  );
}
