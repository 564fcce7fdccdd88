// How many tickets stand where, each number with the list behind it.
import { Box, Card, CardActionArea, Skeleton, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { STATUSES } from '../types';
import { links } from './links';
import type { Overview } from './useOverview';

/** So far tickets are counted where there is no counter. */
const COUNTED = 10_000;

/** A count in few characters. */
export function useCount(): (count: number) => string {
  const [locale] = useLocaleState();
  const few = new Intl.NumberFormat(locale);
  const many = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  return count => (count < 10_000 ? few : many).format(count);
}

/** A row of tiles: the statuses, then what nobody has taken up. */
export function StatusTiles({ overview }: { overview?: Overview }) {
  const t = useTranslate();
  const tiles = [
    ...STATUSES.map(status => ({
      key: status as string,
      label: t(`stoa.common.status.${status}`),
      count: overview?.by_status[status],
      // Only those that are done are ever so many that they are not all counted.
      more: overview?.exact === false && overview.by_status[status] >= COUNTED,
      to: links.status(status),
      alert: false,
    })),
    {
      key: 'unassigned',
      label: t('stoa.home.unassigned'),
      count: overview?.unassigned,
      to: links.unassigned(),
      more: false,
      alert: true,
    },
    {
      key: 'unanswered',
      label: t('stoa.home.unanswered'),
      count: overview?.unanswered,
      to: links.unanswered(),
      more: false,
      alert: true,
    },
  ];
  return (
    <Box
      component="ul"
      aria-label={t('stoa.home.by_status')}
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        display: 'grid',
        gap: 1,
        gridTemplateColumns: { xs: 'repeat(4, minmax(0, 1fr))', md: 'repeat(8, minmax(0, 1fr))' },
      }}
    >
      {tiles.map(({ key, ...tile }) => (
        <li key={key}>
          <Tile {...tile} />
        </li>
      ))}
    </Box>
  );
}

interface TileProps {
  label: string;
  count?: number;
  /** There are more than were counted. */
  more: boolean;
  to: string;
  alert: boolean;
}

function Tile({ label, count, more, to, alert }: TileProps) {
  const format = useCount();
  return (
    <Card>
      <CardActionArea component={Link} to={to} sx={{ px: { xs: 0.75, sm: 1.5 }, py: 1 }}>
        <Typography
          component="span"
          noWrap
          sx={{ display: 'block', fontSize: { xs: '0.7rem', sm: '0.8rem' }, color: 'text.secondary' }}
        >
          {label}
        </Typography>
        <Typography
          component="span"
          sx={{
            display: 'block',
            fontSize: '1.4rem',
            lineHeight: 1.3,
            fontWeight: 600,
            fontVariantNumeric: 'tabular-nums',
            color: alert && count ? 'warning.main' : 'text.primary',
          }}
        >
          {count === undefined ? <Skeleton width="2ch" /> : `${format(count)}${more ? '+' : ''}`}
        </Typography>
      </CardActionArea>
    </Card>
  );
}
