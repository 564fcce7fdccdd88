// Created and solved tickets of the last days: sums, a chart, and the same as a table for screen readers.
import { Box, Link as MuiLink, Skeleton, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { lazy, Suspense, type ReactNode } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { SectionCard } from '../components';
import { links } from './links';
import { useCount } from './StatusTiles';
import { dayLabel, startOfDay } from './time';
import type { Day, Overview } from './useOverview';

const ActivityChart = lazy(() => import('./ActivityChart'));
const HEIGHT = 180;
const SUMS = 24;
const PERIODS = [7, 30, 90];
const HIDDEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

interface ActivityCardProps {
  overview?: Overview;
  /** How many days are wanted; the overview may still be of another number. */
  days: number;
  onDays: (days: number) => void;
}

/** How many tickets came and went. */
export function ActivityCard({ overview, days: period, onDays }: ActivityCardProps) {
  const t = useTranslate();
  const days = overview?.days;
  const still = days?.every(day => day.created === 0 && day.solved === 0);
  const blank = <Skeleton variant="rounded" width="100%" height={HEIGHT} />;
  return (
    <SectionCard title={t('stoa.home.activity.title')} actions={<Period days={period} onChange={onDays} />}>
      <Sums overview={overview} />
      <Box sx={{ height: HEIGHT, display: 'grid', alignItems: 'center' }} aria-hidden={!still}>
        {!days && blank}
        {days && still && (
          <Typography color="textSecondary" align="center">
            {t('stoa.home.activity.none')}
          </Typography>
        )}
        {days && !still && (
          <Suspense fallback={blank}>
            <ActivityChart days={days} />
          </Suspense>
        )}
      </Box>
      {days && !still && <DayTable days={days} />}
    </SectionCard>
  );
}

function Period({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  const t = useTranslate();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={days}
      aria-label={t('stoa.home.period')}
      onChange={(_, chosen: number | null) => chosen !== null && onChange(chosen)}
    >
      {PERIODS.map(period => (
        <ToggleButton key={period} value={period} sx={{ py: 0.25, whiteSpace: 'nowrap' }}>
          {t('stoa.home.days', { smart_count: period })}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function Sums({ overview }: { overview?: Overview }) {
  const t = useTranslate();
  const format = useCount();
  if (!overview) return <Skeleton width={150} height={SUMS} />;
  const { days, timezone } = overview;
  const created = days.reduce((sum, day) => sum + day.created, 0);
  const solved = days.reduce((sum, day) => sum + day.solved, 0);
  const since = startOfDay(days[0]?.date ?? new Date().toISOString().slice(0, 10), timezone);
  return (
    <Box sx={{ display: 'flex', gap: 2, fontSize: '0.85rem', height: SUMS }}>
      <Sum colour="primary.main" label={t('stoa.home.activity.created')}>
        <MuiLink component={Link} to={links.createdSince(since)} color="inherit">
          {format(created)}
        </MuiLink>
      </Sum>
      <Sum colour="success.main" label={t('stoa.home.activity.solved')} dashed>
        <MuiLink component={Link} to={links.solvedSince(since)} color="inherit">
          {format(solved)}
        </MuiLink>
      </Sum>
    </Box>
  );
}

interface SumProps {
  colour: string;
  label: string;
  dashed?: boolean;
  children: ReactNode;
}

function Sum({ colour, label, dashed, children }: SumProps) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
      <Box
        component="span"
        sx={{ width: 16, borderTop: 2, borderColor: colour, borderTopStyle: dashed ? 'dashed' : 'solid' }}
      />
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {label}
      </Box>
      <Box component="span" sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}>
        {children}
      </Box>
    </Box>
  );
}

function DayTable({ days }: { days: Day[] }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  return (
    // Hiding is done on a box around it: browsers lay out a table by rules that ignore a height of one pixel.
    <Box sx={{ position: 'relative' }}>
      <Box sx={HIDDEN}>
        <table>
          <caption>{t('stoa.home.activity.caption', { smart_count: days.length })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('stoa.home.activity.day')}</th>
              <th scope="col">{t('stoa.home.activity.created')}</th>
              <th scope="col">{t('stoa.home.activity.solved')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(day => (
              <tr key={day.date}>
                <th scope="row">{dayLabel(day.date, locale)}</th>
                <td>{day.created}</td>
                <td>{day.solved}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </Box>
  );
}
