// What stands at addresses where nothing is.
import { Button } from '@mui/material';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyState } from '../components';

/** Says so, and where to go. */
export function NotFoundPage() {
  const t = useTranslate();
  return (
    <>
      <Title title="stoa.layout.not_found.title" />
      <EmptyState
        title={t('stoa.layout.not_found.title')}
        body={t('stoa.layout.not_found.body')}
        action={
          <Button component={Link} to="/" variant="contained">
            {t('stoa.layout.not_found.action')}
          </Button>
        }
      />
    </>
  );
}
