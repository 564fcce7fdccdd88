//! Tickets: what a client asks and what becomes of it.

use crate::db::{
    Db,
    Direction::{Down, Text, Up},
    Expr, Hits, Index, TenantModel,
};
use crate::errors::Result;
use crate::model;
use crate::permissions::{Actor, Caller, Reach, TicketsRead};
use crate::schema::{Default, FieldSpec, Kind};
use bson::{DateTime, Document, oid::ObjectId};

use super::TicketScope;

crate::text_enum! {
    /// Where a ticket stands.
    pub enum Status {
        /// Nobody of the staff has taken it up.
        New = "new",
        /// Being worked on.
        Open = "open",
        /// Waits for the client.
        Pending = "pending",
        /// Waits for a third party.
        OnHold = "on_hold",
        /// Answered; may be reopened.
        Solved = "solved",
        /// Over for good.
        Closed = "closed",
    }
}

crate::text_enum! {
    /// How urgent a ticket is.
    pub enum Priority {
        /// When there is time.
        Low = "low",
        /// As it comes.
        Normal = "normal",
        /// Before others.
        High = "high",
        /// At once.
        Urgent = "urgent",
    }
}

crate::text_enum! {
    /// How a ticket came in.
    pub enum Channel {
        /// Through the web.
        Web = "web",
        /// By mail.
        Email = "email",
        /// From a program.
        Api = "api",
        /// From the chat.
        Chat = "chat",
        /// By telephone.
        Phone = "phone",
    }
}

