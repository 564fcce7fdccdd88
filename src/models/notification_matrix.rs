//! What people are notified of: events of tickets by how a person is related to the ticket, with the defaults.

use super::EventKind;
use crate::schema::{Default, FieldSpec, Kind};

crate::text_enum! {
    /// How a person is related to a ticket.
    pub enum Relation {
        /// Requester, copied, assignee or mentioned.
        Mine = "mine",
        /// Follower.
        Followed = "followed",
        /// Staff of the department in whose queue the ticket waits unassigned.
        UnassignedInDepartment = "unassigned_in_department",
    }
}

/// Reads the table: makes the field declarations of the matrix, and the row of each kind of event.
macro_rules! matrix {
    ($($kind:ident $row:ident $doc:literal: $mine:literal $followed:literal $queue:literal,
        $mail_mine:literal $mail_followed:literal $mail_queue:literal;)*) => {
        /// The matrix as fields: each row an event, each member a relation, each default what people get who chose
        /// nothing. Rows have an underscore where kinds have a point, so that paths in the database stay plain.
        pub const NOTIFICATION_MATRIX: &[FieldSpec] = &[
            $(FieldSpec::new(Kind::Object(&[
                FieldSpec::flag($mine).named("mine", "Of tickets in which the person takes part."),
                FieldSpec::flag($followed).named("followed", "Of tickets that the person follows."),
                FieldSpec::flag($queue)
                    .named("unassigned_in_department", "Of unassigned tickets of the person's departments."),
            ])).named(stringify!($row), $doc),)*
        ];

        /// The same for mail: what is told by mail besides.
        pub const EMAIL_MATRIX: &[FieldSpec] = &[
            $(FieldSpec::new(Kind::Object(&[
                FieldSpec::flag($mail_mine).named("mine", "Of tickets in which the person takes part."),
                FieldSpec::flag($mail_followed).named("followed", "Of tickets that the person follows."),
                FieldSpec::flag($mail_queue)
                    .named("unassigned_in_department", "Of unassigned tickets of the person's departments."),
            ])).named(stringify!($row), $doc),)*
        ];

        /// The row of a kind of event; none for what nobody is notified of.
        pub fn matrix_row(kind: EventKind) -> Option<&'static str> {
            match kind {
                $(EventKind::$kind => Some(stringify!($row)),)*
                // Whoever wants to know of messages wants to know that one did not arrive.
                EventKind::Bounced => Some("message_added"),
                // A deleted ticket is seen by nobody; what programs answer concerns nobody.
                EventKind::Deleted | EventKind::AutoResponded | EventKind::LoopSuppressed => None,
            }
        }
    };
}

matrix! {
//  event             row                                                               mine  followed unassigned, and the same by mail
    Created           ticket_created           "A ticket was filed.":                    true  true  true,  true false false;
    Updated           ticket_updated           "Fields of a ticket changed.":            false false false,  false false false;
    StatusChanged     ticket_status_changed    "The status of a ticket changed.":        true  true  false,  true false false;
    Assigned          ticket_assigned          "A ticket was assigned.":                 true  true  true,  true false false;
    Unassignable      ticket_unassignable      "Nobody could be found for a ticket.":    false false true,  false false false;
    MessageAdded      message_added            "A message was added to a ticket.":       true  true  true,  true true false;
    MessageEdited     message_edited           "A message was corrected.":               false false false,  false false false;
    MessageRedacted   message_redacted         "The text of a message was taken out.":   false false false,  false false false;
    Archived          ticket_archived          "A ticket was archived.":                 false false false,  false false false;
    Unarchived        ticket_unarchived        "A ticket was taken out of the archive.": false false false,  false false false;
    Restored          ticket_restored          "A ticket came back from the trash.":     false false false,  false false false;
    Merged            ticket_merged            "Tickets were merged.":                   true  true  false,  false false false;
    Unmerged          ticket_unmerged          "A merge was undone.":                    true  true  false,  false false false;
    Split             ticket_split             "Messages were split off a ticket.":      true  true  false,  false false false;
    FollowersChanged  ticket_followers_changed "The followers of a ticket changed.":     false false false,  false false false;
    Spam              ticket_spam              "A ticket was marked as spam.":           false false false,  false false false;
}

/// Whether people who chose nothing are notified, by one of the two matrices.
pub fn matrix_default(matrix: &[FieldSpec], row: &str, relation: Relation) -> bool {
    let fields = matrix.iter().find(|field| field.name == row).map(|field| field.kind);
    let Some(Kind::Object(flags)) = fields else { return false };
    flags.iter().any(|flag| flag.name == relation.as_str() && flag.default == Default::Bool(true))
}
