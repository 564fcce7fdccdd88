// The switches of the notifications: a table, or on a phone one block for each event.
import {
  Box,
  Card,
  FormControlLabel,
  FormGroup,
  Switch,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { Fragment } from 'react';
import { useTranslate } from 'react-admin';
import type { NotificationMatrix } from '../types';
import type { EventGroup, Relation } from './matrix';

/** The words at the left, the switch at the right. */
const SPREAD = { display: 'flex', justifyContent: 'space-between', m: 0, px: 2, minHeight: 48 } as const;

interface MatrixTableProps {
  groups: EventGroup[];
  relations: Relation[];
  matrix: NotificationMatrix;
  /** Words for a client, whose tickets are requests. */
  client: boolean;
  disabled: boolean;
  onSwitch: (event: string, relation: Relation, on: boolean) => void;
}

/** All switches. */
export function MatrixTable(props: MatrixTableProps) {
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const [only, ...others] = props.relations;
  const table = narrow ? <Stacked {...props} /> : <Wide {...props} />;
  return <Card>{only && others.length === 0 ? <Single {...props} relation={only} /> : table}</Card>;
}

function useNames(client: boolean) {
  const t = useTranslate();
  return {
    // The server may know events that have no words here yet.
    event: (event: string) =>
      t(`stoa.notifications.${client ? 'client_events' : 'events'}.${event}`, { _: event.replaceAll('_', ' ') }),
    relation: (relation: Relation) => t(`stoa.notifications.preference.${relation}`),
    help: (relation: Relation) => t(`stoa.notifications.preference.${relation}_help`),
    group: (group: string) => t(`stoa.notifications.groups.${group}`),
    both: (event: string, relation: string) => t('stoa.notifications.preference.for', { event, relation }),
  };
}

/** One switch for each event, where there is one relation only. */
function Single({ groups, relation, matrix, client, disabled, onSwitch }: MatrixTableProps & { relation: Relation }) {
  const names = useNames(client);
  return (
    <FormGroup sx={{ '& > label + label': { borderTop: 1, borderColor: 'divider' } }}>
      {groups
        .flatMap(group => group.events)
        .map(event => (
          <FormControlLabel
            key={event}
            labelPlacement="start"
            disabled={disabled}
            label={names.event(event)}
            control={
              <Switch
                checked={matrix[event]?.[relation] ?? false}
                onChange={(_, on) => onSwitch(event, relation, on)}
              />
            }
            sx={SPREAD}
          />
        ))}
    </FormGroup>
  );
}

function Wide({ groups, relations, matrix, client, disabled, onSwitch }: MatrixTableProps) {
  const t = useTranslate();
  const names = useNames(client);
  return (
    <Table>
      <TableHead>
        <TableRow>
          <TableCell sx={{ verticalAlign: 'top' }}>{t('stoa.notifications.preference.event')}</TableCell>
          {relations.map(relation => (
            <TableCell key={relation} align="center" sx={{ width: 170, verticalAlign: 'top' }}>
              {names.relation(relation)}
              <Typography variant="caption" component="div" color="textSecondary" sx={{ lineHeight: 1.3 }}>
                {names.help(relation)}
              </Typography>
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {groups.map(group => (
          <Fragment key={group.name}>
            {groups.length > 1 && (
              <TableRow>
                <TableCell
                  component="th"
                  scope="colgroup"
                  colSpan={relations.length + 1}
                  sx={{ bgcolor: 'background.default', fontWeight: 600, color: 'text.secondary' }}
                >
                  {names.group(group.name)}
                </TableCell>
              </TableRow>
            )}
            {group.events.map(event => (
              <TableRow key={event} hover>
                <TableCell component="th" scope="row">
                  {names.event(event)}
                </TableCell>
                {relations.map(relation => (
                  <TableCell key={relation} align="center" sx={{ py: 0 }}>
                    <Switch
                      checked={matrix[event]?.[relation] ?? false}
                      disabled={disabled}
                      onChange={(_, on) => onSwitch(event, relation, on)}
                      slotProps={{ input: { 'aria-label': names.both(names.event(event), names.relation(relation)) } }}
                    />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </Fragment>
        ))}
      </TableBody>
    </Table>
  );
}

function Stacked({ groups, relations, matrix, client, disabled, onSwitch }: MatrixTableProps) {
  const names = useNames(client);
  return groups.map(group => (
    <Box component="section" key={group.name} aria-label={names.group(group.name)}>
      {groups.length > 1 && (
        <Typography
          variant="subtitle2"
          component="h2"
          color="textSecondary"
          sx={{ px: 2, py: 0.75, bgcolor: 'background.default' }}
        >
          {names.group(group.name)}
        </Typography>
      )}
      {group.events.map(event => (
        <Box
          component="fieldset"
          key={event}
          sx={{ border: 0, borderTop: 1, borderColor: 'divider', m: 0, px: 2, py: 1, minWidth: 0 }}
        >
          <Typography component="legend" variant="body1" sx={{ float: 'left', width: '100%', p: 0, fontWeight: 600 }}>
            {names.event(event)}
          </Typography>
          {relations.map(relation => (
            <FormControlLabel
              key={relation}
              labelPlacement="start"
              disabled={disabled}
              label={names.relation(relation)}
              control={
                <Switch
                  checked={matrix[event]?.[relation] ?? false}
                  onChange={(_, on) => onSwitch(event, relation, on)}
                />
              }
              sx={{ ...SPREAD, px: 0, minHeight: 40, width: '100%', clear: 'both' }}
            />
          ))}
        </Box>
      ))}
    </Box>
  ));
}
