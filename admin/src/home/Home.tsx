// The start page of the staff: what there is to do, for whom, and how it goes.
import { Box, Typography } from '@mui/material';
import { Title, useStore, useTranslate } from 'react-admin';
import { useMe } from '../api/me';
import { ErrorState } from '../components';
import { ActivityCard } from './ActivityCard';
import { FirstSteps } from './FirstSteps';
import { MyWork } from './MyWork';
import { PriorityCard } from './PriorityCard';
import { StatusTiles } from './StatusTiles';
import { partOfDay } from './time';
import { isWithoutOverview, useOverview, type Overview } from './useOverview';
import { Waiting } from './Waiting';

/** The dashboard of the staff. */
export default function Home() {
  const t = useTranslate();
  const me = useMe();
  const [days, setDays] = useStore('home.days', 30);
  const { data: overview, error, refetch } = useOverview(days);
  const without = isWithoutOverview(error) && !overview;
  const failed = error && !overview && !without;
  return (
    <Box sx={{ pt: 1.5, display: 'grid', gap: { xs: 1.5, md: 2 }, width: '100%', maxWidth: 1400 }}>
      <Title title={t('stoa.home.title')} />
      <Typography variant="h5" component="p" sx={{ minHeight: 28, overflowWrap: 'anywhere' }}>
        {me && t(`stoa.home.greeting.${partOfDay(new Date().getHours())}`, { name: me.name })}
      </Typography>
      {failed && <ErrorState error={error} onRetry={() => void refetch()} />}
      {overview && isEmpty(overview) ? (
        <FirstSteps />
      ) : (
        <>
          {!without && !failed && <StatusTiles overview={overview} />}
          <Box
            sx={{
              display: 'grid',
              gap: 'inherit',
              gridTemplateColumns: { md: 'repeat(auto-fit, minmax(400px, 1fr))' },
            }}
          >
            {/* Operators have no work of their own in a company. */}
            {me?.company_id && <MyWork me={me} overview={overview} withNumbers={!without && !failed} />}
            {!without && !failed && <Waiting overview={overview} />}
          </Box>
          {!without && !failed && (
            <Box sx={{ display: 'grid', gap: 'inherit', gridTemplateColumns: { md: 'minmax(0, 2fr) minmax(0, 1fr)' } }}>
              <ActivityCard overview={overview} days={days} onDays={setDays} />
              <PriorityCard overview={overview} />
            </Box>
          )}
        </>
      )}
    </Box>
  );
}

function isEmpty(overview: Overview): boolean {
  return Object.values(overview.by_status).every(count => count === 0);
}
