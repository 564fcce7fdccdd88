// Takes a ticket back from the trash.
import RestoreIcon from '@mui/icons-material/RestoreFromTrashOutlined';
import { Button } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDataProvider, useNotify, useRecordContext, useTranslate } from 'react-admin';
import { useMay } from '../../api/permissions';
import type { StoaDataProvider } from '../../dataProvider';
import type { Ticket } from '../../types';
import { useFailure } from './useFailure';

/** For the ticket of the row. */
export function RestoreButton() {
  const t = useTranslate();
  const notify = useNotify();
  const onError = useFailure();
  const ticket = useRecordContext<Ticket>();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const client = useQueryClient();
  const mayRestore = useMay('tickets', 'delete');
  const { mutate, isPending } = useMutation({
    mutationFn: (id: string) => dataProvider.action<Ticket>('tickets', id, 'restore'),
    onSuccess: ({ data }) => {
      void client.invalidateQueries({ queryKey: ['tickets'] });
      notify('stoa.tickets.row.restored', { type: 'success', messageArgs: { reference: data.reference } });
    },
    onError,
  });
  if (!ticket || !mayRestore) return null;
  return (
    <Button
      startIcon={<RestoreIcon />}
      disabled={isPending}
      onClick={event => {
        event.stopPropagation();
        mutate(ticket.id);
      }}
    >
      {t('stoa.tickets.row.restore')}
    </Button>
  );
}
