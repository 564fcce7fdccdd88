// The files that wait to go out: how far each is, what went wrong, and what can be done about it.
import CloseIcon from '@mui/icons-material/Close';
import ReplayIcon from '@mui/icons-material/Replay';
import { Box, Button, IconButton, LinearProgress, Stack, Tooltip, Typography } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { FileThumb } from './FileThumb';
import { isShown } from './kinds';
import { formatSize } from './size';
import type { Item } from './tray';
import type { Attaching } from './useAttaching';
import { useFaultText } from './useFaultText';

/** What became of files, for those who do not see it. */
function useSpoken(items: readonly Item[]): string {
  const t = useTranslate();
  const text = useFaultText();
  const [spoken, setSpoken] = useState('');
  const known = useRef(new Map(items.map(item => [item.key, item.step])));
  useEffect(() => {
    const news = items.flatMap(item => {
      const before = known.current.get(item.key);
      known.current.set(item.key, item.step);
      if (before === undefined) return t('stoa.files.spoken.added', { name: item.name });
      if (before === item.step) return [];
      if (item.step === 'ready') return t('stoa.files.spoken.ready', { name: item.name });
      if (item.fault) return t('stoa.files.spoken.failed', { name: item.name, reason: text(item.fault, item.size) });
      return [];
    });
    if (news.length > 0) setSpoken(news.join(' '));
  }, [items, t, text]);
  return spoken;
}

function State({ item }: { item: Item }) {
  const t = useTranslate();
  const text = useFaultText();
  const { step, fault, size, share } = item;
  if (step === 'failed' && fault) {
    return (
      <Typography variant="caption" component="div" sx={{ color: 'error.main', lineHeight: 1.35 }}>
        {text(fault, size)}
      </Typography>
    );
  }
  const word =
    step === 'sending'
      ? t('stoa.files.step.sending', { percent: Math.floor(share * 100) })
      : t(`stoa.files.step.${step}`);
  return (
    <Typography variant="caption" component="div" noWrap sx={{ color: 'text.secondary', lineHeight: 1.35 }}>
      {formatSize(size)}
      {step !== 'ready' && ` · ${word}`}
    </Typography>
  );
}

function FileCard({
  item,
  files,
  locked,
  onRemove,
}: {
  item: Item;
  files: Attaching;
  locked: boolean;
  onRemove: () => void;
}) {
  const t = useTranslate();
  const card = useRef<HTMLLIElement>(null);
  const { key, name, step, fault, file, id } = item;
  const under = step === 'waiting' || step === 'sending' || step === 'checking';
  const shows = isShown(item.type, item.size) && step !== 'failed';
  const stored = id ? { path: `/api/uploads/${id}/content?disposition=inline` } : undefined;
  const picture = shows ? (file ? { file } : stored) : undefined;
  const remove = t(under ? 'stoa.files.cancel' : 'stoa.files.remove', { name });
  const again = t('stoa.files.retry', { name });
  // Of many files not all are in sight.
  useEffect(() => {
    if (fault) card.current?.scrollIntoView({ block: 'nearest' });
  }, [fault]);
  return (
    <Box
      ref={card}
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        pl: 0.75,
        pr: 0.25,
        py: 0.5,
        minWidth: 0,
        width: { xs: '100%', sm: fault ? 340 : 240 },
        border: 1,
        borderColor: fault ? 'error.main' : 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        color: 'text.primary',
        position: 'relative',
        overflow: 'hidden',
      }}
    >
      <FileThumb type={item.type} source={picture} size={32} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body2" noWrap title={name} sx={{ fontWeight: 600, lineHeight: 1.35 }}>
          {name}
        </Typography>
        <State item={item} />
      </Box>
      {fault?.again && file && (
        <Tooltip title={again}>
          <IconButton aria-label={again} onClick={() => files.tray.retry(key)}>
            <ReplayIcon sx={{ fontSize: 18 }} />
          </IconButton>
        </Tooltip>
      )}
      <Tooltip title={remove}>
        <span>
          <IconButton aria-label={remove} data-remove disabled={locked && !files.waiting} onClick={onRemove}>
            <CloseIcon sx={{ fontSize: 18 }} />
          </IconButton>
        </span>
      </Tooltip>
      {under && (
        <LinearProgress
          aria-label={t('stoa.files.progress', { name })}
          variant={step === 'sending' ? 'determinate' : 'indeterminate'}
          value={step === 'sending' ? Math.round(item.share * 100) : undefined}
          sx={{ position: 'absolute', left: 0, right: 0, bottom: 0, height: 3 }}
        />
      )}
    </Box>
  );
}

/** The files of a text. */
export function AttachTray({
  files,
  locked = false,
  needsText = false,
  roomy = false,
}: {
  files: Attaching;
  /** The text is on its way with them. */
  locked?: boolean;
  /** There is no text yet that could carry them. */
  needsText?: boolean;
  /** There is as much room as they need. */
  roomy?: boolean;
}) {
  const t = useTranslate();
  const list = useRef<HTMLUListElement>(null);
  const { items, waiting, stop } = files;
  const spoken = useSpoken(items);
  const remove = (item: Item, at: number) => {
    const zone = list.current?.closest('[data-files]');
    files.tray.remove(item.key);
    // Who works with the keyboard goes on from where the file was.
    requestAnimationFrame(() => {
      const left = zone?.querySelectorAll<HTMLElement>('[data-remove]') ?? [];
      const next = left[Math.min(at, left.length - 1)] ?? zone?.querySelector<HTMLElement>('[data-attach]');
      next?.focus();
    });
  };
  return (
    <>
      <Box
        aria-live="polite"
        sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}
      >
        {spoken}
      </Box>
      {items.length > 0 && (
        <Stack
          ref={list}
          component="ul"
          direction="row"
          aria-label={t('stoa.files.list')}
          sx={{
            listStyle: 'none',
            p: 0,
            m: 0,
            mt: 0.75,
            gap: 0.75,
            flexWrap: 'wrap',
            // Beside a conversation many files must leave room for the text.
            ...(!roomy && { maxHeight: 168, overflowY: 'auto' }),
          }}
        >
          {items.map((item, at) => (
            <FileCard
              key={item.key}
              item={item}
              files={files}
              locked={locked}
              onRemove={() => remove(item, at)}
            />
          ))}
        </Stack>
      )}
      {needsText && items.length > 0 && !waiting && (
        <Typography variant="caption" component="p" sx={{ mt: 0.5 }}>
          {t('stoa.files.needs_text')}
        </Typography>
      )}
      {waiting && (
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, mt: 0.5 }}>
          <Typography variant="body2" role="status">
            {t('stoa.files.waits')}
          </Typography>
          <Button color="inherit" variant="outlined" onClick={stop}>
            {t('stoa.files.stop')}
          </Button>
        </Stack>
      )}
    </>
  );
}
