// The mails that a company can word itself, in each language: whose wording is sent, and how far the own one is.
import DeleteOutlineIcon from '@mui/icons-material/DeleteOutlined';
import { Box, Button, Card, Stack, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useState } from 'react';
import { Title, useGetList, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { EmptyState, ErrorState, PageSkeleton } from '../components';
import { ListNote } from '../structure/ListNote';
import type { EmailTemplate } from '../types';
import { MailCard } from './MailCard';
import { useDeclarations } from './queries';
import { isShown, wordingsOf, type Shown } from './rows';
import { TrashedTemplates } from './TrashedTemplates';

function Mails({ shown }: { shown: Shown }) {
  const t = useTranslate();
  const declarations = useDeclarations();
  const owns = useGetList<EmailTemplate>('email_templates', {
    sort: { field: 'created_at', order: 'DESC' },
    pagination: { page: 1, perPage: 1000 },
  });
  const error = declarations.error ?? owns.error;
  if (error) {
    const again = () => {
      void declarations.refetch();
      void owns.refetch();
    };
    return <ErrorState error={error} onRetry={again} />;
  }
  if (!declarations.data || !owns.data) return <PageSkeleton />;
  const cards = declarations.data.map(declaration => {
    const wordings = wordingsOf(declaration, owns.data ?? []);
    return { declaration, wordings, left: wordings.filter(wording => isShown(wording, shown)) };
  });
  if (cards.every(card => card.left.length === 0)) {
    return (
      <Card>
        <EmptyState title={t('stoa.structure.email_templates.empty')} body={t('stoa.emailTemplates.none')} />
      </Card>
    );
  }
  return (
    <Stack sx={{ gap: 1.5 }}>
      {cards
        .filter(card => card.left.length > 0)
        .map(({ declaration, wordings, left }) => (
          <MailCard key={declaration.key} declaration={declaration} wordings={wordings} shown={left} />
        ))}
    </Stack>
  );
}

/** List of templates. */
export default function TemplateList() {
  const t = useTranslate();
  const [shown, setShown] = useState<Shown>('all');
  const [trash, setTrash] = useState(false);
  const mayDelete = useMay('email_templates', 'delete');
  return (
    <Box sx={{ pt: 1, maxWidth: 980 }}>
      <Title title={t('resources.email_templates.name', { smart_count: 2 })} />
      <Stack direction="row" sx={{ gap: 1, mb: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={trash ? null : shown}
          onChange={(_, wanted: Shown | null) => {
            if (wanted) setShown(wanted);
            setTrash(false);
          }}
          aria-label={t('stoa.emailTemplates.show')}
        >
          {(['all', 'own', 'draft'] as const).map(one => (
            <ToggleButton
              key={one}
              value={one}
              sx={{ py: 0.5, textTransform: 'none', color: 'text.secondary', bgcolor: 'background.paper' }}
            >
              {t(`stoa.emailTemplates.filter.${one}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {mayDelete && (
          <Button
            startIcon={<DeleteOutlineIcon />}
            onClick={() => setTrash(!trash)}
            aria-pressed={trash}
            color={trash ? 'primary' : 'inherit'}
            variant={trash ? 'outlined' : 'text'}
            sx={{ ml: 'auto' }}
          >
            {t('stoa.emailTemplates.trash')}
          </Button>
        )}
      </Stack>
      {trash ? (
        <TrashedTemplates />
      ) : (
        <>
          <ListNote>{t('stoa.emailTemplates.about')}</ListNote>
          <Mails shown={shown} />
        </>
      )}
    </Box>
  );
}
