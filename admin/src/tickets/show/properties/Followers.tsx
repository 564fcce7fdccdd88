// Who follows the ticket, with those who may adding and removing colleagues.
import AddIcon from '@mui/icons-material/Add';
import CloseIcon from '@mui/icons-material/Close';
import { Box, IconButton, Stack, Tooltip, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { request } from '../../../api/client';
import { PersonAvatar, PersonSelect, STAFF } from '../../../components';
import type { Role } from '../../../types';
import { useTicketPage } from '../context';
import { useFollowing } from '../useFollowing';
import { Section } from './Section';

interface Follower {
  id: string;
  name: string;
  role: Role;
}

/** The list of followers. */
export function Followers() {
  const t = useTranslate();
  const { ticket, rights, me } = useTicketPage();
  const { follow, unfollow } = useFollowing();
  const [adding, setAdding] = useState(false);
  const ids = ticket.follower_ids;
  const { data } = useQuery({
    // By the ids, so that names follow them at once.
    queryKey: ['tickets', 'followers', ticket.id, ids],
    queryFn: async () =>
      (await request<{ data: Follower[]; total: number }>(`/api/tickets/${ticket.id}/followers`)).data.data,
    enabled: ids.length > 0 && !ticket.deleted_at,
    placeholderData: before => before,
  });
  const people = ids.length ? (data ?? []).filter(person => ids.includes(person.id)) : [];
  return (
    <Section
      title={t('stoa.ticket.followers.title')}
      action={
        rights.follow && (
          <Tooltip title={t('stoa.ticket.followers.add')}>
            <IconButton
              aria-label={t('stoa.ticket.followers.add')}
              aria-expanded={adding}
              onClick={() => setAdding(!adding)}
            >
              <AddIcon fontSize="small" />
            </IconButton>
          </Tooltip>
        )
      }
    >
      {adding && rights.follow && (
        <Box sx={{ my: 1 }}>
          <PersonSelect
            label={t('stoa.ticket.followers.who')}
            value={null}
            roles={STAFF}
            allowMe
            onChange={id => {
              if (!id) return;
              setAdding(false);
              void follow(id);
            }}
          />
        </Box>
      )}
      {ids.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('stoa.ticket.followers.none')}
        </Typography>
      )}
      <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {people.map(person => (
          <Stack
            key={person.id}
            component="li"
            direction="row"
            sx={{ alignItems: 'center', gap: 0.75, minHeight: 28 }}
          >
            <PersonAvatar name={person.name} size={20} />
            <Typography variant="body2" noWrap sx={{ flex: 1 }}>
              {person.id === me.id ? t('stoa.common.me', { name: person.name }) : person.name}
            </Typography>
            {rights.follow && (
              <IconButton
                aria-label={t('stoa.ticket.followers.remove', { name: person.name })}
                onClick={() => void unfollow(person.id)}
              >
                <CloseIcon sx={{ fontSize: 15 }} />
              </IconButton>
            )}
          </Stack>
        ))}
      </Stack>
    </Section>
  );
}
