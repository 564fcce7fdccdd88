// Adds a tag without leaving the list.
import AddIcon from '@mui/icons-material/Add';
import { Box, Button, Card, Popover, Stack, TextField, Tooltip, ButtonBase } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useCreate, useNotify, useRefresh, useTranslate } from 'react-admin';
import { ApiError } from '../api/client';
import { useMay } from '../api/permissions';
import { useErrorText } from '../components';
import { Swatches } from '../structure/ColourInput';
import { useTrash } from '../structure/trash';
import type { Tag } from '../types';
import { TagChip } from './TagChip';

const MOST = 60;

/** One line: colour, word, add. */
export function QuickTag() {
  const t = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const mayCreate = useMay('tags', 'create');
  const trash = useTrash();
  const [name, setName] = useState('');
  const [colour, setColour] = useState<string | null>('#1565c0');
  const [refusal, setRefusal] = useState<string>();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [create, { isPending }] = useCreate<Tag>();
  if (!mayCreate || trash.shown) return null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const word = name.trim();
    if (!word) return;
    void create(
      'tags',
      { data: { name: word, colour } },
      {
        onSuccess: () => {
          setName('');
          setRefusal(undefined);
          notify(t('stoa.structure.tags.added', { name: word }), { type: 'success' });
          refresh();
        },
        onError: (error: unknown) =>
          setRefusal(
            error instanceof ApiError && error.code === 'unique_violation'
              ? t('stoa.structure.tags.taken')
              : errorText(error)
          ),
      }
    );
  };

  return (
    <Card component="form" onSubmit={submit} sx={{ mb: 1, px: 1.5, py: 1 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}>
        <Tooltip title={t('stoa.structure.tags.colour')}>
          <ButtonBase
            aria-label={t('stoa.structure.tags.colour')}
            aria-haspopup="dialog"
            onClick={event => setAnchor(event.currentTarget)}
            sx={{
              width: 36,
              height: 36,
              borderRadius: 1,
              bgcolor: colour ?? 'transparent',
              border: 1,
              borderColor: 'divider',
            }}
          />
        </Tooltip>
        <TextField
          value={name}
          onChange={event => {
            setName(event.target.value);
            setRefusal(undefined);
          }}
          label={t('stoa.structure.tags.word')}
          error={Boolean(refusal)}
          helperText={refusal}
          margin="none"
          slotProps={{ htmlInput: { maxLength: MOST } }}
          sx={{ flex: '1 1 160px', maxWidth: 320 }}
        />
        <Button
          type="submit"
          variant="outlined"
          startIcon={<AddIcon />}
          disabled={isPending || !name.trim()}
          sx={{ height: 36 }}
        >
          {t('ra.action.add')}
        </Button>
        {name.trim() && (
          <Box sx={{ alignSelf: 'center' }}>
            <TagChip name={name.trim()} colour={colour} />
          </Box>
        )}
      </Stack>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { sx: { p: 1.5, maxWidth: 250 } } }}
      >
        <Swatches
          value={colour}
          onChange={chosen => {
            setColour(chosen);
            setAnchor(null);
          }}
        />
        <Button
          size="small"
          color="inherit"
          sx={{ mt: 1 }}
          onClick={() => {
            setColour(null);
            setAnchor(null);
          }}
        >
          {t('stoa.structure.tags.noColour')}
        </Button>
      </Popover>
    </Card>
  );
}
