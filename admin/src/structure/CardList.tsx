// A list where there is no room for a table: one card a record.
import ChevronRightIcon from '@mui/icons-material/ChevronRight';
import RestoreFromTrashIcon from '@mui/icons-material/RestoreFromTrash';
import { Box, IconButton, List, ListItem, ListItemButton, Skeleton, Stack, Tooltip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useCreatePath, useListContext, useResourceContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { StoaRecord } from '../types';
import { useRestore } from './BulkActions';
import { useDepth } from './depth';
import { EmptyList } from './EmptyList';
import type { ListPageProps } from './ListPage';
import { useTrash } from './trash';

/** What a card shows. */
export interface CardContent {
  /** Before the text, such as an avatar. */
  start?: ReactNode;
  title: ReactNode;
  /** At the right of the title. */
  end?: ReactNode;
  /** Below the title, smaller. */
  lines?: ReactNode[];
  /** Always there below the card. */
  below?: ReactNode;
}

function Card({ id, content, opens }: { id: string; content: CardContent; opens: boolean }) {
  const depth = useDepth(id) ?? 0;
  const lines = (content.lines ?? []).filter(Boolean);
  return (
    <Stack direction="row" sx={{ gap: 1.25, alignItems: 'center', width: '100%', minWidth: 0, pl: depth * 2 }}>
      {content.start}
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Stack direction="row" sx={{ gap: 1, alignItems: 'center', justifyContent: 'space-between' }}>
          <Typography component="div" sx={{ fontWeight: 600, minWidth: 0, overflowWrap: 'anywhere' }}>
            {content.title}
          </Typography>
          <Box sx={{ flexShrink: 0 }}>{content.end}</Box>
        </Stack>
        {lines.map((line, at) => (
          <Typography
            key={at}
            component="div"
            variant="body2"
            sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}
          >
            {line}
          </Typography>
        ))}
        {content.below}
      </Box>
      {opens && <ChevronRightIcon fontSize="small" color="action" aria-hidden />}
    </Stack>
  );
}

/** The records of the list around, as cards. */
export function CardList<R extends StoaRecord>(props: ListPageProps<R>) {
  const { card, mayOpen } = props;
  const t = useTranslate();
  const resource = useResourceContext() ?? '';
  const createPath = useCreatePath();
  const trash = useTrash();
  const restore = useRestore();
  const { data, isPending } = useListContext<R>();
  if (isPending && !data) {
    return (
      <Box role="status" aria-label={t('ra.page.loading')} sx={{ p: 2 }}>
        {Array.from({ length: 6 }, (_, at) => (
          <Skeleton key={at} variant="rounded" height={40} sx={{ mb: 1 }} />
        ))}
      </Box>
    );
  }
  if (!data?.length) return <EmptyList {...props} />;
  return (
    <List disablePadding>
      {data.map(record => {
        const opens = !trash.shown && Boolean(mayOpen?.(record));
        return (
          <ListItem
            key={record.id}
            divider
            disablePadding={opens}
            secondaryAction={
              trash.shown && (
                <Tooltip title={t('stoa.structure.list.restore')}>
                  <IconButton
                    edge="end"
                    aria-label={t('stoa.structure.list.restore')}
                    onClick={() => void restore([record.id])}
                  >
                    <RestoreFromTrashIcon />
                  </IconButton>
                </Tooltip>
              )
            }
          >
            {opens ? (
              <ListItemButton
                component={Link}
                to={createPath({ resource, id: record.id, type: 'edit' })}
                sx={{ py: 1 }}
              >
                <Card id={record.id} content={card(record)} opens />
              </ListItemButton>
            ) : (
              <Card id={record.id} content={card(record)} opens={false} />
            )}
          </ListItem>
        );
      })}
    </List>
  );
}
