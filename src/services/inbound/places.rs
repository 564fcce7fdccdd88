//! Places for deliveries whose mail is in memory: few, and none for one company alone.

use crate::errors::{Code, Problem, Result};
use crate::quota::{Place, Places};
use bson::oid::ObjectId;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Deliveries at the same time; each holds up to 32 MiB.
const ALL: usize = 8;
/// Half of them at most are for one company: twice this many.
const SHARE: usize = 2;

/// The places of a process.
pub struct DeliveryPlaces {
    all: Arc<Semaphore>,
    shares: Places,
}

impl Default for DeliveryPlaces {
    fn default() -> Self {
        Self { all: Arc::new(Semaphore::new(ALL)), shares: Places::new(SHARE, "stoa_deliveries_in_flight") }
    }
}

/// A place that is held; it becomes free when dropped.
pub struct DeliveryPlace {
    _all: OwnedSemaphorePermit,
    _share: Option<Place>,
}

impl DeliveryPlaces {
    /// A place for a delivery to a mailbox of the company.
    ///
    /// # Errors
    /// 503 when the company or all together have as many as they may.
    pub fn take(&self, company: ObjectId) -> Result<DeliveryPlace> {
        let full =
            || Problem::new(Code::Overloaded, "Too many mails are arriving. Try again.").retry_after(2);
        let share = self.shares.of_company(Some(company)).ok_or_else(full)?;
        let all = Arc::clone(&self.all).try_acquire_owned().map_err(|_| full())?;
        Ok(DeliveryPlace { _all: all, _share: share })
    }
}
