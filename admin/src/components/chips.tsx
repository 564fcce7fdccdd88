// Status, priority and tags as small labels, alike on every page.
import { Box, Chip, Tooltip } from '@mui/material';
import { alpha, getContrastRatio, type Theme } from '@mui/material/styles';
import { useGetManyAggregate, useTranslate } from 'react-admin';
import type { Priority, Status, Tag } from '../types';

/** What a colour says. */
export type Tone = 'info' | 'error' | 'warning' | 'success' | 'primary' | 'default';

const STATUS: Record<Status, Tone> = {
  new: 'primary',
  open: 'error',
  pending: 'info',
  on_hold: 'warning',
  solved: 'success',
  closed: 'default',
};

const PRIORITY: Record<Priority, Tone> = { low: 'default', normal: 'default', high: 'warning', urgent: 'error' };

/** A pale ground with readable text on it, in both themes. */
function toned(theme: Theme, tone: Tone) {
  const colour = tone === 'default' ? theme.palette.text.secondary : theme.palette[tone].main;
  return { bgcolor: alpha(colour, theme.palette.mode === 'dark' ? 0.2 : 0.1), color: colour, fontWeight: 600 };
}

/** A small label in a colour that says how good or bad it is; `why` is shown to whoever points at it. */
export function ToneChip({ tone = 'default', label, why }: { tone?: Tone; label: string; why?: string }) {
  const chip = <Chip component="span" label={label} sx={theme => ({ ...toned(theme, tone), height: 20 })} />;
  return why ? <Tooltip title={why}>{chip}</Tooltip> : chip;
}

/** Where a ticket stands. */
export function StatusChip({ status }: { status: Status }) {
  const t = useTranslate();
  const tone = STATUS[status] ?? 'default';
  return <Chip label={t(`stoa.common.status.${status}`, { _: status })} sx={theme => ({ ...toned(theme, tone), height: 20 })} />;
}

/** How urgent a ticket is; the usual is told quietly. */
export function PriorityChip({ priority }: { priority: Priority }) {
  const t = useTranslate();
  const tone = PRIORITY[priority] ?? 'default';
  const label = t(`stoa.common.priority.${priority}`);
  if (tone === 'default') {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {label}
      </Box>
    );
  }
  return <Chip label={label} sx={theme => ({ ...toned(theme, tone), height: 20 })} />;
}

/** Text on a colour that people chose freely. */
function readable(colour: string): string {
  return getContrastRatio(colour, '#ffffff') >= 4.5 ? '#ffffff' : '#14171c';
}

/** Tags by id. */
export function TagChips({ ids }: { ids: string[] | undefined }) {
  const { data = [] } = useGetManyAggregate<Tag>('tags', { ids: ids ?? [] }, { enabled: Boolean(ids?.length) });
  if (!ids?.length) return null;
  return (
    <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', gap: 0.5 }}>
      {data.filter(Boolean).map(tag => (
        <Chip
          key={tag.id}
          label={tag.name}
          variant={tag.colour ? 'filled' : 'outlined'}
          sx={{ height: 20, ...(tag.colour ? { bgcolor: tag.colour, color: readable(tag.colour) } : {}) }}
        />
      ))}
    </Box>
  );
}
