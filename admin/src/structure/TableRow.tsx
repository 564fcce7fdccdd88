// A row of a table. React Admin's own names its checkbox on an element that screen readers skip.
import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import { Checkbox, Collapse, IconButton, TableCell, TableRow, type TableRowProps } from '@mui/material';
import { Children, isValidElement, type MouseEvent } from 'react';
import {
  useCreatePath,
  useDataTableCallbacksContext,
  useDataTableConfigContext,
  useDataTableSelectedIdsContext,
  useExpanded,
  useGetRecordRepresentation,
  useRecordContext,
  useResourceContext,
  useTranslate,
} from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { StoaRecord } from '../types';

/** A row that opens its record, or unfolds what is below it, when it is clicked. */
export function Row({ children, className, sx }: TableRowProps) {
  const t = useTranslate();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const resource = useResourceContext() ?? '';
  const record = useRecordContext<StoaRecord>();
  const represent = useGetRecordRepresentation(resource);
  const { expand, hasBulkActions } = useDataTableConfigContext();
  const { handleToggleItem, isRowSelectable, rowClick } = useDataTableCallbacksContext();
  const selectedIds = useDataTableSelectedIdsContext();
  const [open, toggle] = useExpanded(resource, record?.id ?? '');
  if (!record) return null;

  const selectable = !isRowSelectable || isRowSelectable(record);
  const target = typeof rowClick === 'function' ? rowClick(record.id, resource, record) : rowClick;
  const below = `${resource}-${record.id}-below`;
  const cells = Children.toArray(children).length + (hasBulkActions ? 1 : 0) + (expand ? 1 : 0);
  const click = () => {
    if (target === 'expand') toggle();
    else if (target === 'edit') navigate(createPath({ resource, id: record.id, type: 'edit' }));
  };
  const stay = (event: MouseEvent) => event.stopPropagation();

  return (
    <>
      <TableRow hover className={className} sx={sx} onClick={click}>
        {Boolean(expand) && (
          <TableCell padding="none" sx={{ width: 40, pl: 0.5 }} onClick={stay}>
            <IconButton
              aria-label={t(open ? 'ra.action.close' : 'ra.action.expand')}
              aria-expanded={open}
              aria-controls={open ? below : undefined}
              onClick={toggle}
            >
              <ExpandMoreIcon fontSize="small" sx={{ transform: open ? 'none' : 'rotate(-90deg)' }} />
            </IconButton>
          </TableCell>
        )}
        {hasBulkActions && handleToggleItem && (
          <TableCell padding="checkbox" onClick={stay}>
            <Checkbox
              checked={selectable && Boolean(selectedIds?.includes(record.id))}
              disabled={!selectable}
              onClick={event => handleToggleItem(record.id, event)}
              slotProps={{
                input: { 'aria-label': t('stoa.structure.list.select', { name: String(represent(record)) }) },
              }}
            />
          </TableCell>
        )}
        {children}
      </TableRow>
      {Boolean(expand) && open && (
        <TableRow id={below}>
          <TableCell colSpan={cells}>
            <Collapse in appear>
              {isValidElement(expand) ? expand : null}
            </Collapse>
          </TableCell>
        </TableRow>
      )}
    </>
  );
}
