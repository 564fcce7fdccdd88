//! Decides what becomes of a file whose bytes are there.

use super::policy::{Verdict, judge};
use crate::db::{Patch, Tx};
use crate::engine::{apply, record_act};
use crate::errors::Result;
use crate::models::{QuarantineReason, Upload, UploadState};
use crate::permissions::{Permit, UploadsCreate};
use crate::support::later;
use bson::{Bson, Document};
use std::time::Duration;

/// A file that nobody attaches is removed after this.
pub(super) const UNLINKED: Duration = Duration::from_secs(24 * 3600);
/// A file in quarantine is kept for so long, for whoever wants to know what it was.
const QUARANTINE: Duration = Duration::from_secs(7 * 24 * 3600);

/// What was found at the storage.
pub(super) struct Found<'a> {
    /// The first bytes.
    pub beginning: &'a [u8],
    /// Changes with the content.
    pub etag: Option<&'a str>,
    /// It is not what was announced.
    pub fault: Option<QuarantineReason>,
}

/// Writes down what was found of a pending file, with other changes of it.
pub(super) async fn settle(
    tx: &mut Tx,
    permit: &Permit<UploadsCreate>,
    current: &Document,
    mut patch: Patch<Upload>,
    found: &Found<'_>,
) -> Result<Document> {
    let upload = super::create::read(current)?;
    let verdict = match found.fault {
        Some(fault) => Verdict::Quarantined(fault, "application/octet-stream".to_owned()),
        None => judge(permit.actor().role(), &upload, found.beginning),
    };
    let (state, reason, media_type, keep) = match verdict {
        Verdict::Ready(media_type) => (UploadState::Ready, None, media_type, UNLINKED),
        Verdict::Quarantined(reason, media_type) => {
            (UploadState::Quarantined, Some(reason), media_type, QUARANTINE)
        }
    };
    patch.put(Upload::state(), state);
    patch.put(Upload::quarantine_reason(), reason.map_or(Bson::Null, |reason| reason.as_str().into()));
    patch.put(Upload::sniffed_type(), media_type);
    patch.put(Upload::etag(), found.etag);
    patch.put(Upload::multipart(), Bson::Null);
    patch.put(Upload::expires_at(), later(tx.now(), keep));
    let stored = apply(tx, permit, current, patch).await?;
    record_act::<Upload>(tx, permit, "complete", Some(current), &stored).await?;
    if state == UploadState::Quarantined {
        metrics::counter!("stoa_uploads_quarantined_total").increment(1);
    }
    Ok(stored)
}
