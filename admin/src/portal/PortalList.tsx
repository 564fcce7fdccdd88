// The requests of a client, and those on which the client is copied.
import AddIcon from '@mui/icons-material/Add';
import { Box, Button, Card, Pagination, Tab, Tabs } from '@mui/material';
import { Title, useGetList, useTranslate } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { EmptyState, ErrorState } from '../components';
import { UNSOLVED, type Ticket } from '../types';
import { RequestRows } from './RequestRows';
import { SearchField } from './SearchField';

const TABS = ['open', 'solved', 'all'] as const;
type TabName = (typeof TABS)[number];
const PER_PAGE = 15;

/** Archiving is tidying up inside the company: to clients an archived request is just an old one. */
const WITH_ARCHIVED = { archived_in: [true, false] };
const FILTERS: Record<TabName, object> = {
  open: { status_in: UNSOLVED },
  solved: { status_in: ['solved', 'closed'], ...WITH_ARCHIVED },
  all: WITH_ARCHIVED,
};

function isTab(name: string | null): name is TabName {
  return TABS.some(tab => tab === name);
}

/** The list; what it shows stands in its address. */
export default function PortalList() {
  const t = useTranslate();
  const mayAsk = useMay('tickets', 'create');
  const [address, setAddress] = useSearchParams();
  const named = address.get('show');
  const tab: TabName = isTab(named) ? named : 'open';
  const words = address.get('q') ?? '';
  const page = Math.max(1, Number(address.get('page')) || 1);
  const { data, total, pageInfo, error, refetch, isPlaceholderData } = useGetList<Ticket>(
    'tickets',
    {
      filter: { ...FILTERS[tab], ...(words && { q: words }) },
      sort: { field: 'updated_at', order: 'DESC' },
      pagination: { page, perPage: PER_PAGE },
    },
    { placeholderData: before => before }
  );
  const go = (next: { show?: TabName; q?: string; page?: number }, replace = false) => {
    const { show = tab, q = words, page: to = 1 } = next;
    const query = { ...(show !== 'open' && { show }), ...(q && { q }), ...(to > 1 && { page: String(to) }) };
    setAddress(query, { replace });
  };
  const pages = total === undefined ? page + (pageInfo?.hasNextPage ? 1 : 0) : Math.ceil(total / PER_PAGE);
  return (
    <Box sx={{ pt: 1.5, width: '100%', maxWidth: 820, mx: 'auto' }}>
      <Title title={t('stoa.portal.title')} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
        <SearchField key={tab} words={words} onSearch={q => go({ q }, true)} />
        {mayAsk && (
          <Button variant="contained" size="medium" startIcon={<AddIcon />} component={Link} to="/tickets/create">
            {t('stoa.portal.new')}
          </Button>
        )}
      </Box>
      <Tabs
        value={tab}
        onChange={(_, show: TabName) => go({ show })}
        aria-label={t('stoa.portal.list.tabs')}
        sx={{ minHeight: 40, mb: 1 }}
      >
        {TABS.map(name => (
          <Tab
            key={name}
            value={name}
            id={`requests-${name}`}
            aria-controls="requests"
            label={t(`stoa.portal.list.${name}`)}
            sx={{ minHeight: 40 }}
          />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id="requests"
        aria-labelledby={`requests-${tab}`}
        aria-busy={isPlaceholderData}
        sx={{ opacity: isPlaceholderData ? 0.6 : 1 }}
      >
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data?.length === 0 ? (
          <Card>
            <Nothing tab={tab} words={words} mayAsk={mayAsk} onAll={() => go({ show: 'all' })} />
          </Card>
        ) : (
          <RequestRows tickets={data} />
        )}
      </Box>
      {pages > 1 && (
        <Box sx={{ display: 'flex', justifyContent: 'center', py: 2 }}>
          <Pagination
            count={pages}
            page={page}
            onChange={(_, to) => {
              go({ page: to });
              window.scrollTo({ top: 0 });
            }}
            aria-label={t('stoa.portal.list.pages')}
          />
        </Box>
      )}
    </Box>
  );
}

interface NothingProps {
  tab: TabName;
  words: string;
  mayAsk: boolean;
  onAll: () => void;
}

function Nothing({ tab, words, mayAsk, onAll }: NothingProps) {
  const t = useTranslate();
  if (words) {
    return (
      <EmptyState
        title={t('stoa.portal.list.empty_search')}
        body={t('stoa.portal.list.empty_search_body')}
        action={tab !== 'all' && <Button onClick={onAll}>{t('stoa.portal.list.in_all')}</Button>}
      />
    );
  }
  const name = { open: 'empty_open', solved: 'empty_solved', all: 'empty' }[tab];
  return (
    <EmptyState
      title={t(`stoa.portal.list.${name}`)}
      body={t(`stoa.portal.list.${name}_body`)}
      action={
        mayAsk &&
        tab !== 'solved' && (
          <Button variant="outlined" component={Link} to="/tickets/create">
            {t('stoa.portal.new')}
          </Button>
        )
      }
    />
  );
}
