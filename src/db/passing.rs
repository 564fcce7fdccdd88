//! Records of the moment: written by themselves, often, without transaction, history or line to stand in. They may be
//! lost, so nothing else is written this way.

use super::{Db, Expr, Field, Filter, Patch, TenantModel, wall::Wall};
use crate::errors::{AppError, Result};
use crate::permissions::TenantScope;
use bson::{Bson, DateTime, RawDocumentBuf, doc, oid::ObjectId};
use mongodb::Collection;
use std::marker::PhantomData;

/// A tenant record that tells of the moment and vanishes by itself. What must not get lost is none:
/// ```compile_fail,E0277
/// use stoa::{db::Db, models::Ticket, permissions::TenantScope};
/// fn open(db: &Db, scope: &TenantScope) { let _ = db.passing::<Ticket>(scope, bson::oid::ObjectId::new()); }
/// ```
/// ```no_run
/// use stoa::{db::Db, models::TicketPresence, permissions::TenantScope};
/// fn open(db: &Db, scope: &TenantScope) { let _ = db.passing::<TicketPresence>(scope, bson::oid::ObjectId::new()); }
/// ```
pub trait Passing: TenantModel {}

/// The records of the moment of one company.
pub struct Moments<M> {
    collection: Collection<RawDocumentBuf>,
    wall: Wall,
    now: DateTime,
    author: ObjectId,
    model: PhantomData<fn() -> M>,
}

impl Db {
    /// The records of the moment of the scope's company, for someone to write.
    ///
    /// # Errors
    /// A defect: the scope spans companies.
    pub fn passing<M: Passing>(&self, scope: &TenantScope, author: ObjectId) -> Result<Moments<M>> {
        if scope.company().is_none() {
            return Err(AppError::bug("a record of the moment without its company"));
        }
        let (collection, wall) = (self.collection(M::COLLECTION), Wall::of::<M>(scope, Expr::All));
        Ok(Moments { collection, wall, now: self.clock().now(), author, model: PhantomData })
    }
}

impl<M: Passing> Moments<M> {
    /// Time of the writing.
    pub fn now(&self) -> DateTime {
        self.now
    }

    /// Changes the record with this key, or creates it. `key` and `patch` together name all its fields; the company
    /// comes from the filter, as all else that is compared for equality in it.
    pub async fn put(&self, key: &[(Field<M>, ObjectId)], patch: Patch<M>) -> Result<()> {
        let same = key.iter().map(|(field, value)| Expr::eq(field.name(), *value)).fold(Expr::All, Expr::and);
        let filter = self.wall.around(&same);
        let mut update = patch.into_update(self.now, Some(self.author), true);
        update.insert("$setOnInsert", doc! { "created_at": self.now, "created_by": self.author });
        let put = async || {
            let update = self.collection.update_one(filter.clone(), update.clone()).upsert(true);
            update.comment(self.comment()).await.map(drop).map_err(AppError::from)
        };
        match put().await {
            // Of two that create the record at the same moment one is refused, and then it is there to be changed.
            Err(error) if error.is_duplicate_key() => put().await,
            done => done,
        }
    }

    /// Removes the records that satisfy `filter`.
    pub async fn remove(&self, filter: Filter<M>) -> Result<()> {
        let filter = self.wall.around(&filter.into_expr());
        self.collection.delete_many(filter).comment(self.comment()).await?;
        Ok(())
    }

    fn comment(&self) -> Bson {
        Bson::String(self.wall.comment.clone())
    }
}
