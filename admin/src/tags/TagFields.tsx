// The fields of a tag's form, with a look at what comes of them.
import { Box, Stack, Typography } from '@mui/material';
import { TextInput, maxLength, required, useRecordContext, useTranslate } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { ColourInput } from '../structure/ColourInput';
import { Field } from '../structure/Field';
import { TagChip } from './TagChip';

function Preview() {
  const t = useTranslate();
  const [name, colour] = useWatch({ name: ['name', 'colour'] }) as [string | undefined, string | null | undefined];
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'center !important', my: 1 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('stoa.structure.tags.looks')}
      </Typography>
      <Box>
        <TagChip name={name?.trim() || t('stoa.structure.tags.example')} colour={colour} />
      </Box>
    </Stack>
  );
}

/** Fields of a tag. */
export function TagFields() {
  const t = useTranslate();
  const record = useRecordContext();
  return (
    <>
      <Field name="name">
        <TextInput
          source="name"
          validate={[required(), maxLength(60)]}
          helperText={false}
          fullWidth
          autoFocus={!record}
        />
      </Field>
      <Field name="colour">
        <ColourInput source="colour" helperText={t('stoa.structure.tags.colourHelp')} />
      </Field>
      <Preview />
      <Field name="description">
        <TextInput
          source="description"
          validate={maxLength(500)}
          helperText={t('stoa.structure.tags.descriptionHelp')}
          parse={text => text || null}
          multiline
          fullWidth
        />
      </Field>
    </>
  );
}
