// Choosing a ticket by number or words; the newest come first.
import { Autocomplete, TextField } from '@mui/material';
import { useEffect, useState } from 'react';
import { useGetList, useGetManyAggregate, useInput, useTranslate } from 'react-admin';
import { filterFor } from '../tickets/show/dialogs/useTicketSearch';
import type { Ticket } from '../types';

/** Pause in the typing after which the search begins. */
const PAUSE_MS = 250;

/** One ticket, outside of forms. */
export function TicketSelect({
  value,
  onChange,
  label,
}: {
  value: string | null;
  onChange: (id: string | null) => void;
  label: string;
}) {
  const t = useTranslate();
  const [text, setText] = useState('');
  const [settled, setSettled] = useState('');
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data: chosen } = useGetManyAggregate<Ticket>(
    'tickets',
    { ids: value ? [value] : [] },
    { enabled: Boolean(value) }
  );
  const { data: found = [], isFetching } = useGetList<Ticket>(
    'tickets',
    {
      filter: filterFor(settled),
      sort: { field: 'created_at', order: 'DESC' },
      pagination: { page: 1, perPage: 15 },
      meta: { total: 'none' },
    },
    { enabled: open, placeholderData: before => before }
  );
  const current = value ? (chosen?.[0] ?? found.find(one => one.id === value) ?? null) : null;
  return (
    <Autocomplete
      fullWidth
      size="small"
      open={open}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      options={found}
      loading={open && isFetching}
      value={current}
      getOptionLabel={ticket => `${ticket.reference} ${ticket.subject}`}
      getOptionKey={ticket => ticket.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={all => all}
      onInputChange={(_, typed, why) => setText(why === 'input' ? typed : '')}
      onChange={(_, ticket) => onChange(ticket?.id ?? null)}
      renderInput={params => (
        <TextField {...params} label={label} placeholder={t('stoa.mail.ticketNumber')} size="small" margin="none" />
      )}
    />
  );
}

/** The same as a field of a form, such as a filter. */
export function TicketInput({ source }: { source: string }) {
  const t = useTranslate();
  const { field } = useInput<string | null>({ source, defaultValue: '' });
  return (
    <TicketSelect value={field.value || null} onChange={id => field.onChange(id ?? '')} label={t('stoa.mail.findTicket')} />
  );
}
