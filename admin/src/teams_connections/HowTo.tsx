// How one gets the address of a workflow in Microsoft Teams.
import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { SectionCard } from '../components';

/** Steps, one after the other. */
export function HowTo() {
  const t = useTranslate();
  const word = (name: string) => t(`stoa.integrations.teams.how.${name}`);
  return (
    <SectionCard title={word('title')}>
      <Typography variant="body2">{word('intro')}</Typography>
      <Box component="ol" sx={{ pl: 2.5, my: 1, '& li': { mb: 0.75 } }}>
        {['one', 'two', 'three', 'four'].map(step => (
          <Typography key={step} component="li" variant="body2">
            {word(step)}
          </Typography>
        ))}
      </Box>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {word('owner')}
      </Typography>
    </SectionCard>
  );
}
