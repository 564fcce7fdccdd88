// The bar at the top: title, company, notifications, theme, own account.
import LogoutIcon from '@mui/icons-material/Logout';
import PersonIcon from '@mui/icons-material/Person';
import { Box, Divider, ListItemIcon, ListItemText, MenuItem } from '@mui/material';
import { Suspense } from 'react';
import {
  AppBar as RaAppBar,
  Logout,
  RefreshIconButton,
  TitlePortal,
  ToggleThemeButton,
  UserMenu,
  useNotify,
  useTranslate,
  useUserMenu,
} from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useMe } from '../api/me';
import { useMay } from '../api/permissions';
import { logOutEverywhere } from '../api/session';
import { useErrorText } from '../components';
import { lazyPage } from '../lazyPage';
import { CompanySwitcher } from './CompanySwitcher';

const NotificationBell = lazyPage(() => import('../notifications/NotificationBell'));

function AccountItem() {
  const t = useTranslate();
  const menu = useUserMenu();
  return (
    <MenuItem component={Link} to="/account" onClick={menu?.onClose}>
      <ListItemIcon>
        <PersonIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>{t('stoa.layout.account')}</ListItemText>
    </MenuItem>
  );
}

function LogOutEverywhereItem() {
  const t = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const menu = useUserMenu();
  const leave = async () => {
    menu?.onClose();
    try {
      await logOutEverywhere();
      navigate('/login');
    } catch (error) {
      notify(errorText(error), { type: 'error', messageArgs: { _: errorText(error) } });
    }
  };
  return (
    <MenuItem onClick={() => void leave()}>
      <ListItemIcon>
        <LogoutIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>{t('stoa.layout.log_out_everywhere')}</ListItemText>
    </MenuItem>
  );
}

function Account() {
  const me = useMe();
  const t = useTranslate();
  return (
    <UserMenu>
      <Box sx={{ px: 2, py: 1, maxWidth: 280 }} role="presentation">
        <Box sx={{ fontWeight: 600 }}>{me?.name}</Box>
        <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{me?.email}</Box>
        <Box sx={{ color: 'text.secondary' }}>
          {me ? t(`stoa.common.roles.${me.role}`) : ''}
          {me?.company ? ` · ${me.company.name}` : ''}
        </Box>
      </Box>
      <Divider />
      <AccountItem />
      <LogOutEverywhereItem />
      <Logout />
    </UserMenu>
  );
}

/** The bar, always in sight. */
export function AppBar(props: { alwaysOn?: boolean }) {
  const me = useMe();
  const hears = useMay('notifications', 'list');
  const operator = me?.role === 'superadmin';
  return (
    <RaAppBar
      {...props}
      elevation={0}
      sx={{ borderBottom: 1, borderColor: 'divider' }}
      toolbar={
        <>
          {operator && <CompanySwitcher />}
          {hears && !operator && (
            <Suspense fallback={null}>
              <NotificationBell />
            </Suspense>
          )}
          <ToggleThemeButton />
          <RefreshIconButton color="inherit" sx={{ display: { xs: 'none', sm: 'inline-flex' } }} />
        </>
      }
      userMenu={<Account />}
    >
      <TitlePortal component="h1" variant="h6" sx={{ minWidth: 0 }} />
    </RaAppBar>
  );
}
