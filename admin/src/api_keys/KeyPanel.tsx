// Beside the form of a key: how it stands, and what can be done with it.
import { Alert, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useMe } from '../api/me';
import { useMay, useReach } from '../api/permissions';
import { ConfirmDialog, PersonName, SectionCard, formatDateTime } from '../components';
import { Fact } from '../structure/Fact';
import { Moment } from '../structure/Moment';
import type { ApiKey, FreshApiKey } from '../types';
import { FreshKeyDialog } from './FreshKeyDialog';
import { KeyStatusChip } from './KeyStatusChip';
import { KeyText } from './KeyText';
import { grouped } from './scopes';
import { ScopeWords } from './ScopePicker';
import { isLive, isOverlapping } from './status';
import { useKeyAction } from './useKeyAction';

function Acts({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslate();
  const notify = useNotify();
  const me = useMe();
  const rotates = useReach('api_keys', 'rotate');
  const mayRevoke = useMay('api_keys', 'revoke');
  const [asking, setAsking] = useState<'rotate' | 'revoke'>();
  const [fresh, setFresh] = useState<FreshApiKey>();
  const { run, busy, refusal, forget } = useKeyAction(apiKey);
  const mine = apiKey.owner_id === me?.id;
  const mayRotate = rotates === 'all' || (rotates !== undefined && mine);
  const ask = (act: 'rotate' | 'revoke') => {
    forget();
    setAsking(act);
  };
  const confirm = async () => {
    if (!asking) return;
    const answer = await run(asking);
    if (!answer) return;
    setAsking(undefined);
    if (asking === 'rotate') setFresh(answer);
    else notify(t('stoa.apiKeys.revoke.done', { name: apiKey.name }), { type: 'success' });
  };
  const words = (part: string) => (asking ? t(`stoa.apiKeys.${asking}.${part}`, { name: apiKey.name }) : '');
  return (
    <>
      {isLive(apiKey, Date.now()) && (mayRotate || mayRevoke) && (
        <Stack direction="row" sx={{ gap: 1, mt: 2, flexWrap: 'wrap' }}>
          {mayRotate && (
            <Button variant="outlined" onClick={() => ask('rotate')}>
              {t('stoa.apiKeys.rotate.action')}
            </Button>
          )}
          {mayRevoke && (
            <Button variant="outlined" color="error" onClick={() => ask('revoke')}>
              {t('stoa.apiKeys.revoke.action')}
            </Button>
          )}
        </Stack>
      )}
      {!mine && rotates !== undefined && isLive(apiKey, Date.now()) && !mayRotate && (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          {t('stoa.apiKeys.rotate.ownerOnly')}
        </Typography>
      )}
      <ConfirmDialog
        open={asking !== undefined}
        danger={asking === 'revoke'}
        busy={busy}
        refusal={refusal}
        title={words('title')}
        confirmLabel={words('action')}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(undefined)}
      >
        <Typography>{words('body')}</Typography>
        {asking === 'rotate' && isOverlapping(apiKey, Date.now()) && (
          <Alert severity="warning" sx={{ mt: 2 }}>
            {t('stoa.apiKeys.rotate.again', { when: formatDateTime(apiKey.former_until) })}
          </Alert>
        )}
      </ConfirmDialog>
      {fresh && (
        <FreshKeyDialog
          title={t('stoa.apiKeys.rotated.title', { name: apiKey.name })}
          body={t('stoa.apiKeys.rotated.body', { when: formatDateTime(fresh.former_until) })}
          value={fresh.key}
          onClose={() => setFresh(undefined)}
        />
      )}
    </>
  );
}

/** How the key stands. */
export function KeyPanel({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslate();
  const field = (name: string) => t(`resources.api_keys.fields.${name}`);
  return (
    <>
      <SectionCard title={t('stoa.apiKeys.key')} actions={<KeyStatusChip apiKey={apiKey} />}>
        <Fact label={t('stoa.apiKeys.shownAs')}>
          <KeyText apiKey={apiKey} />
        </Fact>
        <Fact label={field('owner_id')}>
          <PersonName id={apiKey.owner_id} />
        </Fact>
        <Moment label={field('expires_at')} value={apiKey.expires_at} />
        <Moment label={field('last_used_at')} value={apiKey.last_used_at} none={t('stoa.apiKeys.never')}>
          {apiKey.last_used_ip && ` · ${apiKey.last_used_ip}`}
        </Moment>
        {isOverlapping(apiKey, Date.now()) && (
          <Alert severity="info" sx={{ mt: 1 }}>
            {t('stoa.apiKeys.overlapUntil', { when: formatDateTime(apiKey.former_until) })}
          </Alert>
        )}
        <Moment label={field('revoked_at')} value={apiKey.revoked_at} />
        <Acts apiKey={apiKey} />
      </SectionCard>
      <SectionCard title={field('scopes')}>
        <ScopeWords groups={grouped(apiKey.scopes)} />
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          {t('stoa.apiKeys.fixedScopes')}
        </Typography>
      </SectionCard>
    </>
  );
}
