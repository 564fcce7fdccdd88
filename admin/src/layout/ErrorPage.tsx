// What stands in place of a page that broke while it was drawn.
import { Button } from '@mui/material';
import { Title, useTranslate, type ErrorProps } from 'react-admin';
import { EmptyState } from '../components';

/** After an update of the server the parts of the program that an open tab still asks for are gone. */
const GONE = /dynamically imported module|Importing a module script failed|error loading dynamically/i;

/** Says what to do. The menu stays, so that one can go elsewhere. */
export function ErrorPage({ error }: ErrorProps) {
  const t = useTranslate();
  const stale = GONE.test(String((error as Error | undefined)?.message));
  return (
    <>
      <Title title="stoa.layout.broken.title" />
      <EmptyState
        title={t('stoa.layout.broken.title')}
        body={t(stale ? 'stoa.layout.broken.stale' : 'stoa.layout.broken.body')}
        action={
          <Button variant="contained" onClick={() => window.location.reload()}>
            {t('stoa.layout.broken.reload')}
          </Button>
        }
      />
    </>
  );
}
