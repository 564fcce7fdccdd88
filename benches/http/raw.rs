//! The same database work by the plain driver: what the best possible server could do.

use super::report::Figures;
use bson::{Document, RawDocumentBuf};
use futures::TryStreamExt;
use mongodb::Database;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Database work to compare with.
pub enum Raw {
    /// One page.
    Find { filter: Document, sort: Document, skip: u64, hint: Option<&'static str> },
    /// One record; the function gives the filter of the n-th.
    Get(Box<dyn Fn(u64) -> Document + Send + Sync>),
    /// One insert with majority write concern, in no transaction.
    Insert(Document),
    /// Nothing to compare with.
    Nothing,
}

pub async fn measure(database: &Database, connections: usize, time: Duration, work: &Raw) -> Option<Figures> {
    if matches!(work, Raw::Nothing) {
        return None;
    }
    let tickets = database.collection::<RawDocumentBuf>("tickets");
    let scratch = database.collection::<Document>("scratch");
    let counter = AtomicU64::new(0);
    let started = Instant::now();
    let tasks = (0..connections).map(|_| async {
        let mut micros = Vec::with_capacity(4096);
        while started.elapsed() < time {
            let begun = Instant::now();
            match work {
                Raw::Find { filter, sort, skip, hint } => {
                    let mut find = tickets.find(filter.clone()).sort(sort.clone()).skip(*skip).limit(25);
                    if let Some(hint) = hint {
                        find = find.hint(mongodb::options::Hint::Name((*hint).to_owned()));
                    }
                    let rows: Vec<_> = find.await.expect("find").try_collect().await.expect("rows");
                    assert_eq!(rows.len(), 25);
                }
                Raw::Get(filter) => {
                    let filter = filter(counter.fetch_add(1, Ordering::Relaxed));
                    assert!(tickets.find_one(filter).await.expect("find one").is_some());
                }
                Raw::Insert(document) => drop(scratch.insert_one(document.clone()).await.expect("insert")),
                Raw::Nothing => {}
            }
            micros.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
        micros
    });
    let results = futures::future::join_all(tasks).await;
    Some(Figures::new(results.into_iter().flatten().collect(), started.elapsed(), 0))
}
