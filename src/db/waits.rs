//! How long operations wait for a connection of the pool: the sign of more work than the database takes.

use mongodb::event::EventHandler;
use mongodb::event::cmap::CmapEvent;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A wait counts for so long; then it may have been over for long.
const LATE: Duration = Duration::from_secs(1);

struct Inner {
    begin: Instant,
    longest_ms: AtomicU64,
    noted_ms: AtomicU64,
}

/// The waits of late. Clones share them.
#[derive(Clone)]
pub struct Waits(Arc<Inner>);

impl Default for Waits {
    fn default() -> Self {
        Self(Arc::new(Inner {
            begin: Instant::now(),
            longest_ms: AtomicU64::new(0),
            noted_ms: AtomicU64::new(0),
        }))
    }
}

impl Waits {
    /// What the driver calls for each event of its pool.
    pub(super) fn handler(&self) -> EventHandler<CmapEvent> {
        let waits = self.clone();
        EventHandler::callback(move |event| match event {
            CmapEvent::ConnectionCheckedOut(event) => waits.note(event.duration),
            CmapEvent::ConnectionCheckoutFailed(event) => waits.note(event.duration),
            _ => {}
        })
    }

    /// Notes a wait. Shorter ones do not hide a longer one until that is past.
    pub fn note(&self, wait: Duration) {
        let (wait, now) = (ms(wait), ms(self.0.begin.elapsed()));
        let past = now.saturating_sub(self.0.noted_ms.load(Ordering::Relaxed)) > ms(LATE);
        if past || wait >= self.0.longest_ms.load(Ordering::Relaxed) {
            // Two that note at once may mix their numbers: either is true of the last second.
            self.0.longest_ms.store(wait, Ordering::Relaxed);
            self.0.noted_ms.store(now, Ordering::Relaxed);
        }
    }

    /// The longest wait of the last second.
    pub fn longest_of_late(&self) -> Duration {
        let since = ms(self.0.begin.elapsed()).saturating_sub(self.0.noted_ms.load(Ordering::Relaxed));
        let longest = Duration::from_millis(self.0.longest_ms.load(Ordering::Relaxed));
        if since > ms(LATE) { Duration::ZERO } else { longest }
    }
}

fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
