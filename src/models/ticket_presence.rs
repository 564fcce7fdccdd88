//! Who of the staff has a ticket open at the moment.

use crate::db::{Direction::Up, Expr, Index, Passing, TenantModel};
use crate::model;
use crate::permissions::{Actor, Reach, TicketsPresence};
use crate::schema::FieldSpec;
use bson::{DateTime, oid::ObjectId};

crate::text_enum! {
    /// What someone does with a ticket.
    pub enum Activity {
        /// Looks at it.
        Viewing = "viewing",
        /// Writes an answer or a note.
        Writing = "writing",
    }
}

model! {
    /// A person of the staff who has a ticket open. It vanishes when the person does not say so again.
    tenant TicketPresence in "ticket_presences" as "ticket_presences" {
        /// Ticket.
        ticket_id: ObjectId = FieldSpec::id_of("tickets").read_only();
        /// Person.
        user_id: ObjectId = FieldSpec::id_of("users").read_only();
        /// The person's name, as others are shown it.
        user_name: String = FieldSpec::text(0, 120).read_only();
        /// What the person does.
        activity: Activity = FieldSpec::one_of(Activity::NAMES).read_only();
        /// When the person last said so.
        seen_at: DateTime = FieldSpec::time().read_only();
    }
    indexes &[
        Index::on("presence_person", &[("ticket_id", Up), ("user_id", Up)]).unique_for_ever(),
        // Tidies up: readers ask for the time themselves.
        Index::on("presence_expiry", &[("seen_at", Up)]).global().expire_after(60),
    ]
}

impl TenantModel for TicketPresence {
    type Read = TicketsPresence;

    /// Presences are reached through their ticket, whose own rows are checked first.
    fn rows(reach: Reach, _: &Actor) -> Expr {
        match reach {
            Reach::All | Reach::Scope => Expr::All,
            _ => Expr::Nothing,
        }
    }
}

impl Passing for TicketPresence {}
