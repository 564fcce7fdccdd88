// The shape of the list before its tickets are there, so that nothing jumps when they come.
import { Box, Skeleton, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useDensity } from './SubjectCell';
import { cellSx, ROW_HEIGHT, useSelectable } from './TicketTable';
import { useViews } from './ViewsContext';

/** As wide as the boxes that select. */
const BOX = { '&&': { p: 0, width: 34, minWidth: 34 } };
const LINES = Array.from({ length: 15 }, (_, at) => at);

/** Head and rows of the table, with the columns that are shown. */
export function TableSkeleton() {
  const t = useTranslate();
  const { columns } = useViews();
  const [density] = useDensity();
  const selectable = useSelectable();
  return (
    <Table role="status" aria-label={t('stoa.tickets.state.loading')} sx={{ '& .MuiTableCell-root': { px: 1 } }}>
      <TableHead aria-hidden>
        <TableRow>
          {selectable && <TableCell sx={BOX} />}
          {columns.map(column => (
            <TableCell key={column} sx={{ ...cellSx(column), py: 0.75, whiteSpace: 'nowrap' }}>
              {t(`stoa.tickets.column.${column}`)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody aria-hidden>
        {LINES.map(line => (
          <TableRow key={line} sx={{ height: ROW_HEIGHT[density], opacity: 1 - line / LINES.length }}>
            {selectable && <TableCell sx={BOX} />}
            {columns.map(column => (
              <TableCell key={column} sx={{ ...cellSx(column), py: 0 }}>
                <Skeleton width={column === 'subject' ? `${45 + ((line * 17) % 40)}%` : '70%'} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The same on a phone. */
export function CardsSkeleton() {
  const t = useTranslate();
  return (
    <Box role="status" aria-label={t('stoa.tickets.state.loading')}>
      {LINES.slice(0, 8).map(line => (
        <Box key={line} sx={{ px: 1.5, py: 1, borderBottom: 1, borderColor: 'divider' }}>
          <Skeleton width="30%" />
          <Skeleton width={`${55 + ((line * 13) % 40)}%`} height={24} />
          <Skeleton width="50%" />
        </Box>
      ))}
    </Box>
  );
}
