//! Compares the steps of the program with those of the database: what is to be done, and what must not be done.

use super::record::Record;
use super::{MigrateError, Options, Step};
use std::collections::BTreeMap;

/// What is to be done.
pub(super) struct Plan<'a> {
    /// Steps to take, in order.
    pub pending: Vec<&'a Step>,
    /// Applied steps whose new hash is to be recorded.
    pub accepted: Vec<&'a Step>,
    /// Steps of a newer program beside which this one can work.
    pub newer: Vec<String>,
}

impl<'a> Plan<'a> {
    pub fn of(
        steps: &'a [Step],
        records: &BTreeMap<String, Record>,
        options: &Options,
    ) -> Result<Self, MigrateError> {
        let last = steps.last().map_or("", |step| step.id);
        let mut newer = Vec::new();
        for record in records.values().filter(|record| !steps.iter().any(|step| step.id == record.id)) {
            let compatible = record.compatible_from.as_deref().is_some_and(|from| from <= last);
            if record.id.as_str() < last || !compatible {
                return Err(MigrateError::Newer(record.id.clone()));
            }
            newer.push(record.id.clone());
        }
        let (mut pending, mut accepted) = (Vec::new(), Vec::new());
        for step in steps {
            let record = records.get(step.id);
            if record.is_some_and(|record| record.checksum != step.checksum()) {
                if !options.accept_checksums.iter().any(|id| id == step.id) {
                    return Err(MigrateError::Changed(step.id.to_owned()));
                }
                accepted.push(step);
            }
            if !record.is_some_and(Record::is_done) {
                pending.push(step);
            }
        }
        let applied =
            records.values().filter(|record| record.is_done()).map(|record| record.id.as_str()).max();
        match (pending.first(), applied) {
            (Some(late), Some(applied)) if late.id < applied => {
                Err(MigrateError::OutOfOrder { late: late.id.to_owned(), applied: applied.to_owned() })
            }
            _ => Ok(Self { pending, accepted, newer }),
        }
    }

    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.pending.is_empty() && self.accepted.is_empty()
    }
}
