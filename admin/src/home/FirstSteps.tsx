// What to do first in a company that has no tickets yet.
import CheckCircle from '@mui/icons-material/CheckCircle';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import {
  Card,
  CardContent,
  List,
  ListItem,
  ListItemButton,
  ListItemIcon,
  ListItemText,
  Typography,
} from '@mui/material';
import { useGetList, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { useCompanyName } from './useCompany';

/** A friendly list of steps, of those that the person may take; steps already taken are ticked. */
export function FirstSteps() {
  const t = useTranslate();
  const steps = [
    { name: 'ticket', to: '/tickets/create', may: useMay('tickets', 'create'), done: false },
    { name: 'people', to: '/users/create', may: useMay('users', 'create'), done: useHasMore('users', 1) },
    {
      name: 'departments',
      to: '/departments/create',
      may: useMay('departments', 'create'),
      done: useHasMore('departments', 0),
    },
    {
      name: 'categories',
      to: '/categories/create',
      may: useMay('categories', 'create'),
      done: useHasMore('categories', 0),
    },
  ].filter(step => step.may);
  const company = useCompanyName();
  return (
    <Card sx={{ maxWidth: 640 }}>
      <CardContent>
        <Typography variant="h5" component="h2" gutterBottom>
          {company ? t('stoa.home.first_steps.title', { company }) : t('stoa.home.first_steps.title_plain')}
        </Typography>
        <Typography color="textSecondary" sx={{ mb: 1 }}>
          {t(steps.length > 0 ? 'stoa.home.first_steps.body' : 'stoa.home.first_steps.body_none')}
        </Typography>
        <List disablePadding sx={{ mx: -1 }}>
          {steps.map(step => (
            <ListItem key={step.name} disablePadding>
              <ListItemButton component={Link} to={step.to} sx={{ borderRadius: 1, px: 1 }}>
                <ListItemIcon sx={{ minWidth: 36 }}>
                  {step.done ? (
                    <CheckCircle color="success" titleAccess={t('stoa.home.first_steps.done')} />
                  ) : (
                    <RadioButtonUnchecked color="disabled" />
                  )}
                </ListItemIcon>
                <ListItemText
                  primary={t(`stoa.home.first_steps.${step.name}`)}
                  secondary={t(`stoa.home.first_steps.${step.name}_body`)}
                  slotProps={{ primary: { sx: { fontWeight: 600 } } }}
                />
              </ListItemButton>
            </ListItem>
          ))}
        </List>
      </CardContent>
    </Card>
  );
}

function useHasMore(resource: string, than: number): boolean {
  const { total } = useGetList(resource, { pagination: { page: 1, perPage: 1 } });
  return total !== undefined && total > than;
}
