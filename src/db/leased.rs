//! Records that workers of all companies take turns with: single changes without transaction, by the server's clock.

use super::{Db, Filter, TenantModel, from_document, wall::Wall};
use crate::errors::Result;
use crate::permissions::TenantScope;
use bson::{Bson, Document, RawDocumentBuf};
use mongodb::Collection;
use mongodb::options::ReturnDocument;
use std::marker::PhantomData;

/// A tenant record that workers lease: what else is stored of a company never changes this way.
/// ```compile_fail,E0277
/// use stoa::{db::Db, models::Ticket, permissions::TenantScope};
/// fn open(db: &Db, scope: &TenantScope) { let _ = db.leases::<Ticket>(scope); }
/// ```
/// ```no_run
/// use stoa::{db::Db, models::Job, permissions::TenantScope};
/// fn open(db: &Db, scope: &TenantScope) { let _ = db.leases::<Job>(scope); }
/// ```
pub trait Leased: TenantModel {}

/// The leased records of a scope.
pub struct Leases<M> {
    collection: Collection<RawDocumentBuf>,
    wall: Wall,
    model: PhantomData<fn() -> M>,
}

impl Db {
    /// The leased records of a scope.
    pub fn leases<M: Leased>(&self, scope: &TenantScope) -> Leases<M> {
        let wall = Wall::of::<M>(scope, super::Expr::All);
        Leases { collection: self.collection(M::COLLECTION), wall, model: PhantomData }
    }
}

impl<M: Leased> Leases<M> {
    /// Changes the first record in the order of `sort` that satisfies `filter`, by an update pipeline that comes from
    /// code, and returns it as changed. `$$NOW` is the time of the database.
    pub async fn take(
        &self,
        filter: Filter<M>,
        sort: Document,
        pipeline: Vec<Document>,
    ) -> Result<Option<M>> {
        let changed = self
            .collection
            .find_one_and_update(self.wall.around(&filter.into_expr()), pipeline)
            .sort(sort)
            .return_document(ReturnDocument::After)
            .comment(Bson::String(self.wall.comment.clone()))
            .await?;
        let Some(raw) = changed else { return Ok(None) };
        Ok(Some(from_document(&Document::try_from(&*raw)?)?))
    }
}
