//! Routes of what can be done with tickets beside their plain life.

mod archive;
mod assignment;
mod bulk;
mod followers;
mod merge;
mod mute;
mod presence;
mod spam;
mod split;

use crate::errors::Code;
use crate::web::Routes;

/// Why a ticket cannot be changed at all.
const UNWRITABLE: &[Code] = &[Code::Deleted, Code::TicketMerged, Code::Archived];

/// All of them.
pub fn routes() -> Routes {
    archive::routes()
        .merge(assignment::routes())
        .merge(bulk::routes())
        .merge(followers::routes())
        .merge(merge::routes())
        .merge(mute::routes())
        .merge(presence::routes())
        .merge(spam::routes())
        .merge(split::routes())
}
