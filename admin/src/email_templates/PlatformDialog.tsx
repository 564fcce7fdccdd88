// The platform's own wording of a mail, to look at.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import { MailFrame } from '../mail/MailFrame';
import { useMailName } from '../mail/names';
import { languageName } from '../structure/PlaceInputs';
import type { MailDeclaration } from '../types';
import type { Wording } from './rows';
import { sampled } from './text';

/** Shows it with sample values. */
export function PlatformDialog({
  wording,
  declaration,
  onClose,
}: {
  wording: Wording;
  declaration: MailDeclaration;
  onClose: () => void;
}) {
  const t = useTranslate();
  const id = useId();
  const name = useMailName();
  const { subject = '', html = '' } = wording.platform ?? {};
  const fill = (source: string) => sampled(source, declaration.variables);
  // The subject is no HTML.
  const plain = new DOMParser().parseFromString(fill(subject), 'text/html').body.textContent;
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>
        {t('stoa.emailTemplates.name', { mail: name(wording.key), language: languageName(wording.locale) })}
      </DialogTitle>
      <DialogContent>
        <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
          {t('stoa.mail.subject')}
        </Typography>
        <Typography sx={{ fontWeight: 600, mb: 1.5 }}>{plain}</Typography>
        <MailFrame html={fill(html)} height={260} />
        <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0.5 }}>
          {t('stoa.emailTemplates.withSamples')}
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('ra.action.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
