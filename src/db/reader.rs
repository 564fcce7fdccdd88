//! Reading a tenant collection: every query carries the scope, the reach and the trash condition.

use super::{Expr, Filter, TenantModel, from_document, tripwire::Tripwire, wall::Wall};
use crate::errors::{AppError, Code, FieldErrors, Result};
use bson::{Document, RawDocumentBuf, doc, oid::ObjectId};
use futures::TryStreamExt;
use mongodb::Collection;
use mongodb::options::Hint;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use std::time::Duration;

/// Most time that one list query may take in the database.
pub const LIST_TIME: Duration = Duration::from_secs(2);

/// What a list query asks for besides its filter.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Sort keys, `_id` last.
    pub sort: Document,
    /// Records to pass over.
    pub skip: u64,
    /// Most records to return.
    pub limit: i64,
    /// Name of the index to use.
    pub hint: Option<String>,
    /// Fields to fetch; all when empty.
    pub projection: Document,
    /// Most bytes of all records together; any number when none. A single record is returned however long it is.
    pub max_bytes: Option<usize>,
}

/// The records of `M` that a scope and a reach admit.
pub struct Reader<M> {
    collection: Collection<RawDocumentBuf>,
    wall: Wall,
    /// Looks at each read before it is sent, where the driver's events do not pass the monitor.
    tripwire: Option<Tripwire>,
    model: PhantomData<fn() -> M>,
}

impl<M: TenantModel> Reader<M> {
    pub(super) fn new(
        collection: Collection<RawDocumentBuf>,
        wall: Wall,
        tripwire: Option<Tripwire>,
    ) -> Self {
        Self { collection, wall, tripwire, model: PhantomData }
    }

    /// The whole filter of a read, seen by the monitor.
    pub(super) fn around(&self, filter: &Expr) -> Result<Document> {
        self.seen(self.wall.around(filter))
    }

    /// As [`Reader::around`], in the form that the keys of an index can decide.
    pub(super) fn around_by_index(&self, filter: &Expr) -> Result<Document> {
        self.seen(self.wall.around_by_index(filter))
    }

    fn seen(&self, filter: Document) -> Result<Document> {
        match &self.tripwire {
            Some(tripwire) => tripwire.admit(M::COLLECTION, filter, &self.wall.comment),
            None => Ok(filter),
        }
    }

    pub(super) fn collection(&self) -> &Collection<RawDocumentBuf> {
        &self.collection
    }

    /// What the commands of this reader carry as their comment.
    pub(super) fn comment(&self) -> &str {
        &self.wall.comment
    }

    /// Also records in the trash.
    pub fn with_trash(mut self) -> Self {
        self.wall.trash = true;
        self
    }

    /// Readers that have no record in common, and together the same: one for each alternative of the reach. What equals
    /// something is counted so: for each alternative the database finds the right index, for all at once seldom.
    pub fn parts(&self) -> Vec<Self> {
        let part = |wall| Self::new(self.collection.clone(), wall, self.tripwire.clone());
        self.wall.parts().into_iter().map(part).collect()
    }

    /// The record with this id; missing, foreign and invisible are the same.
    pub async fn get(&self, id: ObjectId) -> Result<M> {
        self.find_one(Filter::id(id)).await?.ok_or_else(AppError::not_found)
    }

    /// Some record that satisfies `filter`.
    pub async fn find_one(&self, filter: Filter<M>) -> Result<Option<M>> {
        self.document(&filter.into_expr()).await?.as_ref().map(decode).transpose()
    }

    /// The stored form of some record that satisfies `filter`.
    pub async fn document(&self, filter: &Expr) -> Result<Option<Document>> {
        let found = self
            .collection
            .find_one(self.around(filter)?)
            .max_time(LIST_TIME)
            .comment(self.wall.comment.clone())
            .await?;
        Ok(found.map(|raw| Document::try_from(&*raw)).transpose()?)
    }

    /// Up to `limit` records in the order of `_id`.
    pub async fn find(&self, filter: Filter<M>, limit: i64) -> Result<Vec<M>> {
        let page = Page { sort: doc! { "_id": 1 }, limit, ..Page::default() };
        let rows = self.page(&filter.into_expr(), &page).await?;
        rows.iter().map(|raw| Ok(bson::deserialize_from_slice(raw.as_bytes())?)).collect()
    }

    /// One page of stored records.
    ///
    /// # Errors
    /// 422 `per_page` when they are longer than the page may be.
    pub async fn page(&self, filter: &Expr, page: &Page) -> Result<Vec<RawDocumentBuf>> {
        let mut find = self
            .collection
            .find(self.around(filter)?)
            .sort(page.sort.clone())
            .skip(page.skip)
            .limit(page.limit)
            .batch_size(u32::try_from(page.limit.clamp(1, 1000)).unwrap_or(1000))
            .max_time(LIST_TIME)
            .allow_disk_use(false)
            .comment(self.wall.comment.clone());
        if !page.projection.is_empty() {
            find = find.projection(page.projection.clone());
        }
        if let Some(hint) = &page.hint {
            find = find.hint(Hint::Name(hint.clone()));
        }
        let (mut cursor, mut rows, mut bytes) = (find.await?, Vec::new(), 0);
        while let Some(row) = cursor.try_next().await? {
            bytes += row.as_bytes().len();
            if page.max_bytes.is_some_and(|most| bytes > most) && !rows.is_empty() {
                let message = format!("The first {} rows fill an answer. Ask for fewer at once.", rows.len());
                return Err(FieldErrors::one("per_page", Code::InvalidParameter, message).into());
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Ids of up to `limit` records, in no particular order.
    pub async fn ids(&self, filter: &Expr, limit: i64) -> Result<Vec<ObjectId>> {
        let page = Page { limit, projection: doc! { "_id": 1 }, ..Page::default() };
        let rows = self.page(filter, &page).await?;
        Ok(rows.iter().filter_map(|row| row.get_object_id("_id").ok()).collect())
    }

    /// Number of records, counting no further than `cap`.
    pub async fn count(&self, filter: &Expr, cap: u64, hint: Option<&str>) -> Result<u64> {
        let mut count = self
            .collection
            .count_documents(self.around(filter)?)
            .limit(cap)
            .max_time(LIST_TIME)
            .comment(bson::Bson::String(self.wall.comment.clone()));
        if let Some(hint) = hint {
            count = count.hint(Hint::Name(hint.to_owned()));
        }
        Ok(count.await?)
    }

    /// Whether a record satisfies `filter`.
    pub async fn exists(&self, filter: Filter<M>) -> Result<bool> {
        Ok(!self.ids(&filter.into_expr(), 1).await?.is_empty())
    }

    /// How the database would serve a page: the names of the plan's stages, outermost first. For index checks.
    pub async fn plan_stages(&self, filter: &Expr, page: &Page, db: &super::Db) -> Result<Vec<String>> {
        let mut find = doc! {
            "find": M::COLLECTION, "filter": self.wall.around(filter), "sort": page.sort.clone(), "limit": page.limit,
            "comment": self.wall.comment.clone(),
        };
        if let Some(hint) = &page.hint {
            find.insert("hint", hint);
        }
        db.explain(find).await
    }
}

fn decode<M: DeserializeOwned>(document: &Document) -> Result<M> {
    Ok(from_document(document)?)
}
