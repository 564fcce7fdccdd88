//! The monitor of the driver's commands: each one on a tenant collection must carry the company.

use super::tripwire_rules::{is_scoped, tenant_collections};
use crate::errors::{AppError, Result};
use bson::{Bson, Document, doc};
use mongodb::event::{EventHandler, command::CommandEvent};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Watches commands. A miss is counted, logged, and kept for tests.
#[derive(Clone)]
pub struct Tripwire {
    database: Arc<str>,
    misses: Arc<Mutex<Vec<String>>>,
    seen: Arc<AtomicU64>,
}

impl Tripwire {
    /// A monitor of the commands that go to a database.
    pub fn new(database: &str) -> Self {
        Self { database: database.into(), misses: Arc::default(), seen: Arc::default() }
    }

    /// Commands that lacked the company, as `command collection`. Empty unless something is badly wrong.
    pub fn misses(&self) -> Vec<String> {
        self.misses.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Number of commands on tenant collections so far; tells whether a refusal came before any look-up.
    pub fn seen(&self) -> u64 {
        self.seen.load(Ordering::SeqCst)
    }

    /// What the driver calls for each command.
    pub fn handler(&self) -> EventHandler<CommandEvent> {
        let watch = self.clone();
        EventHandler::callback(move |event| {
            if let CommandEvent::Started(started) = event {
                watch.check(&started.db, &started.command_name, &started.command);
            }
        })
    }

    /// The filter of a read that the driver's events will not tell of, if it carries the company.
    ///
    /// # Errors
    /// A defect that was counted and logged: the read is not sent.
    pub(super) fn admit(&self, collection: &str, filter: Document, comment: &str) -> Result<Document> {
        self.seen.fetch_add(1, Ordering::SeqCst);
        let mut command = doc! { "find": collection, "comment": comment, "filter": filter };
        if !is_scoped("find", &command) {
            self.miss("find", collection);
            return Err(AppError::bug("a read of tenant records without its company"));
        }
        match command.remove("filter") {
            Some(Bson::Document(filter)) => Ok(filter),
            _ => Err(AppError::bug("a command lost its filter")),
        }
    }

    fn check(&self, database: &str, name: &str, command: &Document) {
        let touched = tenant_collections(&self.database, database, name, command);
        if touched.is_empty() {
            return;
        }
        self.seen.fetch_add(1, Ordering::SeqCst);
        if !is_scoped(name, command) {
            self.miss(name, &touched.join(" "));
        }
    }

    fn miss(&self, name: &str, collection: &str) {
        metrics::counter!("stoa_unscoped_commands_total").increment(1);
        tracing::error!(command = name, collection, "command on a tenant collection without its company");
        let mut misses = self.misses.lock().unwrap_or_else(PoisonError::into_inner);
        // A defect repeats itself: the first thousand tell enough.
        if misses.len() < 1000 {
            misses.push(format!("{name} {collection}"));
        }
    }
}
