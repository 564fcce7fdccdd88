// The status in the head of the page, always in reach.
import { ButtonBase } from '@mui/material';
import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import { useRef } from 'react';
import { StatusChip } from '../../../components';
import { useTicketPage } from '../context';
import { StatusMenu, useMayStep } from '../properties/StatusMenu';
import { useKey } from '../useKey';

/** The chip of the status; it opens the steps where there are any. */
export function HeaderStatus() {
  const { ticket } = useTicketPage();
  const may = useMayStep();
  const place = useRef<HTMLSpanElement>(null);
  useKey('s', () => place.current?.querySelector('button')?.click(), may);
  if (!may) return <StatusChip status={ticket.status} />;
  return (
    <span ref={place}>
      <StatusMenu>
        {trigger => (
          <ButtonBase {...trigger} sx={{ borderRadius: 4, '& .MuiChip-root': { cursor: 'pointer' } }}>
            <StatusChip status={ticket.status} />
            <ArrowDropDownIcon sx={{ fontSize: 18, color: 'text.secondary', ml: -0.25 }} />
          </ButtonBase>
        )}
      </StatusMenu>
    </span>
  );
}
