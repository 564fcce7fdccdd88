// Several people in little room.
import { AvatarGroup, Box, Tooltip } from '@mui/material';
import { useGetManyAggregate } from 'react-admin';
import { PersonAvatar, PersonName } from '../components';
import type { User } from '../types';

const MOST = 4;

/** One person by name, several by their initials with the names behind them. */
export function People({ ids }: { ids: string[] | undefined }) {
  const { data = [] } = useGetManyAggregate<User>('users', { ids: ids ?? [] }, { enabled: (ids?.length ?? 0) > 1 });
  if (!ids?.length) return <>–</>;
  if (ids.length === 1) return <PersonName id={ids[0]} />;
  const people = data.filter(Boolean);
  const names = people.map(person => person.name).join(', ');
  return (
    <Tooltip title={names}>
      <Box component="span" role="img" aria-label={names} sx={{ display: 'inline-flex' }}>
        <AvatarGroup
          max={MOST}
          total={ids.length}
          spacing="small"
          sx={{ '& .MuiAvatar-root': { width: 22, height: 22, fontSize: 10 } }}
        >
          {people.slice(0, MOST).map(person => (
            <PersonAvatar key={person.id} name={person.name} />
          ))}
        </AvatarGroup>
      </Box>
    </Tooltip>
  );
}
