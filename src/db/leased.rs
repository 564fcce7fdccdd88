//! Records that workers of all companies take turns with: single changes without transaction, by the server's clock.

use super::{Db, Field, Filter, TenantModel, from_document, wall::Wall};
use crate::errors::Result;
use crate::permissions::TenantScope;
use bson::{Bson, DateTime, Document, RawDocumentBuf, doc, oid::ObjectId};
use futures::TryStreamExt;
use mongodb::Collection;
use mongodb::options::{Hint, ReturnDocument};
use std::collections::HashMap;
use std::marker::PhantomData;

/// A tenant record that workers lease: what else is stored of a company never changes this way. It is never in the trash.
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
    pub(super) collection: Collection<RawDocumentBuf>,
    wall: Wall,
    model: PhantomData<fn() -> M>,
}

/// That the time in a field has come: by the database's clock, or at a given time.
pub struct Come<M> {
    /// The field.
    pub field: Field<M>,
    /// The time; that of the database when none.
    pub at: Option<DateTime>,
}

impl Db {
    /// The leased records of a scope.
    pub fn leases<M: Leased>(&self, scope: &TenantScope) -> Leases<M> {
        let mut wall = Wall::of::<M>(scope, super::Expr::All);
        // Without a condition on the trash the indexes answer alone.
        wall.trash = true;
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
        self.change(self.wall.around(&filter.into_expr()), sort, pipeline, false).await
    }

    /// As [`Leases::take`], of the records whose time has come.
    pub async fn take_due(
        &self,
        filter: Filter<M>,
        come: &Come<M>,
        sort: Document,
        pipeline: Vec<Document>,
    ) -> Result<Option<M>> {
        self.change(self.due(filter, come), sort, pipeline, false).await
    }

    /// Changes the record with this id by an update pipeline, or creates it; the pipeline names all its fields.
    pub async fn put(&self, id: ObjectId, pipeline: Vec<Document>) -> Result<Option<M>> {
        self.change(doc! { "_id": id }, Document::new(), pipeline, true).await
    }

    /// Up to `limit` records whose time has come, in the order of `sort`.
    pub async fn find_due(
        &self,
        filter: Filter<M>,
        come: &Come<M>,
        sort: Document,
        limit: i64,
    ) -> Result<Vec<M>> {
        let find = self.collection.find(self.due(filter, come)).sort(sort).limit(limit);
        let rows: Vec<RawDocumentBuf> = find.comment(self.comment()).await?.try_collect().await?;
        rows.iter().map(|raw| Ok(bson::deserialize_from_slice(raw.as_bytes())?)).collect()
    }

    /// Removes the record with this id.
    pub async fn remove(&self, id: ObjectId) -> Result<()> {
        self.collection.delete_one(doc! { "_id": id }).comment(self.comment()).await?;
        Ok(())
    }

    /// The companies of records with this state (none: the platform), each with the earliest value of `time`, and the
    /// time of the database. One key of the index for each company: it must begin with state, company and time.
    pub async fn earliest(
        &self,
        state: &str,
        time: Field<M>,
        index: &str,
    ) -> Result<Vec<(Option<ObjectId>, DateTime, DateTime)>> {
        let pipeline = [
            doc! { "$match": { "state": { "$eq": state } } },
            doc! { "$sort": { M::SCOPE_FIELD: 1, time.name(): 1 } },
            doc! { "$group": { "_id": format!("${}", M::SCOPE_FIELD), "first": { "$first": format!("${}", time.name()) } } },
            doc! { "$set": { "now": "$$NOW" } },
        ];
        let rows = self.rows(pipeline, index).await?;
        let row = |row: &Document| {
            let (first, now) = (row.get_datetime("first").ok()?, row.get_datetime("now").ok()?);
            Some((row.get_object_id("_id").ok(), *first, *now))
        };
        Ok(rows.iter().filter_map(row).collect())
    }

    /// Numbers of records with this state by company (none: the platform), from the keys of an index that begins with
    /// state and company.
    pub async fn by_company(&self, state: &str, index: &str) -> Result<HashMap<Option<ObjectId>, usize>> {
        let pipeline = [
            doc! { "$match": { "state": { "$eq": state } } },
            doc! { "$group": { "_id": format!("${}", M::SCOPE_FIELD), "count": { "$sum": 1_i64 } } },
        ];
        let rows = self.rows(pipeline, index).await?;
        let count = |row: &Document| row.get_i64("count").ok().and_then(|count| usize::try_from(count).ok());
        Ok(rows.iter().map(|row| (row.get_object_id("_id").ok(), count(row).unwrap_or_default())).collect())
    }

    async fn rows(&self, pipeline: impl IntoIterator<Item = Document>, index: &str) -> Result<Vec<Document>> {
        let hint = Hint::Name(index.to_owned());
        let rows = self.collection.aggregate(pipeline).hint(hint).comment(self.comment()).await?;
        Ok(rows.try_collect().await?)
    }

    async fn change(
        &self,
        filter: Document,
        sort: Document,
        pipeline: Vec<Document>,
        upsert: bool,
    ) -> Result<Option<M>> {
        let changed = self
            .collection
            .find_one_and_update(filter, pipeline)
            .sort(sort)
            .upsert(upsert)
            .return_document(ReturnDocument::After)
            .comment(self.comment())
            .await?;
        let Some(raw) = changed else { return Ok(None) };
        Ok(Some(from_document(&Document::try_from(&*raw)?)?))
    }

    fn due(&self, filter: Filter<M>, come: &Come<M>) -> Document {
        let mut filter = self.wall.around(&filter.into_expr());
        let time = match come.at {
            Some(at) => (come.field.name().to_owned(), doc! { "$lte": at }),
            // The database makes bounds of an index of it, as of a plain comparison.
            None => ("$expr".to_owned(), doc! { "$lte": [format!("${}", come.field.name()), "$$NOW"] }),
        };
        filter.insert(time.0, time.1);
        filter
    }

    fn comment(&self) -> Bson {
        Bson::String(self.wall.comment.clone())
    }
}
