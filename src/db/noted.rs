//! Notes about the use of a record: written beside the requests, without transaction, history or version. They may be lost.

use super::{Db, Expr, Filter, Patch, TenantModel, wall::Wall};
use crate::errors::{AppError, Result};
use crate::permissions::TenantScope;
use bson::Bson;

/// A tenant record of which is noted when it was last used. Whatever else is stored does not change this way:
/// ```compile_fail,E0277
/// use stoa::{db::{Db, Filter, Patch}, models::Ticket, permissions::TenantScope};
/// fn note(db: &Db, scope: &TenantScope) { let _ = db.note::<Ticket>(scope, Filter::all(), Patch::new()); }
/// ```
/// ```no_run
/// use stoa::{db::{Db, Filter, Patch}, models::ApiKey, permissions::TenantScope};
/// fn note(db: &Db, scope: &TenantScope) { let _ = db.note::<ApiKey>(scope, Filter::all(), Patch::new()); }
/// ```
pub trait Noted: TenantModel {}

impl Db {
    /// Changes one record of the scope's company that satisfies `filter`; `false` when there is none.
    ///
    /// # Errors
    /// The database refuses, or a defect: the scope spans companies.
    pub async fn note<M: Noted>(
        &self,
        scope: &TenantScope,
        filter: Filter<M>,
        patch: Patch<M>,
    ) -> Result<bool> {
        if scope.company().is_none() {
            return Err(AppError::bug("a note about a record without its company"));
        }
        let wall = Wall::of::<M>(scope, Expr::All);
        let update = patch.into_update(self.clock().now(), None, false);
        let done = self
            .collection(M::COLLECTION)
            .update_one(wall.around(&filter.into_expr()), update)
            .comment(Bson::String(wall.comment.clone()))
            .await?;
        Ok(done.modified_count > 0)
    }
}
