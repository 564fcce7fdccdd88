//! The process's one change stream on notifications and the list of who listens.

use crate::db::{Change, Changes, Db};
use crate::errors::{Code, Problem, Result};
use crate::models::Notification;
use bson::oid::ObjectId;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

/// Most streams that one person may have open in this process.
const MAX_STREAMS: usize = 5;
/// Changes that a listener may lie behind before it is let go.
const BACKLOG: usize = 1024;

/// What listeners hear.
#[derive(Clone)]
pub enum Signal {
    /// A notification was created or counted on.
    Changed(Arc<Change<Notification>>),
    /// Changes may have been missed.
    Resync,
}

struct Inner {
    db: Db,
    signals: broadcast::Sender<Signal>,
    watching: tokio::sync::Mutex<bool>,
    open: Mutex<HashMap<ObjectId, usize>>,
    closing: CancellationToken,
    lost: AtomicBool,
}

/// Hands out changes to listeners. The change stream begins with the first of them. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

/// A listener's part: what it hears, and its place among the person's streams, given back when dropped.
pub struct Subscription {
    /// What happens from now on.
    pub signals: broadcast::Receiver<Signal>,
    /// Cancelled when the program ends.
    pub closing: CancellationToken,
    hub: Hub,
    user: ObjectId,
}

impl Hub {
    /// A hub that nobody listens to.
    pub fn new(db: Db) -> Self {
        let (signals, _) = broadcast::channel(BACKLOG);
        let (watching, open) = (tokio::sync::Mutex::new(false), Mutex::default());
        let closing = CancellationToken::new();
        let lost = AtomicBool::new(false);
        Self { inner: Arc::new(Inner { db, signals, watching, open, closing, lost }) }
    }

    /// Whether changes arrive. A change stream that was not needed yet counts as whole.
    pub fn is_whole(&self) -> bool {
        !self.inner.lost.load(Ordering::SeqCst)
    }

    /// Ends all streams and the watch.
    pub fn close(&self) {
        self.inner.closing.cancel();
    }

    /// Listens on behalf of a person. Everything that happens after the return is heard.
    ///
    /// # Errors
    /// `rate_limited` when the person has too many streams open, `dependency_unavailable` when the program ends.
    pub async fn subscribe(&self, user: ObjectId) -> Result<Subscription> {
        if self.inner.closing.is_cancelled() {
            let problem = Problem::new(Code::DependencyUnavailable, "The server is stopping. Connect again.");
            return Err(problem.retry_after(1).into());
        }
        self.admit(user)?;
        // From here on dropping the subscription gives the place back, whatever fails.
        let subscription = Subscription {
            signals: self.inner.signals.subscribe(),
            closing: self.inner.closing.clone(),
            hub: self.clone(),
            user,
        };
        self.ensure_watch().await?;
        Ok(subscription)
    }

    fn admit(&self, user: ObjectId) -> Result<()> {
        let mut open = self.inner.open.lock().unwrap_or_else(PoisonError::into_inner);
        let streams = open.entry(user).or_default();
        if *streams >= MAX_STREAMS {
            let detail = format!("You have {MAX_STREAMS} event streams open already. Close one.");
            return Err(Problem::new(Code::RateLimited, detail).retry_after(30).into());
        }
        *streams += 1;
        metrics::gauge!("stoa_event_streams").increment(1.0);
        Ok(())
    }

    async fn ensure_watch(&self) -> Result<()> {
        let mut watching = self.inner.watching.lock().await;
        if !*watching {
            let changes = self.watch().await?;
            tokio::spawn(self.clone().relay(changes));
            *watching = true;
        }
        Ok(())
    }

    async fn watch(&self) -> Result<Changes<Notification>> {
        self.inner.db.watch(&[Notification::count()]).await
    }

    /// Passes changes on until the program ends. A lost stream begins anew from now, and listeners are told so.
    async fn relay(self, mut changes: Changes<Notification>) {
        let closing = self.inner.closing.clone();
        loop {
            let next = tokio::select! {
                () = closing.cancelled() => return,
                next = changes.next() => next,
            };
            if let Ok(Some(change)) = next {
                // Nobody may be listening.
                let _ = self.inner.signals.send(Signal::Changed(Arc::new(change)));
                continue;
            }
            metrics::counter!("stoa_change_stream_losses_total").increment(1);
            tracing::warn!("the change stream of notifications was lost and begins anew");
            self.inner.lost.store(true, Ordering::SeqCst);
            let Some(anew) = closing.run_until_cancelled(self.reopen()).await else { return };
            changes = anew;
            self.inner.lost.store(false, Ordering::SeqCst);
            let _ = self.inner.signals.send(Signal::Resync);
        }
    }

    async fn reopen(&self) -> Changes<Notification> {
        let mut pause = Duration::from_millis(50);
        loop {
            match self.watch().await {
                Ok(changes) => return changes,
                Err(_) => tokio::time::sleep(pause).await,
            }
            pause = (pause * 2).min(Duration::from_secs(5));
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut open = self.hub.inner.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(streams) = open.get_mut(&self.user) {
            *streams -= 1;
            if *streams == 0 {
                open.remove(&self.user);
            }
        }
        metrics::gauge!("stoa_event_streams").decrement(1.0);
    }
}
