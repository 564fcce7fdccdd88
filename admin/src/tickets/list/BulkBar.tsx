// What can be done with the selected tickets; it lies over the filters, so nothing moves when it comes.
import ArchiveIcon from '@mui/icons-material/ArchiveOutlined';
import AssignIcon from '@mui/icons-material/AssignmentIndOutlined';
import CloseIcon from '@mui/icons-material/Close';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import StatusIcon from '@mui/icons-material/PublishedWithChanges';
import TagIcon from '@mui/icons-material/LabelOutlined';
import { Box, Button, IconButton, Paper, Tooltip, Typography, useMediaQuery, type Theme } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { SelectAllButton, useListContext, useTranslate } from 'react-admin';
import { useMe } from '../../api/me';
import { useMay } from '../../api/permissions';
import type { Ticket } from '../../types';
import { BulkAssignDialog } from './BulkAssignDialog';
import { BulkStatusDialog } from './BulkStatusDialog';
import { BulkTagsDialog } from './BulkTagsDialog';
import { useBulk, type BulkAction } from './useBulk';

/** So many a selection of all takes in. */
const MOST = 500;

function Action({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  const t = useTranslate();
  const phone = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const name = t(`stoa.tickets.bulk.${label}`);
  return phone ? (
    <Tooltip title={name}>
      <IconButton aria-label={name} color="primary" onClick={onClick} sx={{ p: 1.25 }}>
        {icon}
      </IconButton>
    </Tooltip>
  ) : (
    <Button startIcon={icon} onClick={onClick} sx={{ whiteSpace: 'nowrap', flexShrink: 0 }}>
      {name}
    </Button>
  );
}

/** Shown while tickets are selected. */
export function BulkBar() {
  const t = useTranslate();
  const me = useMe();
  const { selectedIds, onUnselectItems } = useListContext<Ticket>();
  const mayAssign = useMay('tickets', 'assign');
  const mayMove = useMay('tickets', 'transition');
  const mayTag = useMay('tickets.tag_ids', 'edit');
  const mayArchive = useMay('tickets', 'archive');
  const mayDelete = useMay('tickets', 'delete');
  const { run, remove, count } = useBulk(me?.id);
  const [dialog, setDialog] = useState<'assign' | 'status' | 'tags' | null>(null);
  const close = () => setDialog(null);
  const apply = (action: BulkAction) => {
    close();
    run(action);
  };
  const asked = { count, onApply: apply, onClose: close };

  if (selectedIds.length === 0) return null;
  return (
    <>
      <Paper
        variant="outlined"
        role="region"
        aria-label={t('stoa.tickets.bulk.bar')}
        sx={{
          // On a phone it stays in reach of the thumb.
          position: { xs: 'fixed', sm: 'absolute' },
          inset: { xs: 'auto 0 0 0', sm: 0 },
          height: { xs: 56, sm: 'auto' },
          zIndex: { xs: 'appBar', sm: 4 },
          display: 'flex',
          alignItems: 'center',
          gap: 0.5,
          px: 0.5,
          overflowX: 'auto',
          borderColor: 'primary.main',
        }}
      >
        <Tooltip title={t('stoa.tickets.bulk.unselect')}>
          <IconButton aria-label={t('stoa.tickets.bulk.unselect')} onClick={() => onUnselectItems()}>
            <CloseIcon fontSize="small" />
          </IconButton>
        </Tooltip>
        <Typography role="status" sx={{ fontWeight: 600, whiteSpace: 'nowrap', mr: 1 }}>
          {t('stoa.tickets.bulk.selected', { smart_count: count })}
        </Typography>
        <SelectAllButton limit={MOST} queryOptions={{ meta: { fields: ['id'] } }} />
        <Box sx={{ flex: 1 }} />
        {mayAssign && <Action label="assign" icon={<AssignIcon />} onClick={() => setDialog('assign')} />}
        {mayMove && <Action label="status" icon={<StatusIcon />} onClick={() => setDialog('status')} />}
        {mayTag && <Action label="tags" icon={<TagIcon />} onClick={() => setDialog('tags')} />}
        {mayArchive && <Action label="archive" icon={<ArchiveIcon />} onClick={() => run({ action: 'archive' })} />}
        {mayDelete && <Action label="delete" icon={<DeleteIcon />} onClick={remove} />}
      </Paper>
      {dialog === 'assign' && <BulkAssignDialog {...asked} />}
      {dialog === 'status' && <BulkStatusDialog {...asked} />}
      {dialog === 'tags' && <BulkTagsDialog {...asked} />}
    </>
  );
}
