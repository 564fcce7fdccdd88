// Puts tags on the selected tickets, or takes them off.
import { Paper, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { BulkDialog, type BulkDialogProps } from './BulkDialog';
import type { FilterValue } from './filters';
import { RecordPicker, toggled } from './RecordPicker';

/** The dialog. */
export function BulkTagsDialog({ count, onApply, onClose }: BulkDialogProps) {
  const t = useTranslate();
  const [action, setAction] = useState<'add_tags' | 'remove_tags'>('add_tags');
  const [tags, setTags] = useState<FilterValue[]>([]);
  const toggle = (value: FilterValue) => setTags(now => toggled(now, value));
  const ids = tags.filter(id => id !== null);
  return (
    <BulkDialog
      title={t('stoa.tickets.bulk.tags_title', { smart_count: count })}
      ready={ids.length > 0}
      onSubmit={() => onApply({ action, tag_ids: ids })}
      onClose={onClose}
    >
      <ToggleButtonGroup
        exclusive
        size="small"
        color="primary"
        value={action}
        onChange={(_, value: typeof action | null) => value && setAction(value)}
        aria-label={t('stoa.tickets.bulk.tags')}
      >
        <ToggleButton value="add_tags">{t('stoa.tickets.bulk.add')}</ToggleButton>
        <ToggleButton value="remove_tags">{t('stoa.tickets.bulk.remove')}</ToggleButton>
      </ToggleButtonGroup>
      <Paper variant="outlined">
        <RecordPicker resource="tags" label={t('stoa.tickets.bulk.tags')} values={tags} onToggle={toggle} />
      </Paper>
    </BulkDialog>
  );
}
