//! What a run did, and how a database stands.

use super::drift::Drift;
use super::{MigrateError, Step, declared, drift, record};
use crate::db::Db;

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Steps taken, with the number of documents changed.
    pub taken: Vec<(String, i64)>,
    /// Steps of a newer program beside which this one can work.
    pub newer: Vec<String>,
    /// Differences between the database and the models afterwards.
    pub drift: Vec<Drift>,
}

impl Report {
    /// Tells the log what should not be.
    pub fn log(&self) {
        for step in &self.newer {
            tracing::warn!(step, "the database was migrated by a newer release");
        }
        for drift in &self.drift {
            tracing::error!(%drift, "the database is not as the program expects it");
        }
        metrics::gauge!("stoa_schema_drift").set(self.drift.len() as f64);
    }
}

/// Where a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Name of the step.
    pub id: String,
    /// `done`, `running` (or broken off), `pending`, `changed` since it was applied, or `unknown` to this program.
    pub state: &'static str,
    /// Documents changed.
    pub changed: i64,
    /// When it was completed, RFC 3339.
    pub finished_at: Option<String>,
}

/// Where every step stands, and what of the schema is not as declared. Changes nothing.
///
/// # Errors
/// The database failed.
pub async fn status(db: &Db, steps: &[Step]) -> Result<(Vec<Standing>, Vec<Drift>), MigrateError> {
    let mut records = record::all(db.for_migrations()).await?;
    let mut standings = Vec::new();
    for step in steps {
        let record = records.remove(step.id);
        let state = match &record {
            None => "pending",
            Some(record) if record.checksum != step.checksum() => "changed",
            Some(record) if record.is_done() => "done",
            Some(_) => "running",
        };
        standings.push(standing(step.id, state, record.as_ref()));
    }
    standings.extend(records.values().map(|record| standing(&record.id, "unknown", Some(record))));
    Ok((standings, drift(db, &declared()).await?))
}

fn standing(id: &str, state: &'static str, record: Option<&record::Record>) -> Standing {
    Standing {
        id: id.to_owned(),
        state,
        changed: record.map_or(0, |record| record.changed),
        finished_at: record.and_then(|record| record.finished_at).map(crate::schema::format_time),
    }
}
