//! Indexes of tickets for the numbers of a company and for the lists behind them.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::doc;

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Index tickets by state, by day and by department and status.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one know nothing of the indexes and need nothing of them.
    compatible_from: Some("m20261120_01_collections"),
};

fn changes() -> Vec<Change> {
    let indexes = vec![
        doc! { "name": "ticket_department_status", "key": { "company_id": 1, "department_id": 1, "status": 1, "created_at": -1, "_id": -1 } },
        doc! { "name": "ticket_states", "key": { "company_id": 1, "archived": 1, "status": 1, "first_responded_at": 1, "created_at": -1, "_id": -1, "priority": 1, "assignee_id": 1, "deleted_at": 1 } },
        doc! { "name": "ticket_created_day", "key": { "company_id": 1, "created_at": -1, "deleted_at": 1 } },
        doc! { "name": "ticket_solved_day", "key": { "company_id": 1, "solved_at": -1, "deleted_at": 1 } },
    ];
    vec![Change::Indexes { collection: "tickets", indexes }]
}

fn undo() -> Vec<Change> {
    let names = vec!["ticket_department_status", "ticket_states", "ticket_created_day", "ticket_solved_day"];
    vec![Change::DropIndexes { collection: "tickets", names }]
}
