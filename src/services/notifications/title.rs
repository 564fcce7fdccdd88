//! The sentence of a notification. It names ticket and event, never a person: clients may not learn who did what.

use crate::models::{EventKind, Ticket};

/// The sentence for an event of a ticket.
pub fn title(kind: EventKind, ticket: &Ticket) -> String {
    let (number, subject) = (&ticket.reference, &ticket.subject);
    let status = ticket.status.as_str().replace('_', " ");
    match kind {
        EventKind::Created => format!("New ticket {number}: {subject}"),
        EventKind::Updated => format!("{number} was changed: {subject}"),
        EventKind::StatusChanged => format!("{number} is now {status}: {subject}"),
        EventKind::Assigned => format!("{number} was assigned: {subject}"),
        EventKind::Unassignable => format!("Nobody could be found for {number}: {subject}"),
        EventKind::MessageAdded => format!("New message on {number}: {subject}"),
        EventKind::MessageEdited => format!("A message on {number} was corrected: {subject}"),
        EventKind::MessageRedacted => format!("A message on {number} was redacted: {subject}"),
        EventKind::Archived => format!("{number} was archived: {subject}"),
        EventKind::Unarchived => format!("{number} was taken out of the archive: {subject}"),
        EventKind::Deleted => format!("{number} was deleted: {subject}"),
        EventKind::Restored => format!("{number} was restored: {subject}"),
        EventKind::Merged => format!("{number} was merged: {subject}"),
        EventKind::Unmerged => format!("A merge of {number} was undone: {subject}"),
        EventKind::Split => format!("Messages were split off {number}: {subject}"),
        EventKind::FollowersChanged => format!("The followers of {number} changed: {subject}"),
        EventKind::AutoResponded => format!("A program answered on {number}: {subject}"),
        EventKind::Bounced => format!("A message on {number} could not be delivered: {subject}"),
        EventKind::LoopSuppressed => format!("Automatic answers on {number} were held back: {subject}"),
        EventKind::Spam => format!("{number} was marked as spam: {subject}"),
    }
}
