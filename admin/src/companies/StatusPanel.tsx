// Beside a company's form: stepping in, suspending and resuming.
import { Box, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { ConfirmDialog, SectionCard, TimeAgo, useErrorText } from '../components';
import type { StoaDataProvider } from '../dataProvider';
import type { Company } from '../types';
import { ActButton } from './ActButton';
import { CompanyStatus } from './CompanyStatus';

/** What can be done with a company as a whole. */
export function StatusPanel({ company }: { company: Company }) {
  const t = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const maySuspend = useMay('companies', 'suspend');
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const action = company.status === 'suspended' ? 'resume' : 'suspend';
  const words = (part: string) => t(`stoa.companies.${action}.${part}`, { name: company.name });

  const confirm = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await dataProvider.action<Company>('companies', company.id, action);
      notify(words('done'), { type: 'success' });
      setOpen(false);
      refresh();
    } catch (error) {
      setRefusal(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <SectionCard title={t('stoa.companies.panel')} actions={<CompanyStatus status={company.status} />}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('stoa.companies.address', { slug: company.slug })}
        {' · '}
        {t('resources.companies.fields.created_at')} <TimeAgo value={company.created_at} />
      </Typography>
      <Stack direction="row" sx={{ gap: 1, mt: 2, flexWrap: 'wrap' }}>
        <ActButton company={company} />
        {maySuspend && (
          <Button
            variant="outlined"
            color={action === 'suspend' ? 'error' : 'primary'}
            onClick={() => {
              setRefusal(undefined);
              setOpen(true);
            }}
          >
            {words('action')}
          </Button>
        )}
      </Stack>
      <Box sx={{ mt: 1 }}>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t(`stoa.companies.actNote.${company.support_access ?? 'off'}`)}
        </Typography>
      </Box>
      <ConfirmDialog
        open={open}
        danger={action === 'suspend'}
        busy={busy}
        refusal={refusal}
        title={words('title')}
        confirmLabel={words('action')}
        onConfirm={() => void confirm()}
        onClose={() => setOpen(false)}
      >
        <Typography>{words('body')}</Typography>
      </ConfirmDialog>
    </SectionCard>
  );
}
