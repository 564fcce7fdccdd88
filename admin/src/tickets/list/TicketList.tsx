// The staff's list of tickets: views at the side, filters above, the tickets, and pages below.
import { Box, LinearProgress, Paper, useMediaQuery, type Theme } from '@mui/material';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ListBase, Title, useListContext, useTranslate } from 'react-admin';
import { Pager } from '../../components';
import type { Ticket } from '../../types';
import { BulkBar } from './BulkBar';
import { CursorProvider } from './cursor';
import { FilterBar } from './FilterBar';
import { ListBody, StaleNotice } from './ListBody';
import { KeysDialog, ListKeys } from './ListKeys';
import { PhoneTools, WideTools } from './ListTools';
import { ViewRail, useRail } from './ViewRail';
import { useNamedView, ViewsProvider } from './ViewsContext';
import { BUILT_IN, DEFAULT_FILTER, DEFAULT_SORT } from './views';

/** Pixels below the page. */
const BELOW = 24;

/** Milliseconds after which the list looks for what is new. */
const REFRESH = 30_000;

/** How far down the page begins: below the bar, and below notices that come and go. */
function useTop() {
  const ref = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(48);
  useLayoutEffect(() => {
    const page = ref.current;
    if (!page?.parentElement) return;
    const measure = () => setTop(Math.round(page.getBoundingClientRect().top + window.scrollY));
    const observer = new ResizeObserver(measure);
    observer.observe(page.parentElement);
    return () => observer.disconnect();
  }, []);
  return { ref, top };
}

/** The store keeps the selection for long; nobody remembers what was selected the day before. */
let justLoaded = true;

/** Tickets that were selected for one filter are not meant under another. */
function useSelectionOfFilter() {
  const { filterValues, onUnselectItems } = useListContext<Ticket>();
  const filter = JSON.stringify(filterValues);
  const selectedFor = useRef(filter);
  useEffect(() => {
    if (selectedFor.current === filter && !justLoaded) return;
    selectedFor.current = filter;
    justLoaded = false;
    onUnselectItems();
  }, [filter, onUnselectItems]);
}

function Page() {
  const t = useTranslate();
  const { data, error, isFetching, isPending, selectedIds } = useListContext<Ticket>();
  const phone = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const wide = useMediaQuery<Theme>(theme => theme.breakpoints.up('lg'));
  const [rail] = useRail();
  const [help, setHelp] = useState(false);
  const [selecting, setSelecting] = useState(false);
  const view = useNamedView() ?? undefined;
  const { ref, top } = useTop();
  useSelectionOfFilter();

  return (
    <Box
      ref={ref}
      sx={{
        display: 'flex',
        gap: 1.5,
        pt: 1,
        // Room for the bar with the bulk actions.
        pb: { xs: selectedIds.length > 0 ? 7 : 0, sm: 0 },
        // On wide windows the table scrolls and the page does not, so filters and pages stay in reach.
        height: { sm: `calc(100dvh - ${top + BELOW}px)` },
        minHeight: { sm: 420 },
      }}
    >
      <Title title={t('stoa.tickets.title')} />
      <ListKeys onHelp={() => setHelp(true)} />
      {wide && rail && <ViewRail />}
      <Box
        component="section"
        aria-label={t('stoa.tickets.list')}
        sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', gap: 1 }}
      >
        {phone ? (
          <PhoneTools selecting={selecting} onSelecting={setSelecting} />
        ) : (
          <WideTools rail={wide} onHelp={() => setHelp(true)} />
        )}
        <Box sx={{ position: 'relative' }}>
          <FilterBar />
          <BulkBar />
        </Box>
        <Paper
          variant="outlined"
          sx={{ position: 'relative', flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
        >
          {isFetching && !isPending && (
            <LinearProgress
              aria-hidden
              sx={{ position: 'absolute', top: 0, left: 0, right: 0, height: 2, zIndex: 5 }}
            />
          )}
          <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', position: 'relative' }}>
            <ListBody phone={phone} selecting={selecting} />
          </Box>
          <Box
            sx={{
              borderTop: 1,
              borderColor: 'divider',
              minHeight: 41,
              display: 'flex',
              flexWrap: 'wrap',
              justifyContent: 'flex-end',
              '& .MuiTablePagination-root': { border: 0, overflow: 'hidden' },
              '& .MuiToolbar-root': { minHeight: 40 },
            }}
          >
            <StaleNotice />
            {(data ?? !error) && <Pager of={view} />}
          </Box>
        </Paper>
      </Box>
      <KeysDialog open={help} onClose={() => setHelp(false)} />
    </Box>
  );
}

/** The list of tickets. */
export default function TicketList() {
  const named = useNamedView();
  const trash = BUILT_IN.some(view => view.trash && view.id === named);
  return (
    <ListBase<Ticket>
      resource="tickets"
      sort={DEFAULT_SORT}
      perPage={25}
      filterDefaultValues={DEFAULT_FILTER}
      exporter={false}
      queryOptions={{
        ...(trash && { meta: { trash: true } }),
        // Errors stand in the list itself.
        onError: () => {},
        // Live events tell of one's own tickets; others show up here. What may still be undone is left alone.
        refetchInterval: ({ state }) => Math.max(REFRESH, state.dataUpdatedAt + REFRESH - Date.now()),
      }}
    >
      <ViewsProvider>
        <CursorProvider>
          <Page />
        </CursorProvider>
      </ViewsProvider>
    </ListBase>
  );
}
