// The line above the list: search, what the table looks like, export, and a new ticket.
import AddIcon from '@mui/icons-material/Add';
import CheckIcon from '@mui/icons-material/Check';
import CompactIcon from '@mui/icons-material/DensitySmall';
import ComfortableIcon from '@mui/icons-material/DensityMedium';
import ExportIcon from '@mui/icons-material/FileDownloadOutlined';
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import MoreIcon from '@mui/icons-material/MoreVert';
import { Box, Button, IconButton, ListItemIcon, Menu, MenuItem, Tooltip } from '@mui/material';
import { useState } from 'react';
import { useCreatePath, useListContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMay } from '../../api/permissions';
import type { Ticket } from '../../types';
import { ColumnsMenu } from './ColumnsMenu';
import { ExportDialog } from './ExportDialog';
import { SearchBox } from './SearchBox';
import { useDensity } from './SubjectCell';
import { useSelectable } from './TicketTable';
import { useRail, ShowRailButton, ViewPicker } from './ViewRail';
import { useViews } from './ViewsContext';
import { DEFAULT_SORT, SORTABLE } from './views';

function CreateButton({ small = false }: { small?: boolean }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const mayCreate = useMay('tickets', 'create');
  if (!mayCreate) return null;
  const label = t('stoa.tickets.tools.create');
  const to = createPath({ resource: 'tickets', type: 'create' });
  return small ? (
    <Button variant="contained" component={Link} to={to} aria-label={label} sx={{ minWidth: 40, px: 1 }}>
      <AddIcon fontSize="small" />
    </Button>
  ) : (
    <Button variant="contained" component={Link} to={to} startIcon={<AddIcon />} sx={{ whiteSpace: 'nowrap' }}>
      {label}
    </Button>
  );
}

function DensityButton() {
  const t = useTranslate();
  const [density, setDensity] = useDensity();
  const other = density === 'compact' ? 'comfortable' : 'compact';
  const label = t(`stoa.tickets.tools.${other}`);
  return (
    <Tooltip title={label}>
      <IconButton aria-label={label} onClick={() => setDensity(other)}>
        {other === 'compact' ? <CompactIcon fontSize="small" /> : <ComfortableIcon fontSize="small" />}
      </IconButton>
    </Tooltip>
  );
}

function useMayExport(): boolean {
  const may = useMay('tickets', 'export');
  const { current } = useViews();
  return may && !current?.trash;
}

/** For wide windows. */
export function WideTools({ rail, onHelp }: { rail: boolean; onHelp: () => void }) {
  const t = useTranslate();
  const { total } = useListContext<Ticket>();
  const [shown] = useRail();
  const mayExport = useMayExport();
  const [exporting, setExporting] = useState(false);
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: { xs: 'wrap', md: 'nowrap' },
        alignItems: 'center',
        gap: 0.75,
        minHeight: 36,
        '& > *': { flexShrink: 0 },
      }}
    >
      {rail && !shown && <ShowRailButton />}
      {(!rail || !shown) && <ViewPicker />}
      {/* A line of its own where the tools take up one. */}
      <Box
        sx={{
          order: { xs: 1, md: 0 },
          '&&': { flex: { xs: '1 1 100%', md: '1 1 380px' } },
          minWidth: 140,
          maxWidth: { md: 480 },
        }}
      >
        <SearchBox />
      </Box>
      <Box sx={{ flex: '1 1 0' }} />
      <DensityButton />
      <ColumnsMenu />
      {mayExport && (
        <Tooltip title={t('stoa.tickets.tools.export')}>
          <span>
            <IconButton
              aria-label={t('stoa.tickets.tools.export')}
              disabled={total === 0}
              onClick={() => setExporting(true)}
            >
              <ExportIcon fontSize="small" />
            </IconButton>
          </span>
        </Tooltip>
      )}
      <Tooltip title={t('stoa.tickets.tools.keys')}>
        <IconButton aria-label={t('stoa.tickets.tools.keys')} onClick={onHelp}>
          <KeyboardIcon fontSize="small" />
        </IconButton>
      </Tooltip>
      <CreateButton />
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
    </Box>
  );
}

function PhoneMenu({ selecting, onSelecting }: { selecting: boolean; onSelecting: (on: boolean) => void }) {
  const t = useTranslate();
  const { sort, setSort, total } = useListContext<Ticket>();
  const mayExport = useMayExport();
  const selectable = useSelectable();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [exporting, setExporting] = useState(false);
  const close = () => setAnchor(null);
  const act = (action: () => void) => () => {
    close();
    action();
  };
  return (
    <>
      <IconButton
        aria-label={t('stoa.tickets.tools.more')}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={close}>
        {selectable && (
          <MenuItem onClick={act(() => onSelecting(!selecting))}>
            {t(`stoa.tickets.tools.${selecting ? 'done' : 'select'}`)}
          </MenuItem>
        )}
        {mayExport && (
          <MenuItem disabled={total === 0} onClick={act(() => setExporting(true))}>
            {t('stoa.tickets.tools.export')}
          </MenuItem>
        )}
        {SORTABLE.map(field => {
          const chosen = sort.field === field;
          return (
            <MenuItem
              key={field}
              role="menuitemradio"
              aria-checked={chosen}
              onClick={act(() =>
                setSort({ field, order: chosen && sort.order === 'DESC' ? 'ASC' : DEFAULT_SORT.order })
              )}
            >
              <ListItemIcon>{chosen && <CheckIcon fontSize="small" />}</ListItemIcon>
              {t('stoa.tickets.tools.sort')}: {t(`stoa.tickets.sort.${field}`)}
              {chosen && `, ${t(`stoa.tickets.sort.${sort.order}`)}`}
            </MenuItem>
          );
        })}
      </Menu>
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
    </>
  );
}

/** For phones. */
export function PhoneTools(props: { selecting: boolean; onSelecting: (on: boolean) => void }) {
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <ViewPicker />
        </Box>
        <CreateButton small />
        <PhoneMenu {...props} />
      </Box>
      <SearchBox />
    </>
  );
}
