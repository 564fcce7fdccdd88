// A form for one record: its fields in a card, and a bar with what can be done.
import { Alert, Box, Button, Stack } from '@mui/material';
import { useMemo, type ReactNode } from 'react';
import { SaveButton, SimpleForm, useCreatePath, useResourceContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { WatchForm } from './dirty';
import { FormErrors } from './FormErrors';
import { FormAccessProvider, type FormAccess } from './formAccess';

/** When the record is renewed under the form, what was typed stays. */
const KEEP_TYPED = { keepDirtyValues: true };

/** Fields side by side where there is room. */
export function FieldGrid({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' },
        columnGap: 2,
        width: '100%',
        alignItems: 'start',
        '& > *': { minWidth: 0 },
      }}
    >
      {children}
    </Box>
  );
}

/** Save, leave, and at the other end what is dangerous. */
function FormBar({
  saves,
  danger,
  label,
  leave,
  flat,
}: {
  saves: boolean;
  danger?: ReactNode;
  label?: string;
  leave: boolean;
  flat: boolean;
}) {
  const t = useTranslate();
  const resource = useResourceContext();
  const path = useCreatePath()({ resource, type: 'list' });
  if (!saves && !danger) return null;
  return (
    <Stack
      direction="row"
      sx={{
        gap: 1,
        p: flat ? 0 : 1.5,
        pt: 1.5,
        mt: flat ? 1 : 0,
        alignItems: 'center',
        position: 'sticky',
        bottom: 0,
        zIndex: 2,
        bgcolor: 'background.paper',
        borderTop: 1,
        borderColor: 'divider',
        borderRadius: '0 0 6px 6px',
      }}
    >
      {saves && <SaveButton label={label} />}
      {leave && (
        <Button component={Link} to={path} color="inherit">
          {t('ra.action.cancel')}
        </Button>
      )}
      <Box sx={{ ml: 'auto' }}>{danger}</Box>
    </Stack>
  );
}

/** The form of a record. */
export function RecordForm({
  action,
  locked = false,
  note,
  danger,
  defaultValues,
  saveLabel,
  leave = true,
  flat = false,
  children,
}: {
  action: FormAccess['action'];
  /** Nothing can be set. */
  locked?: boolean;
  /** Said above the fields. */
  note?: ReactNode;
  /** At the right of the bar. */
  danger?: ReactNode;
  defaultValues?: Record<string, unknown>;
  saveLabel?: string;
  /** Whether the bar offers to go back to the list. */
  leave?: boolean;
  /** The card around has a margin already. */
  flat?: boolean;
  children: ReactNode;
}) {
  const resource = useResourceContext() ?? '';
  const access = useMemo(() => ({ resource, action, locked }), [resource, action, locked]);
  return (
    <FormAccessProvider value={access}>
      <SimpleForm
        warnWhenUnsavedChanges={!locked}
        resetOptions={KEEP_TYPED}
        disableInvalidFormNotification
        defaultValues={defaultValues}
        component={Box}
        sx={{ p: flat ? 0 : { xs: 1.5, sm: 2 }, pb: 1, '& .MuiStack-root': { alignItems: 'stretch' } }}
        toolbar={<FormBar saves={!locked} danger={danger} label={saveLabel} leave={leave} flat={flat} />}
      >
        {note && (
          <Alert severity="info" sx={{ mb: 1.5 }}>
            {note}
          </Alert>
        )}
        {children}
        <FormErrors />
        <WatchForm />
      </SimpleForm>
    </FormAccessProvider>
  );
}
