// Follows the ticket, or lets others follow it, and ends that.
import { useCallback } from 'react';
import { useDataProvider } from 'react-admin';
import type { StoaDataProvider } from '../../dataProvider';
import { useTicketPage } from './context';

/** Whether the reader follows, and how that is changed for anybody. */
export function useFollowing() {
  const { ticket, me, change } = useTicketPage();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const { id, follower_ids: ids } = ticket;

  const follow = useCallback(
    (who: string) =>
      change({ follower_ids: [...new Set([...ids, who])] }, () =>
        dataProvider.action('tickets', id, 'followers', { user_id: who })
      ),
    [change, dataProvider, id, ids]
  );
  const unfollow = useCallback(
    (who: string) =>
      change({ follower_ids: ids.filter(one => one !== who) }, () =>
        dataProvider.action('tickets', id, `followers/${who}`, undefined, { method: 'DELETE' })
      ),
    [change, dataProvider, id, ids]
  );
  return { following: ids.includes(me.id), follow, unfollow };
}
