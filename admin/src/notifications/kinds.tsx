// The sign of each kind of notification.
import AddCircleOutline from '@mui/icons-material/AddCircleOutlineOutlined';
import AssignmentIndOutlined from '@mui/icons-material/AssignmentIndOutlined';
import CallMerge from '@mui/icons-material/CallMerge';
import CallSplit from '@mui/icons-material/CallSplit';
import ChatBubbleOutline from '@mui/icons-material/ChatBubbleOutlineOutlined';
import EditOutlined from '@mui/icons-material/EditOutlined';
import GroupOutlined from '@mui/icons-material/GroupOutlined';
import Inventory2Outlined from '@mui/icons-material/Inventory2Outlined';
import NotificationsNone from '@mui/icons-material/NotificationsNone';
import PersonOffOutlined from '@mui/icons-material/PersonOffOutlined';
import ReportOutlined from '@mui/icons-material/ReportOutlined';
import RestoreFromTrash from '@mui/icons-material/RestoreFromTrash';
import SwapHoriz from '@mui/icons-material/SwapHoriz';
import type { SvgIconProps } from '@mui/material';
import type { ComponentType } from 'react';

const SIGNS: Record<string, ComponentType<SvgIconProps>> = {
  'ticket.created': AddCircleOutline,
  'ticket.updated': EditOutlined,
  'ticket.status_changed': SwapHoriz,
  'ticket.assigned': AssignmentIndOutlined,
  'ticket.unassignable': PersonOffOutlined,
  'message.added': ChatBubbleOutline,
  'message.edited': EditOutlined,
  'message.redacted': EditOutlined,
  'message.bounced': ReportOutlined,
  'ticket.archived': Inventory2Outlined,
  'ticket.unarchived': Inventory2Outlined,
  'ticket.restored': RestoreFromTrash,
  'ticket.merged': CallMerge,
  'ticket.unmerged': CallMerge,
  'ticket.split': CallSplit,
  'ticket.followers_changed': GroupOutlined,
  'ticket.spam': ReportOutlined,
  'ticket.loop_suppressed': ReportOutlined,
};

/** Decoration beside the sentence of a notification. */
export function KindIcon({ kind, ...props }: SvgIconProps & { kind: string }) {
  const Sign = SIGNS[kind] ?? NotificationsNone;
  return <Sign fontSize="small" {...props} />;
}
