// A list without records: why, and what to do.
import { Button } from '@mui/material';
import { useCreatePath, useListContext, useResourceContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { EmptyState } from '../components';
import type { StoaRecord } from '../types';
import type { ListPageProps } from './ListPage';
import { useTrash } from './trash';

/** Says that nothing was found, or that there is nothing yet. */
export function EmptyList<R extends StoaRecord>({ icon, creates = true, searchable = true }: ListPageProps<R>) {
  const t = useTranslate();
  const resource = useResourceContext() ?? '';
  const path = useCreatePath()({ resource, type: 'create' });
  const { filterValues, setFilters } = useListContext();
  const trash = useTrash();
  const mayCreate = useMay(resource, 'create') && creates;
  if (Object.keys(filterValues).length) {
    return (
      <EmptyState
        icon={icon}
        title={t('stoa.structure.list.nothingFound')}
        body={t(`stoa.structure.list.${searchable ? 'nothingFoundBody' : 'nothingFilteredBody'}`)}
        action={
          <Button variant="outlined" onClick={() => setFilters({}, [])}>
            {t(`stoa.structure.list.${searchable ? 'clearFilters' : 'clearOnlyFilters'}`)}
          </Button>
        }
      />
    );
  }
  if (trash.shown) {
    return (
      <EmptyState
        icon={icon}
        title={t('stoa.structure.list.trashEmpty')}
        body={t('stoa.structure.list.trashEmptyBody')}
        action={
          <Button variant="outlined" onClick={() => trash.show(false)}>
            {t('stoa.structure.list.leaveTrash')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={t(`stoa.structure.${resource}.empty`)}
      body={t(`stoa.structure.${resource}.${mayCreate ? 'emptyBody' : 'emptyReader'}`)}
      action={
        mayCreate && (
          <Button variant="contained" component={Link} to={path}>
            {t(`stoa.structure.${resource}.create`)}
          </Button>
        )
      }
    />
  );
}
