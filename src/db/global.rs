//! Records of the platform itself: log-in names, sessions, counters. No tenant content lives here.

use super::{Draft, Filter, GlobalModel, Patch, from_document, writer::duplicate};
use crate::errors::Result;
use bson::{Bson, DateTime, Document, RawDocumentBuf, doc};
use futures::TryStreamExt;
use mongodb::options::ReturnDocument;
use mongodb::{ClientSession, Collection};
use std::marker::PhantomData;

/// The records of a global model, inside a transaction or not.
pub struct Global<'s, M> {
    collection: Collection<RawDocumentBuf>,
    session: Option<&'s mut ClientSession>,
    now: DateTime,
    model: PhantomData<fn() -> M>,
}

macro_rules! run {
    ($self:ident, $action:expr) => {
        match $self.session.as_deref_mut() {
            Some(session) => $action.session(session).await,
            None => $action.await,
        }
    };
}

impl<'s, M: GlobalModel> Global<'s, M> {
    pub(super) fn new(
        collection: Collection<RawDocumentBuf>,
        session: Option<&'s mut ClientSession>,
        now: DateTime,
    ) -> Self {
        Self { collection, session, now, model: PhantomData }
    }

    /// Time of the operation.
    pub fn now(&self) -> DateTime {
        self.now
    }

    /// Some record that satisfies `filter`.
    pub async fn find_one(&mut self, filter: Filter<M>) -> Result<Option<M>> {
        let found = run!(self, self.collection.find_one(filter.into_expr().to_document()))?;
        Ok(found.map(|raw| bson::deserialize_from_slice(raw.as_bytes())).transpose()?)
    }

    /// Up to `limit` records, newest id first. Not for transactions.
    pub async fn find(&mut self, filter: Filter<M>, limit: i64) -> Result<Vec<M>> {
        let find =
            self.collection.find(filter.into_expr().to_document()).sort(doc! { "_id": -1 }).limit(limit);
        let rows: Vec<RawDocumentBuf> = find.await?.try_collect().await?;
        rows.iter().map(|raw| Ok(bson::deserialize_from_slice(raw.as_bytes())?)).collect()
    }

    /// Creates a record.
    pub async fn insert(&mut self, draft: Draft<M>) -> Result<M> {
        let document = draft.into_global_document();
        let raw = RawDocumentBuf::try_from(&document)?;
        run!(self, self.collection.insert_one(raw)).map_err(duplicate::<M>)?;
        Ok(from_document(&document)?)
    }

    /// Creates a record whose `_id` is not an object id, such as a hash. Fails on a duplicate like any insert.
    pub async fn insert_keyed(&mut self, id: impl Into<Bson>, draft: Draft<M>) -> Result<()> {
        let mut document = draft.into_global_document();
        document.insert("_id", id);
        let raw = RawDocumentBuf::try_from(&document)?;
        run!(self, self.collection.insert_one(raw)).map_err(duplicate::<M>)?;
        Ok(())
    }

    /// Changes one record that satisfies `filter` and returns it as changed; with `upsert`, creates it when missing.
    pub async fn update(&mut self, filter: Filter<M>, patch: Patch<M>, upsert: bool) -> Result<Option<M>> {
        let update = patch.into_update(self.now, None, false);
        let filter = filter.into_expr().to_document();
        let action = self
            .collection
            .find_one_and_update(filter, update)
            .return_document(ReturnDocument::After)
            .upsert(upsert);
        let changed = run!(self, action).map_err(duplicate::<M>)?;
        Ok(changed.map(|raw| bson::deserialize_from_slice(raw.as_bytes())).transpose()?)
    }

    /// Changes one record by an update pipeline with the server's clock and returns its stored form as changed;
    /// with `upsert`, creates it when missing. The pipeline comes from code, never from a request.
    pub async fn update_pipeline(
        &mut self,
        filter: Filter<M>,
        pipeline: Vec<Document>,
        upsert: bool,
    ) -> Result<Option<Document>> {
        let action = self
            .collection
            .find_one_and_update(filter.into_expr().to_document(), pipeline)
            .return_document(ReturnDocument::After)
            .upsert(upsert);
        Ok(run!(self, action)?.map(|raw| Document::try_from(&*raw)).transpose()?)
    }

    /// Changes all records that satisfy `filter` and tells how many.
    pub async fn update_many(&mut self, filter: Filter<M>, patch: Patch<M>) -> Result<u64> {
        let update = patch.into_update(self.now, None, false);
        Ok(run!(self, self.collection.update_many(filter.into_expr().to_document(), update))?.modified_count)
    }

    /// Removes records and tells how many.
    pub async fn remove(&mut self, filter: Filter<M>) -> Result<u64> {
        Ok(run!(self, self.collection.delete_many(filter.into_expr().to_document()))?.deleted_count)
    }
}
