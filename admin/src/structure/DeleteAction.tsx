// Moves one record to the trash after a question, and says why when that is refused.
import DeleteOutlineIcon from '@mui/icons-material/DeleteOutlined';
import { Button, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import {
  useDelete,
  useGetRecordRepresentation,
  useNotify,
  useRecordContext,
  useRedirect,
  useResourceContext,
  useTranslate,
} from 'react-admin';
import { useFormContext } from 'react-hook-form';
import { ConfirmDialog, useErrorText } from '../components';
import type { StoaRecord } from '../types';
import { useLeave } from './dirty';
import { useInUseText } from './inUse';

/** Deletes the record around; `name` is what it is called, where it has no name of its own. */
export function DeleteAction({ name: given }: { name?: string }) {
  const t = useTranslate();
  const notify = useNotify();
  const redirect = useRedirect();
  const errorText = useErrorText();
  const form = useFormContext();
  const resource = useResourceContext() ?? '';
  const inUseText = useInUseText(resource);
  const record = useRecordContext<StoaRecord>();
  const represent = useGetRecordRepresentation(resource);
  const [open, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [gone, setGone] = useState(false);
  const leave = useLeave();
  const [deleteOne, { isPending }] = useDelete();
  // Only then the form knows that it has no changes any more, and lets go.
  useEffect(() => {
    if (!gone) return undefined;
    const timer = setTimeout(() => redirect('list', resource));
    return () => clearTimeout(timer);
  }, [gone, redirect, resource]);
  if (!record) return null;
  const name = given ?? String(represent(record));

  const confirm = () => {
    setRefusal(undefined);
    void deleteOne(
      resource,
      { id: record.id, previousData: record },
      {
        onSuccess: () => {
          setOpen(false);
          notify(t('stoa.structure.remove.done', { name }), { type: 'success' });
          // What was typed and not saved is gone with the record; nobody has to be asked about it.
          form?.reset(form.getValues());
          leave();
          setGone(true);
        },
        onError: (error: unknown) => setRefusal(inUseText(error) ?? errorText(error)),
      }
    );
  };

  return (
    <>
      <Button
        color="error"
        startIcon={<DeleteOutlineIcon />}
        onClick={() => {
          setRefusal(undefined);
          setOpen(true);
        }}
      >
        {t('ra.action.delete')}
      </Button>
      <ConfirmDialog
        open={open}
        danger
        busy={isPending}
        refusal={refusal}
        title={t('stoa.structure.remove.title', { name })}
        confirmLabel={t('ra.action.delete')}
        onConfirm={confirm}
        onClose={() => setOpen(false)}
      >
        <Typography>{t(`stoa.structure.${resource}.removeBody`)}</Typography>
      </ConfirmDialog>
    </>
  );
}