model! {
    /// A request of a client, with its conversation and its way through the company.
    tenant Ticket in "tickets" as "tickets" {
        /// Number within the company, from 1; never used again.
        number: i64 = FieldSpec::int(1, i64::MAX).read_only().filter().sort();
        /// Number with the company's prefix, as in `ACME-123`.
        reference: String = FieldSpec::text(1, 40).read_only();
        /// What it is about, in a line.
        subject: String = FieldSpec::text(1, 200).required();
        /// What it is about at length: the text of the first message, which is corrected there.
        description: Option<String> = FieldSpec::prose(0, 20_000).create_only().nullable();
        /// Files that the first message carries.
        attachment_ids: Option<Vec<ObjectId>> = FieldSpec::ids_of("uploads", super::MAX_ATTACHMENTS).create_only();
        /// Where it stands; changed by its own action.
        status: Status = FieldSpec::one_of(Status::NAMES).create_only().default(Default::Text("new")).filter();
        /// How urgent it is.
        priority: Priority = FieldSpec::one_of(Priority::NAMES).default(Default::Text("normal")).filter();
        /// Sort of request.
        kind: String = FieldSpec::one_of(&["question", "incident", "problem", "task"]).default(Default::Text("question")).filter();
        /// How it came in.
        channel: Channel = FieldSpec::one_of(Channel::NAMES).create_only().default(Default::Text("web")).filter();
        /// Person who asks.
        requester_id: ObjectId = FieldSpec::id_of("users").filter();
        /// People who are copied.
        cc_ids: Vec<ObjectId> = FieldSpec::ids_of("users", 50).filter();
        /// Person who works on it; changed by assignment.
        assignee_id: Option<ObjectId> = FieldSpec::id_of("users").create_only().nullable().filter();
        /// Department in whose queue it is; changed by assignment.
        department_id: Option<ObjectId> = FieldSpec::id_of("departments").create_only().nullable().filter();
        /// What it is about.
        category_id: Option<ObjectId> = FieldSpec::id_of("categories").nullable().filter();
        /// Tags.
        tag_ids: Vec<ObjectId> = FieldSpec::ids_of("tags", 50).filter();
        /// Staff who follow it.
        follower_ids: Vec<ObjectId> = FieldSpec::ids_of("users", 200).read_only().filter();
        /// People who do not want to hear of it.
        muted_ids: Vec<ObjectId> = FieldSpec::ids_of("users", 200).hidden();
        /// Id in another system, unique in the company.
        external_id: Option<String> = FieldSpec::text(1, 120).create_only().nullable().filter();
        /// When it comes back from pending or on hold by itself.
        wake_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// It is spam.
        is_spam: bool = FieldSpec::flag(false).read_only().filter();
        /// It is archived: read-only and out of the default lists.
        archived: bool = FieldSpec::flag(false).read_only().filter();
        /// When it was archived.
        archived_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Ticket into which it was merged.
        merged_into: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable().filter();
        /// Closed ticket that it continues.
        follow_up_of: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable().filter();
        /// Ticket from which it was split.
        split_from: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable();
        /// Number of messages.
        message_count: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// Number of public messages.
        public_message_count: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// Number of the last message; never falls, also when messages move to another ticket.
        message_seq: Option<i64> = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
        /// Number of events.
        event_count: i64 = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
        /// Last message of any kind.
        last_message_at: Option<DateTime> = FieldSpec::time().read_only().nullable().sort();
        /// Last public message.
        last_public_message_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Last public message of the requester's side.
        last_client_message_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Last public message of the staff.
        last_staff_message_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Begin of the last public message.
        last_message_preview: Option<String> = FieldSpec::text(0, 200).read_only().nullable();
        /// First assignment.
        first_assigned_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// First public answer of a person of the staff.
        first_responded_at: Option<DateTime> = FieldSpec::time().read_only().nullable().filter();
        /// Last time it was solved.
        solved_at: Option<DateTime> = FieldSpec::time().read_only().nullable().filter();
        /// First time it was solved.
        first_solved_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// When it was closed.
        closed_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Last time it was reopened.
        reopened_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// How often it was reopened.
        reopen_count: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// How it was merged, for as long as that can be undone.
        merge: Option<Document> = FieldSpec::new(Kind::Json { max_bytes: 4096 }).hidden().nullable();
    }
    indexes &[
        Index::on("ticket_number", &[("number", Up)]).unique_for_ever(),
        Index::on("ticket_number_sort", &[("archived", Up), ("number", Down), ("_id", Down)]),
        Index::on("external_id", &[("external_id", Up)]).unique_for_ever().where_present("external_id"),
        Index::on("ticket_created", &[("archived", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_updated", &[("archived", Up), ("updated_at", Down), ("_id", Down)]),
        Index::on("ticket_last_message", &[("archived", Up), ("last_message_at", Down), ("_id", Down)]),
        Index::on("ticket_status", &[("archived", Up), ("status", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_status_updated", &[("archived", Up), ("status", Up), ("updated_at", Down), ("_id", Down)]),
        Index::on("ticket_priority", &[("archived", Up), ("priority", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_assignee", &[("assignee_id", Up), ("archived", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_assignee_status", &[("assignee_id", Up), ("status", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_department", &[("department_id", Up), ("archived", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_department_status", &[("department_id", Up), ("status", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_category", &[("category_id", Up), ("archived", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_requester", &[("requester_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_cc", &[("cc_ids", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_followers", &[("follower_ids", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_tags", &[("tag_ids", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("ticket_merged", &[("merged_into", Up)]).where_present("merged_into"),
        Index::on("ticket_words", &[("subject", Text), ("description", Text), ("reference", Text)]),
        Index::on("ticket_wake", &[("wake_at", Up)]).global().where_present("wake_at"),
        // Those who wait in their order, and all that reports count by: for these the keys are enough.
        Index::on("ticket_states", &[
            ("archived", Up), ("status", Up), ("first_responded_at", Up), ("created_at", Down), ("_id", Down),
            ("priority", Up), ("assignee_id", Up), ("deleted_at", Up),
        ]),
        Index::on("ticket_created_day", &[("created_at", Down), ("deleted_at", Up)]),
        Index::on("ticket_solved_day", &[("solved_at", Down), ("deleted_at", Up)]),
        Index::on("ticket_solved", &[("status", Up), ("solved_at", Up)]).global(),
    ]
}

impl TenantModel for Ticket {
    const MERGES: bool = true;
    const WORDS: bool = true;
    const UNQUOTED: &'static [&'static str] = &["description", "last_message_preview"];
    const DEFAULT_FILTER: Option<fn() -> Expr> = Some(|| Expr::eq("archived", false));
    type Read = TicketsRead;

    fn rows(reach: Reach, actor: &Actor) -> Expr {
        let me = actor.user_id();
        let requested = Expr::eq("requester_id", me);
        let part = Expr::or([requested.clone(), Expr::eq("cc_ids", me)]);
        match reach {
            Reach::All => Expr::All,
            Reach::Own => requested,
            Reach::Part => part,
            Reach::Scope => {
                let mine = [part, Expr::eq("assignee_id", me), Expr::eq("follower_ids", me)];
                match actor.ticket_scope() {
                    TicketScope::All => Expr::All,
                    TicketScope::Own => Expr::or(mine),
                    TicketScope::Department => {
                        let queue = Expr::is_in("department_id", actor.departments().iter().copied());
                        Expr::or(mine.into_iter().chain([queue]))
                    }
                }
            }
            _ => Expr::Nothing,
        }
    }

    async fn search(db: &Db, caller: &Caller, words: &str) -> Result<Hits> {
        crate::services::tickets::search(db, caller, words).await
    }

    /// An id, or the number that people use.
    fn lookup(text: &str) -> Option<Expr> {
        match ObjectId::parse_str(text) {
            Ok(id) => Some(Expr::eq("_id", id)),
            Err(_) => text.parse::<i64>().ok().map(|number| Expr::eq("number", number)),
        }
    }

    fn counted(document: &Document) -> Vec<String> {
        let live = document.get("deleted_at").is_none_or(|at| *at == bson::Bson::Null);
        if !live || document.get_bool("archived").unwrap_or(false) {
            return Vec::new();
        }
        let status = document.get_str("status").unwrap_or_default();
        vec!["all".to_owned(), format!("status:{status}")]
    }

    fn counter_of(filter: &Expr) -> Option<String> {
        let live = Expr::eq("archived", false);
        if *filter == live {
            return Some("all".to_owned());
        }
        let Expr::And(parts) = filter else { return None };
        let others: Vec<_> = parts.iter().filter(|part| **part != live).collect();
        match (others.as_slice(), parts.len()) {
            ([Expr::Cmp(field, crate::db::Op::Eq, value)], 2) if field == "status" => {
                value.as_str().map(|status| format!("status:{status}"))
            }
            _ => None,
        }
    }
}

impl Status {
    /// Whether staff still has work with such a ticket.
    pub const fn is_unsolved(self) -> bool {
        !matches!(self, Self::Solved | Self::Closed)
    }
}

impl Ticket {
    /// Whether staff still has work with it.
    pub fn is_open(&self) -> bool {
        self.status.is_unsolved()
    }
}
