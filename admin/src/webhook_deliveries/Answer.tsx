// What a receiver answered: status, why it failed, how long it took, and the begin of its text.
import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { formatDuration } from '../components';
import { MONO } from '../theme';
import type { WebhookDelivery } from '../types';

/** Characters of an answer that are kept. */
const KEPT = 1000;

/** Status of the answer and its time, in one line. */
export function AnswerLine({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslate();
  if (delivery.attempts === 0) return <>–</>;
  const took = delivery.duration_ms;
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      {delivery.status_code ?? t('stoa.integrations.deliveries.noAnswer')}
      {took !== null && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {' '}
          {t('stoa.integrations.deliveries.took', { time: formatDuration(took) })}
        </Box>
      )}
    </Box>
  );
}

/** All that is known of the last answer. Its text is never anything but text. */
export function Answer({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslate();
  const text = delivery.response_excerpt;
  return (
    <Box sx={{ mt: 1 }}>
      <Typography component="div">
        {t('stoa.integrations.deliveries.answer')}: <AnswerLine delivery={delivery} />
      </Typography>
      {delivery.error && (
        <Typography component="div" sx={{ color: delivery.state === 'failed' ? 'error.main' : 'text.secondary' }}>
          {delivery.error}
        </Typography>
      )}
      {text && text.length >= KEPT && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('stoa.integrations.deliveries.shortened')}
        </Typography>
      )}
      {text ? (
        <Box
          component="pre"
          tabIndex={0}
          aria-label={t('stoa.integrations.deliveries.sections.answer')}
          sx={{
            m: 0,
            mt: 1,
            p: 1,
            maxHeight: 260,
            overflow: 'auto',
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            bgcolor: 'background.default',
            fontFamily: MONO,
            fontSize: '0.8rem',
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
          }}
        >
          {text}
        </Box>
      ) : (
        delivery.status_code !== null && (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t('stoa.integrations.deliveries.empty')}
          </Typography>
        )
      )}
    </Box>
  );
}
