// The tickets as a dense table, whose columns everyone arranges for themselves.
import { Box } from '@mui/material';
import { useMemo, type ReactNode } from 'react';
import { DataTable, useListContext, useTranslate } from 'react-admin';
import {
  CategoryName,
  DepartmentName,
  PersonName,
  PriorityChip,
  StatusChip,
  TagChips,
  TimeAgo,
} from '../../components';
import type { Ticket } from '../../types';
import { RestoreButton } from './RestoreButton';
import { SubjectCell, useDensity, type Density } from './SubjectCell';
import { TicketHead, TicketRows } from './TicketRow';
import { useMayBulk } from './useBulk';
import { useViews } from './ViewsContext';
import { COLUMNS, HIDDEN, SORTABLE, type Column } from './views';

/** Heights of a row; the skeleton has the same. */
export const ROW_HEIGHT = { compact: 34, comfortable: 52 };

/** Widths that keep the columns still while the list changes. */
const WIDTH: Partial<Record<Column, number>> = {
  number: 76,
  status: 88,
  priority: 80,
  requester_id: 140,
  assignee_id: 140,
  department_id: 130,
  category_id: 130,
  tag_ids: 160,
  updated_at: 92,
  created_at: 92,
  last_message_at: 110,
};

/** What a cell of a column looks like, in the head too. */
export function cellSx(column: Column) {
  const width = WIDTH[column];
  // The subject takes what the others leave, and is cut rather than wrapped.
  return width ? { width, minWidth: width, maxWidth: width } : { width: '100%', minWidth: 180, maxWidth: 0 };
}

const CUT = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

function columnProps(column: Column) {
  return {
    source: column,
    label: `stoa.tickets.column.${column}`,
    disableSort: !SORTABLE.some(name => name === column),
    sortByOrder: 'DESC' as const,
    sx: { ...cellSx(column), ...CUT },
  };
}

/** Ground for a chip, which is pale and would be hard to read on a row that is selected. */
function Ground({ children }: { children: ReactNode }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', borderRadius: 4, bgcolor: 'background.paper' }}>
      {children}
    </Box>
  );
}

function Quiet({ children, italic = false }: { children: ReactNode; italic?: boolean }) {
  const sx = { color: 'text.secondary', fontStyle: italic ? 'italic' : undefined, fontVariantNumeric: 'tabular-nums' };
  return (
    <Box component="span" sx={sx}>
      {children}
    </Box>
  );
}

function Urgency({ ticket: { priority } }: { ticket: Ticket }) {
  const chip = <PriorityChip priority={priority} />;
  return priority === 'high' || priority === 'urgent' ? <Ground>{chip}</Ground> : chip;
}

function Assignee({ ticket: { assignee_id: id } }: { ticket: Ticket }) {
  const t = useTranslate();
  return id ? <PersonName id={id} /> : <Quiet italic>{t('stoa.tickets.row.nobody')}</Quiet>;
}

/** What stands in each column. */
function cellsFor(density: Density, linked: boolean): Record<Column, (ticket: Ticket) => ReactNode> {
  return {
    number: ticket => <Quiet>{ticket.reference}</Quiet>,
    subject: ticket => <SubjectCell ticket={ticket} density={density} linked={linked} />,
    status: ticket => (
      <Ground>
        <StatusChip status={ticket.status} />
      </Ground>
    ),
    priority: ticket => <Urgency ticket={ticket} />,
    requester_id: ticket => <PersonName id={ticket.requester_id} />,
    assignee_id: ticket => <Assignee ticket={ticket} />,
    department_id: ticket => <DepartmentName id={ticket.department_id} />,
    category_id: ticket => <CategoryName id={ticket.category_id} />,
    tag_ids: ticket => <TagChips ids={ticket.tag_ids} />,
    updated_at: ticket => <TimeAgo value={ticket.updated_at} />,
    created_at: ticket => <TimeAgo value={ticket.created_at} />,
    last_message_at: ticket => <TimeAgo value={ticket.last_message_at} />,
  };
}

/** Whether rows can be selected here: for bulk changes, which archive and trash do not take. */
export function useSelectable(): boolean {
  const mayBulk = useMayBulk();
  const { current } = useViews();
  const { filterValues } = useListContext<Ticket>();
  return mayBulk && !current?.trash && filterValues.archived !== true;
}

/** The table. */
export function TicketTable() {
  const { isPlaceholderData } = useListContext<Ticket>();
  const { current, columnsKey } = useViews();
  const [density] = useDensity();
  const selectable = useSelectable();
  const trash = Boolean(current?.trash);
  const cells = useMemo(() => cellsFor(density, !trash), [density, trash]);
  return (
    <Box
      sx={{
        opacity: isPlaceholderData ? 0.6 : 1,
        '& .RaDataTable-headerCell': { ...CUT, py: 0.75, zIndex: 3 },
        '& .MuiTableCell-body': { py: 0, height: ROW_HEIGHT[density] },
        '& .MuiTableCell-root': { px: 1 },
        '& .MuiTableCell-root.MuiTableCell-paddingCheckbox': { py: 0, pl: 0.75, pr: 0, width: 36 },
        '& .MuiTableCell-paddingCheckbox .MuiCheckbox-root': { p: 0.5, '& svg': { fontSize: 20 } },
        '& .RaDataTable-row': { cursor: trash ? undefined : 'pointer' },
        '& [data-opens]': { scrollMarginTop: 56, scrollMarginBottom: 16 },
        '& [data-cursor] > td:first-of-type': theme => ({
          boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}`,
        }),
        '& [data-cursor]': { bgcolor: 'action.hover' },
        '& .RaDataTable-row:hover [data-opens], & [data-opens]:focus-visible': { textDecoration: 'underline' },
      }}
    >
      <DataTable<Ticket>
        key={columnsKey}
        storeKey={columnsKey}
        hiddenColumns={HIDDEN}
        size="small"
        rowClick={trash ? false : 'show'}
        head={TicketHead}
        body={TicketRows}
        bulkActionButtons={selectable ? <></> : false}
        bulkActionsToolbar={<></>}
        empty={<></>}
      >
        {COLUMNS.map(name => (
          <DataTable.Col<Ticket> key={name} {...columnProps(name)} render={ticket => cells[name](ticket)} />
        ))}
        {trash && (
          <DataTable.Col<Ticket>
            label="stoa.tickets.column.actions"
            disableSort
            field={RestoreButton}
            // In reach however many columns there are.
            sx={{ '&&': { position: 'sticky', right: 0, zIndex: 2, bgcolor: 'background.paper', width: 110 } }}
          />
        )}
      </DataTable>
    </Box>
  );
}
