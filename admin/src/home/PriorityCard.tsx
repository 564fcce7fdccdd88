// Unsolved tickets by priority, as bars with their numbers.
import { Box, Skeleton, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { SectionCard } from '../components';
import { PRIORITIES, type Priority } from '../types';
import { links } from './links';
import { useCount } from './StatusTiles';
import type { Overview } from './useOverview';

const COLOURS: Record<Priority, string> = {
  urgent: 'error.main',
  high: 'warning.main',
  normal: 'primary.main',
  low: 'text.secondary',
};

/** Bars from the most urgent down; each leads to its tickets. */
export function PriorityCard({ overview }: { overview?: Overview }) {
  const t = useTranslate();
  const format = useCount();
  const most = Math.max(1, ...PRIORITIES.map(priority => overview?.by_priority[priority] ?? 0));
  return (
    <SectionCard title={t('stoa.home.by_priority')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {[...PRIORITIES].reverse().map(priority => {
          const count = overview?.by_priority[priority];
          const name = t(`stoa.common.priority.${priority}`);
          return (
            <li key={priority}>
              <Box
                component={Link}
                to={links.priority(priority)}
                aria-label={
                  count === undefined
                    ? name
                    : t('stoa.home.priority_row', { priority: name, smart_count: count })
                }
                sx={{
                  display: 'grid',
                  gridTemplateColumns: '4.5em 1fr 3.5em',
                  alignItems: 'center',
                  gap: 1,
                  height: 40,
                  px: 1,
                  mx: -1,
                  borderRadius: 1,
                  color: 'text.primary',
                  textDecoration: 'none',
                  '&:hover': { bgcolor: 'action.hover' },
                }}
              >
                <Typography variant="body2" component="span">
                  {name}
                </Typography>
                <Box component="span" sx={{ bgcolor: 'action.hover', borderRadius: 1, height: 10, display: 'block' }}>
                  <Box
                    component="span"
                    sx={{
                      display: 'block',
                      height: '100%',
                      borderRadius: 1,
                      bgcolor: COLOURS[priority],
                      width: count ? `max(4px, ${(100 * count) / most}%)` : 0,
                    }}
                  />
                </Box>
                <Typography
                  variant="body2"
                  component="span"
                  sx={{ textAlign: 'right', fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}
                >
                  {count === undefined ? <Skeleton width="2ch" sx={{ ml: 'auto' }} /> : format(count)}
                </Typography>
              </Box>
            </li>
          );
        })}
      </Box>
    </SectionCard>
  );
}
