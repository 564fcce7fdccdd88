//! Reads by id that many requests make at the same moment, put together: one command answers all that asked while the
//! one before it was under way. It begins after each of them asked, so that nobody is told of an older state.

use crate::errors::{AppError, Code, Problem, Result};
use bson::{Bson, Document, RawDocumentBuf, doc};
use futures::TryStreamExt;
use mongodb::Collection;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// Most ids of one command.
const MAX_IDS: usize = 500;
/// Most commands under way: one that hangs does not hold up those who ask after it.
const AT_ONCE: usize = 4;
/// Most time that one command may take.
const TIME: Duration = Duration::from_secs(5);

/// An `_id` as the bytes of a document, which can be compared and hashed.
type Key = Vec<u8>;
type Found = Arc<HashMap<Key, RawDocumentBuf>>;
type Answer = std::result::Result<Found, mongodb::error::Error>;

#[derive(Default)]
struct Queue {
    waiting: VecDeque<(Vec<Bson>, oneshot::Sender<Answer>)>,
    /// Commands under way.
    running: usize,
}

/// The batches of one collection. Cheap to clone.
#[derive(Clone)]
pub(super) struct Batch {
    collection: Collection<RawDocumentBuf>,
    queue: Arc<Mutex<Queue>>,
}

impl Batch {
    pub(super) fn new(collection: Collection<RawDocumentBuf>) -> Self {
        Self { collection, queue: Arc::default() }
    }

    /// The records with these ids, as far as they exist.
    pub(super) async fn get(&self, ids: Vec<Bson>) -> Result<Vec<RawDocumentBuf>> {
        let keys = ids.iter().map(key).collect::<Result<Vec<_>>>()?;
        let (answer, found) = oneshot::channel();
        let idle = {
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            queue.waiting.push_back((ids, answer));
            let idle = queue.running < AT_ONCE;
            queue.running += usize::from(idle);
            idle
        };
        if idle {
            // A task of its own: who asked first may go away, the others still wait.
            tokio::spawn(Turn { batch: self.clone(), held: true }.run());
        }
        let found = tokio::time::timeout(TIME * 2, found).await.map_err(|_| late())?;
        let found = found.map_err(|_| late())??;
        Ok(keys.iter().filter_map(|key| found.get(key).cloned()).collect())
    }

    async fn read(&self, ids: Vec<Bson>) -> Answer {
        let filter = match ids.as_slice() {
            [id] => doc! { "_id": id },
            _ => doc! { "_id": { "$in": ids } },
        };
        let rows: Vec<RawDocumentBuf> =
            self.collection.find(filter).max_time(TIME).await?.try_collect().await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in rows {
            let id = row.get("_id")?.map(Bson::try_from).transpose()?.unwrap_or(Bson::Null);
            found.insert(RawDocumentBuf::try_from(&wrapped(&id))?.into_bytes(), row);
        }
        Ok(Arc::new(found))
    }
}

/// One of the commands that may be under way. Its place is free again however it ends.
struct Turn {
    batch: Batch,
    held: bool,
}

impl Turn {
    async fn run(mut self) {
        while let Some((ids, askers)) = self.next() {
            let Ok(answer) = tokio::time::timeout(TIME, self.batch.read(ids)).await else { continue };
            for asker in askers {
                // Nobody listens any more when the request has gone away.
                let _ = asker.send(answer.clone());
            }
        }
    }

    /// The next ids to read and who asked for them. When there are none the place is given back under the same lock, so
    /// that nobody can ask in between and wait for a turn that is over.
    fn next(&mut self) -> Option<(Vec<Bson>, Vec<oneshot::Sender<Answer>>)> {
        let mut queue = self.batch.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut ids, mut askers) = (Vec::new(), Vec::new());
        while ids.len() < MAX_IDS
            && let Some((wanted, answer)) = queue.waiting.pop_front()
        {
            ids.extend(wanted);
            askers.push(answer);
        }
        if askers.is_empty() {
            queue.running -= 1;
            self.held = false;
            return None;
        }
        Some((ids, askers))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.held {
            self.batch.queue.lock().unwrap_or_else(PoisonError::into_inner).running -= 1;
        }
    }
}

fn late() -> AppError {
    Problem::new(Code::Overloaded, "The database takes too long. Try again.").retry_after(2).into()
}

fn key(id: &Bson) -> Result<Key> {
    Ok(RawDocumentBuf::try_from(&wrapped(id))?.into_bytes())
}

fn wrapped(id: &Bson) -> Document {
    doc! { "_id": id }
}
