// Lets an operator choose the company to act in.
import BusinessIcon from '@mui/icons-material/Business';
import { Autocomplete, Box, Button, Popover, TextField } from '@mui/material';
import { useState } from 'react';
import { useGetList, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { leaveCompany, useActing } from '../api/company';
import type { Company } from '../types';
import { ActDialog } from './ActDialog';

function Choices({ onChoose }: { onChoose: (company: Company) => void }) {
  const t = useTranslate();
  const [text, setText] = useState('');
  const prefix = text.trim().toLowerCase();
  const { data = [], isPending } = useGetList<Company>('companies', {
    filter: prefix ? { name_prefix: prefix } : {},
    sort: { field: 'name', order: 'ASC' },
    pagination: { page: 1, perPage: 20 },
  });
  return (
    <Autocomplete
      open
      options={data}
      loading={isPending}
      getOptionLabel={company => company.name}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={options => options}
      inputValue={text}
      onInputChange={(_, value, why) => why !== 'reset' && setText(value)}
      onChange={(_, company) => company && onChoose(company)}
      noOptionsText={t('stoa.layout.switcher.none')}
      slotProps={{ popper: { disablePortal: true, sx: { position: 'static !important', transform: 'none !important' } } }}
      renderInput={params => <TextField {...params} autoFocus label={t('stoa.layout.switcher.find')} />}
    />
  );
}

/** Button in the bar, with a search of companies behind it. */
export function CompanySwitcher() {
  const t = useTranslate();
  const navigate = useNavigate();
  const acting = useActing();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [chosen, setChosen] = useState<Company | null>(null);
  const leave = () => {
    setAnchor(null);
    navigate('/companies');
    leaveCompany();
  };
  const label = acting ? acting.name : t('stoa.layout.switcher.all');
  return (
    <>
      <Button
        color="inherit"
        startIcon={<BusinessIcon fontSize="small" />}
        onClick={event => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        aria-label={t('stoa.layout.switcher.label', { name: label })}
        sx={{ maxWidth: 220, whiteSpace: 'nowrap', overflow: 'hidden' }}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', display: { xs: 'none', sm: 'inline' } }}>
          {label}
        </Box>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { sx: { p: 2, width: 320 }, role: 'dialog', 'aria-label': t('stoa.layout.switcher.find') } }}
      >
        {acting && (
          <Button fullWidth onClick={leave} sx={{ mb: 1.5 }} variant="outlined">
            {t('stoa.layout.acting.leave')}
          </Button>
        )}
        <Choices
          onChoose={company => {
            setAnchor(null);
            setChosen(company);
          }}
        />
      </Popover>
      {chosen && <ActDialog company={chosen} open onClose={() => setChosen(null)} />}
    </>
  );
}
