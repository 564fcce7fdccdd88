// All notifications of the person, day by day.
import DoneAll from '@mui/icons-material/DoneAll';
import TuneIcon from '@mui/icons-material/Tune';
import {
  Box,
  Button,
  Card,
  List,
  Pagination,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material';
import { Title, useGetList, useLocaleState, useNotify, useTranslate } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { useEverywhere } from '../api/everywhere';
import { useMe } from '../api/me';
import { EmptyState, ErrorState, TimeAgo } from '../components';
import type { Notification } from '../types';
import { groupByDay, nameOfDay } from './days';
import { NoCompany } from './NoCompany';
import { NotificationRow } from './NotificationRow';
import { useMark, type Mark } from './useMark';
import { useUnread } from './useUnread';

const PER_PAGE = 25;

/** The page of notifications. */
export default function NotificationList() {
  const t = useTranslate();
  const me = useMe();
  const outside = useEverywhere();
  return (
    <Box sx={{ pt: 1.5, width: '100%', maxWidth: 800, mx: 'auto' }}>
      <Title title={t('stoa.notifications.title')} />
      {outside ? <NoCompany /> : me && <Notifications />}
    </Box>
  );
}

/** The list; what it shows stands in the address. */
function Notifications() {
  const t = useTranslate();
  const [address, setAddress] = useSearchParams();
  const onlyUnread = address.get('unread') === 'true';
  const page = Math.max(1, Number(address.get('page')) || 1);
  const { data, total, pageInfo, error, refetch } = useGetList<Notification>('notifications', {
    filter: onlyUnread ? { is_read: false } : {},
    sort: { field: 'created_at', order: 'DESC' },
    pagination: { page, perPage: PER_PAGE },
  });
  // Very many are not counted exactly: then the next page is all that is known.
  const pages = total === undefined ? page + (pageInfo?.hasNextPage ? 1 : 0) : Math.ceil(total / PER_PAGE);
  const go = (next: { unread?: boolean; page?: number }) => {
    const { unread = onlyUnread, page: to = 1 } = next;
    setAddress({ ...(unread && { unread: 'true' }), ...(to > 1 && { page: String(to) }) });
  };
  return (
    <>
      <Tools onlyUnread={onlyUnread} onFilter={unread => go({ unread })} />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data?.length === 0 ? (
        <Card>
          <EmptyState
            title={t(onlyUnread ? 'stoa.notifications.empty_unread' : 'stoa.notifications.empty')}
            body={t(onlyUnread ? 'stoa.notifications.empty_unread_body' : 'stoa.notifications.empty_body')}
          />
        </Card>
      ) : (
        <Days notifications={data} />
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, py: 2, minHeight: 64 }}>
        <Typography variant="body2" color="textSecondary" sx={{ flex: 1, minWidth: 200 }}>
          {data && t('stoa.notifications.kept')}
        </Typography>
        {pages > 1 && (
          <Pagination
            count={pages}
            page={page}
            onChange={(_, to) => {
              go({ page: to });
              window.scrollTo({ top: 0 });
            }}
            aria-label={t('stoa.notifications.pages')}
          />
        )}
      </Box>
    </>
  );
}

function Tools({ onlyUnread, onFilter }: { onlyUnread: boolean; onFilter: (unread: boolean) => void }) {
  const t = useTranslate();
  const notify = useNotify();
  const mark = useMark();
  const { data: unread } = useUnread();
  const count = unread?.count ?? 0;
  const markAll = async () => {
    const updated = await mark.allRead();
    if (updated !== undefined) notify('stoa.notifications.marked', { messageArgs: { smart_count: updated } });
  };
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1.5 }}>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={onlyUnread}
        aria-label={t('stoa.notifications.filter')}
        sx={{ bgcolor: 'background.paper' }}
        onChange={(_, chosen: boolean | null) => chosen !== null && onFilter(chosen)}
      >
        <ToggleButton value={false} sx={{ py: 0.25 }}>
          {t('stoa.notifications.all')}
        </ToggleButton>
        <ToggleButton value sx={{ py: 0.25 }}>
          {t('stoa.notifications.unread')}
          {count > 0 && ` (${count}${unread?.exact ? '' : '+'})`}
        </ToggleButton>
      </ToggleButtonGroup>
      <Box sx={{ flex: 1 }} />
      <Button startIcon={<DoneAll />} disabled={count === 0} onClick={() => void markAll()}>
        {t('stoa.notifications.mark_all_read')}
      </Button>
      <Button startIcon={<TuneIcon />} component={Link} to="/notifications/preferences">
        {t('stoa.notifications.preferences')}
      </Button>
    </Box>
  );
}

function Days({ notifications }: { notifications?: Notification[] }) {
  const mark = useMark();
  if (!notifications) {
    return (
      <Card sx={{ mt: 4.5 }}>
        {Array.from({ length: 10 }, (_, row) => (
          <Box key={row} sx={{ px: 2, py: 1, height: 56 }}>
            <Skeleton />
            <Skeleton width="20%" />
          </Box>
        ))}
      </Card>
    );
  }
  return groupByDay(notifications).map(group => (
    <DayCard key={group.day} day={group.day} notifications={group.items} mark={mark} />
  ));
}

function DayCard({ day, notifications, mark }: { day: number; notifications: Notification[]; mark: Mark }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const name = nameOfDay(day, Date.now());
  const title =
    name === 'date'
      ? new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(day)
      : t(`stoa.notifications.${name}`);
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
  const id = `notifications-${day}`;
  return (
    <Box component="section" aria-labelledby={id} sx={{ mb: 2 }}>
      <Typography id={id} variant="subtitle2" component="h2" color="textSecondary" sx={{ mb: 0.5, height: 24 }}>
        {title}
      </Typography>
      <Card>
        <List disablePadding sx={{ '& > li + li': { borderTop: 1, borderColor: 'divider' } }}>
          {notifications.map(one => (
            <NotificationRow
              key={one.id}
              notification={one}
              mark={mark}
              // The day stands above: what is missing is the hour.
              time={name === 'today' ? <TimeAgo value={one.created_at} /> : clock.format(Date.parse(one.created_at))}
            />
          ))}
        </List>
      </Card>
    </Box>
  );
}
