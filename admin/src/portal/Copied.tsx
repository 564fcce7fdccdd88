// Who is copied on a request. Clients see the names of the team only; others are counted.
import AddIcon from '@mui/icons-material/Add';
import { Box, Button, Chip } from '@mui/material';
import { useState } from 'react';
import { useGetMany, useNotify, useTranslate, useUpdate } from 'react-admin';
import { PersonAvatar, PersonSelect, useErrorText } from '../components';
import type { Ticket, User } from '../types';
import { useRefresh } from './useRefresh';

/** The people copied, to be changed by who asked. */
export function Copied({ ticket, mayChange }: { ticket: Ticket; mayChange: boolean }) {
  const t = useTranslate();
  const [changes, setChanges] = useState(false);
  const ids = ticket.cc_ids;
  const { data: people = [] } = useGetMany<User>('users', { ids }, { enabled: ids.length > 0 });
  const { change, isPending } = useChange(ticket);
  const known = ids.length > 0 ? people.filter(Boolean) : [];
  const hidden = ids.filter(id => !known.some(person => person.id === id));
  const without = (gone: string[]) => change(ids.filter(id => !gone.includes(id)));
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75, minWidth: 0 }}>
      {ids.length === 0 && !changes && t('stoa.portal.show.nobody')}
      {known.map(person => (
        <Chip
          key={person.id}
          avatar={<PersonAvatar name={person.name} size={18} />}
          label={person.name}
          disabled={isPending}
          onDelete={changes ? () => without([person.id]) : undefined}
          aria-label={changes ? t('stoa.portal.show.remove_copied', { name: person.name }) : undefined}
        />
      ))}
      {hidden.length > 0 && (
        <Chip
          label={t('stoa.portal.show.someone', { smart_count: hidden.length })}
          disabled={isPending}
          onDelete={changes ? () => without(hidden) : undefined}
          aria-label={changes ? t('stoa.portal.show.remove_someone') : undefined}
        />
      )}
      {changes && (
        <Box sx={{ width: 240 }}>
          <PersonSelect
            value={null}
            label={t('stoa.portal.show.add_copied')}
            disabled={isPending}
            onChange={id => id && !ids.includes(id) && change([...ids, id])}
          />
        </Box>
      )}
      {mayChange && (
        <Button
          startIcon={changes || ids.length > 0 ? undefined : <AddIcon />}
          aria-label={changes || ids.length === 0 ? undefined : t('stoa.portal.show.change_copied')}
          onClick={() => setChanges(!changes)}
        >
          {t(`stoa.portal.show.${changes ? 'done' : ids.length > 0 ? 'change' : 'add'}`)}
        </Button>
      )}
    </Box>
  );
}

function useChange(ticket: Ticket) {
  const notify = useNotify();
  const errorText = useErrorText();
  const refresh = useRefresh(ticket.id);
  const [update, { isPending }] = useUpdate<Ticket>();
  const change = (cc_ids: string[]) =>
    void update(
      'tickets',
      { id: ticket.id, data: { cc_ids }, previousData: ticket },
      {
        mutationMode: 'pessimistic',
        onSettled: refresh,
        onError: error => notify(errorText(error), { type: 'error' }),
      }
    );
  return { change, isPending };
}
