//! Steps that only tests take, and a gate at which a backfill can be held.

use bson::{Document, doc};
use std::sync::{Condvar, Mutex};
use stoa::migrate::{Backfill, Change, Down, Phase, Step, Work};

/// Creates an index on `things`.
pub fn index() -> Step {
    step("m20260101_01_index", Phase::Expand, Work::Schema(make_index), Down::Work(Work::Schema(drop_index)))
}

/// Adds one to `n` of every document, whether it was done already or not: repetitions show.
pub fn count() -> Step {
    step("m20260101_02_count", Phase::Backfill, Work::Backfill(COUNT), Down::Work(Work::Backfill(UNCOUNT)))
}

/// Drops the index for good.
pub fn removal() -> Step {
    let phase = Phase::Contract;
    step("m20260101_03_removal", phase, Work::Schema(drop_index), Down::Irreversible("the index is gone"))
}

pub fn step(id: &'static str, phase: Phase, work: Work, down: Down) -> Step {
    Step { id, source: "as released", about: "A test.", phase, work, down, compatible_from: None }
}

pub const COUNT: Backfill = Backfill { collection: "things", filter: Document::new, update: add_one };
const UNCOUNT: Backfill = Backfill { collection: "things", filter: Document::new, update: take_one };

pub fn add_one(_: &Document) -> Option<Document> {
    Some(doc! { "$inc": { "n": 1 } })
}

fn take_one(_: &Document) -> Option<Document> {
    Some(doc! { "$inc": { "n": -1 } })
}

fn make_index() -> Vec<Change> {
    let index = doc! { "name": "thing_n", "key": { "n": 1 } };
    vec![Change::collection("things", None).with(vec![index])]
}

fn drop_index() -> Vec<Change> {
    vec![Change::DropIndexes { collection: "things", names: vec!["thing_n"] }]
}

/// Holds the first who comes until it is opened.
pub struct Gate {
    state: Mutex<(bool, bool)>,
    changed: Condvar,
}

impl Gate {
    pub const fn new() -> Self {
        Self { state: Mutex::new((false, false)), changed: Condvar::new() }
    }

    /// The first call waits here.
    pub fn hold(&self) {
        let mut state = self.state.lock().unwrap();
        if !std::mem::replace(&mut state.0, true) {
            self.changed.notify_all();
            drop(self.changed.wait_while(state, |(_, open)| !*open).unwrap());
        }
    }

    /// Waits until someone is held.
    pub fn reached(&self) {
        drop(self.changed.wait_while(self.state.lock().unwrap(), |(reached, _)| !*reached).unwrap());
    }

    pub fn open(&self) {
        self.state.lock().unwrap().1 = true;
        self.changed.notify_all();
    }
}
