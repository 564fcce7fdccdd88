// A mail as its recipient reads it: subject, and formatted or plain text.
import { Box, Tab, Tabs, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { MONO } from '../theme';
import type { MailText } from '../types';
import { MailFrame } from './MailFrame';

/** Plain text, as it is. */
export function PlainMail({ text, height }: { text: string; height?: number }) {
  const t = useTranslate();
  return (
    <Box
      component="pre"
      tabIndex={0}
      sx={{
        m: 0,
        p: 2,
        minHeight: 160,
        maxHeight: height,
        overflow: 'auto',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.default',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        fontFamily: MONO,
        fontSize: '0.82rem',
        color: text ? 'text.primary' : 'text.secondary',
      }}
    >
      {text || t('stoa.mail.noText')}
    </Box>
  );
}

/** The whole mail. `stale`: it is not what is written now. */
export function MailView({ mail, height = 380, stale = false }: { mail: MailText; height?: number; stale?: boolean }) {
  const t = useTranslate();
  const id = useId();
  const [part, setPart] = useState<'html' | 'text'>('html');
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
        {t('stoa.mail.subject')}
      </Typography>
      <Typography data-testid="mail-subject" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {mail.subject}
      </Typography>
      <Tabs
        value={part}
        onChange={(_, wanted: 'html' | 'text') => setPart(wanted)}
        aria-label={t('stoa.mail.frame')}
        sx={{ minHeight: 34, mb: 1, borderBottom: 1, borderColor: 'divider' }}
      >
        {(['html', 'text'] as const).map(name => (
          <Tab
            key={name}
            value={name}
            id={`${id}-${name}`}
            aria-controls={`${id}-panel`}
            label={t(`stoa.mail.${name}`)}
            sx={{ minHeight: 34, py: 0 }}
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${part}`}>
        {part === 'html' ? (
          <>
            <MailFrame html={mail.html} height={height} stale={stale} />
            <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0.5 }}>
              {t('stoa.mail.frameHint')}
            </Typography>
          </>
        ) : (
          <PlainMail text={mail.text} height={height} />
        )}
      </Box>
    </Box>
  );
}
