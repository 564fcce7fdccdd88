// What can be done with selected records: into the trash, and back.
import DeleteOutlinedIcon from '@mui/icons-material/DeleteOutlined';
import RestoreFromTrashIcon from '@mui/icons-material/RestoreFromTrash';
import { useCallback, useState } from 'react';
import {
  Button,
  useBulkDeleteController,
  useDataProvider,
  useListContext,
  useNotify,
  useRefresh,
  useResourceContext,
  useTranslate,
} from 'react-admin';
import { useErrorText } from '../components';
import type { StoaDataProvider } from '../dataProvider';
import { useInUseText } from './inUse';

/** Moves the selected records to the trash; it can be undone for a moment. */
export function BulkDelete() {
  const notify = useNotify();
  const refresh = useRefresh();
  const inUseText = useInUseText(useResourceContext() ?? '');
  const errorText = useErrorText();
  const { handleDelete, isPending } = useBulkDeleteController({
    mutationMode: 'undoable',
    mutationOptions: {
      onError: (error: unknown) => {
        notify(inUseText(error) ?? errorText(error), { type: 'error', multiLine: true });
        refresh();
      },
    },
  });
  return (
    <Button label="ra.action.delete" color="error" onClick={handleDelete} disabled={isPending}>
      <DeleteOutlinedIcon />
    </Button>
  );
}

/** Takes records back from the trash, one after the other, and says what came of it. */
export function useRestore(): (ids: string[]) => Promise<void> {
  const t = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const resource = useResourceContext() ?? '';
  const dataProvider = useDataProvider<StoaDataProvider>();
  return useCallback(
    async ids => {
      let done = 0;
      let refusal: unknown;
      for (const id of ids) {
        try {
          await dataProvider.action(resource, id, 'restore');
          done += 1;
        } catch (error) {
          refusal = error;
        }
      }
      if (refusal) {
        const message = t('stoa.structure.list.notRestored', {
          smart_count: ids.length - done,
          why: errorText(refusal),
        });
        notify(message, { type: 'error', multiLine: true });
      }
      if (done) notify(t('stoa.structure.list.restored', { smart_count: done }), { type: 'success' });
      refresh();
    },
    [dataProvider, resource, t, notify, refresh, errorText]
  );
}

/** Takes the selected records back from the trash. */
export function BulkRestore() {
  const { selectedIds, onUnselectItems } = useListContext();
  const restore = useRestore();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      label="stoa.structure.list.restore"
      disabled={busy}
      onClick={async () => {
        setBusy(true);
        await restore(selectedIds.map(String));
        setBusy(false);
        onUnselectItems();
      }}
    >
      <RestoreFromTrashIcon />
    </Button>
  );
}
