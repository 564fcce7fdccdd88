// The form of a template: its texts, what can be put into them, and beside them what comes of it.
import { Alert, Box } from '@mui/material';
import { useRef, useState } from 'react';
import { TextInput, maxLength, required, useTranslate } from 'react-admin';
import { useFormContext, useWatch } from 'react-hook-form';
import { useMay } from '../api/permissions';
import { Field } from '../structure/Field';
import { MONO } from '../theme';
import type { EmailTemplate } from '../types';
import { FaultList } from './FaultList';
import { PreviewPane } from './PreviewPane';
import { useDeclarations } from './queries';
import { StatePanel } from './StatePanel';
import { inserted, offsetOf, type Fault } from './text';
import { usePreview } from './usePreview';
import { Variables } from './Variables';

type Part = Fault['field'];
type Typed = HTMLInputElement | HTMLTextAreaElement;

const CODE = { fontFamily: MONO, fontSize: '0.82rem', lineHeight: 1.5 };

/** Puts the cursor at a place of a field, and the field into sight. */
function point(field: Typed | null | undefined, from: number, to = from) {
  field?.focus();
  field?.setSelectionRange(from, to);
}

/** Fields and preview of the template around. */
export function Editor({ template }: { template: EmailTemplate }) {
  const t = useTranslate();
  const box = useRef<HTMLDivElement>(null);
  const last = useRef<Part>('html');
  const mayEdit = useMay('email_templates', 'edit');
  const { getValues, setValue } = useFormContext();
  const [subject, html, text] = useWatch({ name: ['subject', 'html', 'text'] }) as (string | undefined)[];
  const [ticket, setTicket] = useState<string | null>(null);
  const texts = { subject: subject ?? '', html: html ?? '', text: text ?? '', ticket_id: ticket };
  const preview = usePreview(template.id, texts, mayEdit);
  const { data: declarations } = useDeclarations();
  const variables = declarations?.find(one => one.key === template.key)?.variables ?? [];

  const fieldOf = (part: Part) => box.current?.querySelector<Typed>(`[name="${part}"]`);
  const insert = (name: string) => {
    const part = last.current;
    const field = fieldOf(part);
    const value = (getValues(part) as string | null) ?? '';
    const from = field?.selectionStart ?? value.length;
    const done = inserted(value, from, field?.selectionEnd ?? from, name);
    setValue(part, done.text, { shouldDirty: true });
    // Once the field has the new text.
    setTimeout(() => point(fieldOf(part), done.cursor));
  };
  const go = (fault: Fault) => {
    const at = offsetOf((getValues(fault.field) as string | null) ?? '', fault.line, fault.column);
    point(fieldOf(fault.field), at, at + 1);
  };
  const faultsOf = (part: Part) => preview.faults.filter(fault => fault.field === part);
  // What the last attempt to save said of the first fault, the list below the field says of all.
  const hint = (part: Part) => ({ sx: { display: faultsOf(part).length ? 'none' : undefined } });
  const remember = (part: Part) => () => {
    last.current = part;
  };

  return (
    <Box
      ref={box}
      sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' } }}
    >
      <Box sx={{ minWidth: 0 }}>
        <StatePanel template={template} ticket={ticket} />
        <Field name="subject">
          <TextInput
            source="subject"
            label={t('stoa.emailTemplates.subject')}
            validate={[required(), maxLength(500)]}
            onFocus={remember('subject')}
            slotProps={{ formHelperText: hint('subject') }}
            fullWidth
          />
          <FaultList faults={faultsOf('subject')} onGo={go} />
        </Field>
        <Field name="html" words={value => <Box sx={{ ...CODE, whiteSpace: 'pre-wrap' }}>{String(value)}</Box>}>
          <TextInput
            source="html"
            label={t('stoa.emailTemplates.html')}
            validate={[required(), maxLength(65_536)]}
            onFocus={remember('html')}
            multiline
            minRows={10}
            maxRows={24}
            fullWidth
            slotProps={{ htmlInput: { style: CODE, spellCheck: false }, formHelperText: hint('html') }}
          />
          <FaultList faults={faultsOf('html')} onGo={go} />
        </Field>
        {mayEdit && <Variables all={variables} onInsert={insert} />}
        <Field name="text" words={value => <Box sx={{ ...CODE, whiteSpace: 'pre-wrap' }}>{String(value || '–')}</Box>}>
          <TextInput
            source="text"
            label={t('stoa.emailTemplates.text')}
            validate={maxLength(65_536)}
            parse={typed => typed ?? ''}
            helperText={t('stoa.emailTemplates.textHelp')}
            onFocus={remember('text')}
            multiline
            minRows={3}
            maxRows={14}
            fullWidth
            slotProps={{ htmlInput: { style: CODE, spellCheck: false }, formHelperText: hint('text') }}
          />
          <FaultList faults={faultsOf('text')} onGo={go} />
        </Field>
      </Box>
      {mayEdit ? (
        <PreviewPane preview={preview} ticket={ticket} onTicket={setTicket} />
      ) : (
        <Alert severity="info" sx={{ alignSelf: 'start' }}>
          {t('stoa.emailTemplates.preview.unseen')}
        </Alert>
      )}
    </Box>
  );
}
