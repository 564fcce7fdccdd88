// What can be done with a saved view: keep what is shown now, or delete it.
import { useDelete, useListContext, useNotify, useUpdate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { SavedView, Ticket } from '../../types';
import { useFailure } from './useFailure';
import { useViews } from './ViewsContext';
import { BUILT_IN, formatSort } from './views';

/** What a saved view keeps of the list. */
export function useShown(): Pick<SavedView, 'filter' | 'sort' | 'columns'> {
  const { filterValues, sort } = useListContext<Ticket>();
  const { columns } = useViews();
  return { filter: filterValues, sort: formatSort(sort), columns };
}

/** Changes and deletes saved views. */
export function useViewActions() {
  const notify = useNotify();
  const navigate = useNavigate();
  const onError = useFailure();
  const shown = useShown();
  const { current, href } = useViews();
  const [update, { isPending: updating }] = useUpdate<SavedView>();
  const [remove, { isPending: deleting }] = useDelete<SavedView>();

  /** Lets a view show what the list shows now. */
  const keep = (view: SavedView) =>
    update(
      'saved_views',
      { id: view.id, data: shown, previousData: view },
      {
        onSuccess: saved =>
          notify('stoa.tickets.view.updated', { type: 'success', messageArgs: { name: saved.name } }),
        onError,
      }
    );

  /** Deletes a view, and leaves it when it is the current one. */
  const discard = (view: SavedView, done: () => void) =>
    remove(
      'saved_views',
      { id: view.id, previousData: view },
      {
        onSuccess: () => {
          done();
          notify('stoa.tickets.view.deleted', { type: 'success', messageArgs: { name: view.name } });
          const unsolved = BUILT_IN.find(one => one.id === 'unsolved');
          if (current?.id === view.id && unsolved) navigate(href(unsolved));
        },
        onError,
      }
    );

  return { keep, discard, busy: updating || deleting };
}
