// Head and rows of the table: they select tickets, and know at which one the keyboard is.
import { Checkbox, TableCell, TableHead, TableRow, type TableRowProps } from '@mui/material';
import type { MouseEvent, ReactNode } from 'react';
import {
  DataTableBody,
  useCreatePath,
  useDataTableCallbacksContext,
  useDataTableConfigContext,
  useDataTableDataContext,
  useDataTableSelectedIdsContext,
  useRecordContext,
  useTranslate,
} from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { Ticket } from '../../types';
import { rowOf, useCursor } from './cursor';

/** The head, with a box that selects all tickets of the page. */
export function TicketHead({ children }: { children?: ReactNode }) {
  const t = useTranslate();
  const { hasBulkActions } = useDataTableConfigContext();
  const { onSelect } = useDataTableCallbacksContext();
  const selected = useDataTableSelectedIdsContext() ?? [];
  const ids = (useDataTableDataContext<Ticket>() ?? []).map(ticket => ticket.id);
  const some = ids.some(id => selected.includes(id));
  const all = some && ids.every(id => selected.includes(id));
  const others = selected.filter(id => !ids.includes(String(id)));
  return (
    <TableHead className="RaDataTable-thead">
      <TableRow className="RaDataTable-headerRow">
        {hasBulkActions && (
          <TableCell padding="checkbox" className="RaDataTable-headerCell">
            <Checkbox
              checked={all}
              indeterminate={some && !all}
              onChange={() => onSelect?.(all ? others : [...others, ...ids])}
              slotProps={{ input: { 'aria-label': t('stoa.tickets.row.select_page') } }}
            />
          </TableCell>
        )}
        {children}
      </TableRow>
    </TableHead>
  );
}

function SelectBox({ ticket, selected }: { ticket: Ticket; selected: boolean }) {
  const t = useTranslate();
  const { handleToggleItem } = useDataTableCallbacksContext();

  const toggle = (event: MouseEvent<HTMLButtonElement>) => {
    event.stopPropagation();
    handleToggleItem?.(ticket.id, event as unknown as MouseEvent<HTMLInputElement>);
    // Keys do nothing while a field has the focus, not even a box that was ticked with the mouse.
    if (event.detail > 0) event.currentTarget.closest('tr')?.querySelector<HTMLElement>('[data-opens]')?.focus();
  };

  return (
    <TableCell padding="checkbox" onClick={event => event.stopPropagation()}>
      <Checkbox
        checked={selected}
        onClick={toggle}
        slotProps={{ input: { 'aria-label': t('stoa.tickets.row.select', { reference: ticket.reference }) } }}
      />
    </TableCell>
  );
}

function TicketRow({ children, className, sx }: TableRowProps) {
  const ticket = useRecordContext<Ticket>();
  const { hasBulkActions } = useDataTableConfigContext();
  const { rowClick } = useDataTableCallbacksContext();
  const selectedIds = useDataTableSelectedIdsContext();
  const cursor = useCursor();
  const createPath = useCreatePath();
  const navigate = useNavigate();
  if (!ticket) return null;
  const selected = selectedIds?.includes(ticket.id) ?? false;

  const open = (event: MouseEvent) => {
    // Whoever marks text does not want to leave.
    if (rowClick === false || window.getSelection()?.toString()) return;
    const path = createPath({ resource: 'tickets', type: 'show', id: ticket.id });
    if (event.ctrlKey || event.metaKey) window.open(path, '_blank', 'noopener');
    else navigate(path);
  };

  return (
    <TableRow
      {...rowOf(ticket.id)}
      data-cursor={cursor.id === ticket.id || undefined}
      className={className}
      sx={sx}
      hover
      selected={selected}
      onClick={open}
      onFocus={() => cursor.set(ticket.id)}
    >
      {hasBulkActions && <SelectBox ticket={ticket} selected={selected} />}
      {children}
    </TableRow>
  );
}

/** The rows. */
export function TicketRows(props: object) {
  return <DataTableBody row={TicketRow} {...props} />;
}
