// The API keys of the company: what each is for, how far it goes, and whether it is still used.
import KeyOutlinedIcon from '@mui/icons-material/KeyOutlined';
import { Box } from '@mui/material';
import { DataTable, useTranslate } from 'react-admin';
import { PersonName, TimeAgo, formatDate } from '../components';
import { useMay } from '../api/permissions';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import { NameCell } from '../structure/NameCell';
import type { ApiKey } from '../types';
import { KeyStatusChip } from './KeyStatusChip';
import { KeyText } from './KeyText';

/** List of keys. */
export default function ApiKeyList() {
  const t = useTranslate();
  const opens = useMay('api_keys', 'show');
  const never = t('stoa.apiKeys.never');
  const count = (key: ApiKey) => t('stoa.apiKeys.scopeCount', { smart_count: key.scopes.length });
  return (
    <ListPage<ApiKey>
      icon={<KeyOutlinedIcon />}
      sort={{ field: 'created_at', order: 'DESC' }}
      searchable={false}
      deletes="none"
      mayOpen={() => opens}
      before={
        <ListNote>{t('stoa.apiKeys.about')}</ListNote>
      }
      columns={[
        <DataTable.Col<ApiKey>
          key="name"
          source="name"
          disableSort
          render={key => <NameCell record={key} opens={opens} />}
        />,
        <DataTable.Col<ApiKey>
          key="prefix"
          source="prefix"
          label={t('stoa.apiKeys.key')}
          disableSort
          render={key => <KeyText apiKey={key} />}
        />,
        <DataTable.Col<ApiKey>
          key="scopes"
          source="scopes"
          disableSort
          render={key => <Box sx={{ whiteSpace: 'nowrap' }}>{count(key)}</Box>}
        />,
        <DataTable.Col<ApiKey>
          key="owner_id"
          source="owner_id"
          disableSort
          render={key => <PersonName id={key.owner_id} />}
        />,
        <DataTable.Col<ApiKey>
          key="expires_at"
          source="expires_at"
          disableSort
          render={key => <Box sx={{ whiteSpace: 'nowrap' }}>{formatDate(key.expires_at)}</Box>}
        />,
        <DataTable.Col<ApiKey>
          key="last_used_at"
          source="last_used_at"
          disableSort
          render={key => (key.last_used_at ? <TimeAgo value={key.last_used_at} /> : never)}
        />,
        <DataTable.Col<ApiKey>
          key="status"
          label={t('stoa.apiKeys.statusLabel')}
          disableSort
          render={key => <KeyStatusChip apiKey={key} />}
        />,
      ]}
      card={key => ({
        title: key.name,
        end: <KeyStatusChip apiKey={key} />,
        lines: [
          <KeyText key="key" apiKey={key} />,
          `${count(key)} · ${t('stoa.apiKeys.until', { when: formatDate(key.expires_at) })}`,
          <span key="used">
            {t('resources.api_keys.fields.last_used_at')}:{' '}
            {key.last_used_at ? <TimeAgo value={key.last_used_at} /> : never}
          </span>,
        ],
      })}
    />
  );
}
