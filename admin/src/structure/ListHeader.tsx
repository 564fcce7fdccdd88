// Above a list: search, filters, and what can be done with the list as a whole.
import AddIcon from '@mui/icons-material/Add';
import DeleteOutlineIcon from '@mui/icons-material/DeleteOutlined';
import SearchIcon from '@mui/icons-material/Search';
import TuneIcon from '@mui/icons-material/Tune';
import { Box, Button, IconButton, InputAdornment, Stack, Tooltip, useMediaQuery, type Theme } from '@mui/material';
import { useRef, useState, type ReactNode } from 'react';
import {
  FilterLiveForm,
  TextInput,
  useCreatePath,
  useListContext,
  useResourceContext,
  useTranslate,
} from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { useHotkey } from '../components';
import type { StoaRecord } from '../types';
import { ExportButton } from './ExportButton';
import type { ListPageProps } from './ListPage';
import { useTrash } from './trash';

/** A button with words where there is room, else with an icon only. */
function Action({ icon, label, children, ...rest }: { icon: ReactNode; label: string; children?: never } & ButtonLike) {
  const small = useMediaQuery<Theme>(theme => theme.breakpoints.down('md'));
  if (small) {
    return (
      <Tooltip title={label}>
        <IconButton
          aria-label={label}
          aria-pressed={rest.pressed}
          onClick={rest.onClick}
          color={rest.pressed ? 'primary' : 'default'}
        >
          {icon}
        </IconButton>
      </Tooltip>
    );
  }
  return (
    <Button
      startIcon={icon}
      onClick={rest.onClick}
      aria-pressed={rest.pressed}
      color={rest.pressed ? 'primary' : 'inherit'}
      variant={rest.pressed ? 'outlined' : 'text'}
    >
      {label}
    </Button>
  );
}

interface ButtonLike {
  onClick: () => void;
  pressed?: boolean;
}

function CreateButton() {
  const t = useTranslate();
  const resource = useResourceContext();
  const navigate = useNavigate();
  const path = useCreatePath()({ resource, type: 'create' });
  useHotkey('n', () => navigate(path));
  return (
    <Button variant="contained" startIcon={<AddIcon />} component={Link} to={path} sx={{ whiteSpace: 'nowrap' }}>
      {t(`stoa.structure.${resource}.create`)}
    </Button>
  );
}

/** Search, filters and actions of the list around. */
export function ListHeader<R extends StoaRecord>(props: ListPageProps<R>) {
  const { filters, searchable = true, deletes = 'many', creates = true, exportPlan } = props;
  const t = useTranslate();
  const resource = useResourceContext() ?? '';
  const mayCreate = useMay(resource, 'create') && creates;
  const mayDelete = useMay(resource, 'delete') && deletes !== 'none';
  const mayExport = useMay(resource, 'export');
  const phone = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const { filterValues } = useListContext();
  const trash = useTrash();
  const search = useRef<HTMLDivElement>(null);
  const others = Object.keys(filterValues).filter(name => name !== 'name_prefix').length;
  // Who comes by a link that filters sees by what.
  const [open, setOpen] = useState(others > 0);
  useHotkey('/', () => search.current?.querySelector('input')?.focus(), searchable);
  const shown = !phone || open;
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, mb: 1, alignItems: 'center' }}>
      <Box sx={{ flex: { xs: '1 1 100%', sm: '1 1 0' }, minWidth: { sm: 260 }, order: { xs: 2, sm: 0 } }}>
        <FilterLiveForm>
          <Stack
            direction="row"
            sx={{
              flexWrap: 'wrap',
              gap: 1,
              alignItems: 'center',
              '& .MuiFormControl-root': { my: 0 },
              '& .MuiFormHelperText-root': { display: 'none' },
            }}
          >
            {searchable && (
              <Box
                ref={search}
                sx={{
                  flex: { xs: '1 1 0', sm: '0 1 260px' },
                  '& .MuiFormControl-root': { bgcolor: 'background.paper' },
                }}
              >
                <TextInput
                  source="name_prefix"
                  label={false}
                  hiddenLabel
                  resettable
                  fullWidth
                  helperText={false}
                  placeholder={t('stoa.structure.list.search')}
                  slotProps={{
                    htmlInput: { 'aria-label': t('stoa.structure.list.search') },
                    input: {
                      startAdornment: (
                        <InputAdornment position="start">
                          <SearchIcon fontSize="small" color="action" />
                        </InputAdornment>
                      ),
                    },
                  }}
                />
              </Box>
            )}
            {/* Folded away they are still there: a field that comes later would not know what is filtered. */}
            <Box sx={{ display: shown ? 'contents' : 'none' }}>{filters}</Box>
          </Stack>
        </FilterLiveForm>
      </Box>
      <Stack direction="row" sx={{ gap: 0.5, alignItems: 'center', ml: 'auto' }}>
        {phone && filters && (
          <Tooltip title={t('stoa.structure.list.filters')}>
            <IconButton
              aria-label={t('stoa.structure.list.filters')}
              aria-expanded={open}
              color={others ? 'primary' : 'default'}
              onClick={() => setOpen(!open)}
            >
              <TuneIcon />
            </IconButton>
          </Tooltip>
        )}
        {mayDelete && (
          <Action
            icon={<DeleteOutlineIcon />}
            label={t('stoa.structure.list.trash')}
            pressed={trash.shown}
            onClick={() => trash.show(!trash.shown)}
          />
        )}
        {mayExport && exportPlan && !trash.shown && <ExportButton plan={exportPlan} />}
        {mayCreate && !trash.shown && <CreateButton />}
      </Stack>
    </Stack>
  );
}
