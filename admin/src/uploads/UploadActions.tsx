// What can be done with a file: save it, and remove it for good.
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { IconButton, Stack, Tooltip, Typography } from '@mui/material';
import { useState } from 'react';
import { useDelete, useNotify, useRefresh, useTranslate } from 'react-admin';
import { useMe } from '../api/me';
import { useReach } from '../api/permissions';
import { ConfirmDialog, useErrorText } from '../components';
import { formatSize } from '../files/size';
import { useSaveFile } from '../files/useSaveFile';
import type { Upload } from '../types';
import { mayRemove } from './mayRemove';

function RemoveDialog({ upload, onClose }: { upload: Upload; onClose: () => void }) {
  const t = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const [refusal, setRefusal] = useState<string>();
  const [remove, { isPending }] = useDelete<Upload>();
  const confirm = () => {
    setRefusal(undefined);
    void remove(
      'uploads',
      { id: upload.id, previousData: upload },
      {
        onSuccess: () => {
          notify('stoa.uploads.removed', { type: 'success', messageArgs: { name: upload.filename } });
          onClose();
          refresh();
        },
        onError: error => setRefusal(errorText(error)),
      }
    );
  };
  return (
    <ConfirmDialog
      open
      danger
      busy={isPending}
      refusal={refusal}
      title={t('stoa.uploads.remove_title', { name: upload.filename })}
      confirmLabel={t('stoa.uploads.remove')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography>{t(upload.link ? 'stoa.uploads.remove_attached' : 'stoa.uploads.remove_body')}</Typography>
    </ConfirmDialog>
  );
}

/** Buttons of a file. */
export function UploadActions({ upload }: { upload: Upload }) {
  const t = useTranslate();
  const me = useMe();
  const reach = useReach('uploads', 'delete');
  const [removing, setRemoving] = useState(false);
  const { filename: name, size, id } = upload;
  const { save, busy } = useSaveFile({ name, size, path: `/api/uploads/${id}/content` });
  const download = t('stoa.files.save', { name, size: formatSize(size) });
  const remove = t('stoa.files.remove', { name });
  return (
    <Stack direction="row">
      {upload.state === 'ready' && (
        <Tooltip title={download}>
          <span>
            <IconButton aria-label={download} disabled={busy} onClick={() => void save()}>
              <DownloadIcon fontSize="small" />
            </IconButton>
          </span>
        </Tooltip>
      )}
      {mayRemove(upload, reach, me?.id) && (
        <Tooltip title={remove}>
          <IconButton aria-label={remove} onClick={() => setRemoving(true)}>
            <DeleteIcon fontSize="small" />
          </IconButton>
        </Tooltip>
      )}
      {removing && <RemoveDialog upload={upload} onClose={() => setRemoving(false)} />}
    </Stack>
  );
}
