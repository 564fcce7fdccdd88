//! Writing a tenant collection inside a transaction: scope and reach are ANDed into every filter, inserts are stamped.

use super::{Draft, Expr, Filter, Patch, TenantModel, Tx, from_document, wall::Wall};
use crate::errors::{AppError, Code, Result};
use bson::{Bson, Document, RawDocumentBuf, doc, oid::ObjectId};
use mongodb::Collection;
use mongodb::options::ReturnDocument;
use std::marker::PhantomData;

/// The records of `M` that a scope and a reach admit, within a transaction.
pub struct Writer<'t, M> {
    tx: &'t mut Tx,
    wall: Wall,
    model: PhantomData<fn() -> M>,
}

impl<'t, M: TenantModel> Writer<'t, M> {
    pub(super) fn new(tx: &'t mut Tx, wall: Wall) -> Self {
        Self { tx, wall, model: PhantomData }
    }

    /// Also records in the trash.
    pub fn with_trash(mut self) -> Self {
        self.wall.trash = true;
        self
    }

    fn collection(&self) -> Collection<RawDocumentBuf> {
        self.tx.collection(M::COLLECTION)
    }

    /// The record with this id; missing, foreign and invisible are the same.
    pub async fn get(&mut self, id: ObjectId) -> Result<M> {
        self.find_one(Filter::id(id)).await?.ok_or_else(AppError::not_found)
    }

    /// Some record that satisfies `filter`.
    pub async fn find_one(&mut self, filter: Filter<M>) -> Result<Option<M>> {
        Ok(self.document(&filter.into_expr()).await?.as_ref().map(from_document).transpose()?)
    }

    /// The stored form of some record that satisfies `filter`.
    pub async fn document(&mut self, filter: &Expr) -> Result<Option<Document>> {
        let (collection, filter) = (self.collection(), self.wall.around(filter));
        let comment = self.wall.comment.clone();
        let found = collection.find_one(filter).comment(comment).session(self.tx.session()).await?;
        Ok(found.map(|raw| Document::try_from(&*raw)).transpose()?)
    }

    /// Up to `limit` records, sorted by `sort`.
    pub async fn find(&mut self, filter: Filter<M>, sort: Document, limit: i64) -> Result<Vec<M>> {
        let (collection, filter) = (self.collection(), self.wall.around(&filter.into_expr()));
        let comment = self.wall.comment.clone();
        let session = self.tx.session();
        let mut cursor =
            collection.find(filter).sort(sort).limit(limit).comment(comment).session(&mut *session).await?;
        let mut found = Vec::new();
        while let Some(row) = cursor.next(&mut *session).await {
            found.push(bson::deserialize_from_slice(row?.as_bytes())?);
        }
        Ok(found)
    }

    /// Whether a record satisfies `filter`.
    pub async fn exists(&mut self, filter: Filter<M>) -> Result<bool> {
        Ok(self.document(&filter.into_expr()).await?.is_some())
    }

    /// Number of records that satisfy `filter`.
    pub async fn count(&mut self, filter: Filter<M>) -> Result<u64> {
        let (collection, filter) = (self.collection(), self.wall.around(&filter.into_expr()));
        let comment = Bson::String(self.wall.comment.clone());
        Ok(collection.count_documents(filter).comment(comment).session(self.tx.session()).await?)
    }

    /// Numbers of records by the value of `field`, an id, of those that satisfy `filter`.
    pub async fn count_by(
        &mut self,
        filter: Filter<M>,
        field: super::Field<M>,
    ) -> Result<Vec<(ObjectId, i64)>> {
        let pipeline = [
            doc! { "$match": self.wall.around(&filter.into_expr()) },
            doc! { "$group": { "_id": format!("${}", field.name()), "count": { "$sum": 1_i64 } } },
        ];
        let (collection, comment) = (self.collection(), Bson::String(self.wall.comment.clone()));
        let session = self.tx.session();
        let mut cursor = collection.aggregate(pipeline).comment(comment).session(&mut *session).await?;
        let mut counts = Vec::new();
        while let Some(group) = cursor.next(&mut *session).await {
            let group = group?;
            if let (Ok(id), Ok(count)) = (group.get_object_id("_id"), group.get_i64("count")) {
                counts.push((id, count));
            }
        }
        Ok(counts)
    }

    /// Creates a record in the company of the scope. It must lie within the caller's reach.
    pub async fn insert(&mut self, draft: Draft<M>) -> Result<M> {
        let document = self.insert_document(draft).await?;
        Ok(from_document(&document)?)
    }

    /// As [`Writer::insert`], returning the stored form.
    pub(crate) async fn insert_document(&mut self, draft: Draft<M>) -> Result<Document> {
        let document = self.stamped(draft)?;
        let raw = RawDocumentBuf::try_from(&document)?;
        let (collection, comment) = (self.collection(), Bson::String(self.wall.comment.clone()));
        collection
            .insert_one(raw)
            .comment(comment)
            .session(self.tx.session())
            .await
            .map_err(duplicate::<M>)?;
        Ok(document)
    }

    /// Creates records by one command; all or none.
    pub async fn insert_many(&mut self, drafts: Vec<Draft<M>>) -> Result<()> {
        if drafts.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::with_capacity(drafts.len());
        for draft in drafts {
            rows.push(RawDocumentBuf::try_from(&self.stamped(draft)?)?);
        }
        let (collection, comment) = (self.collection(), Bson::String(self.wall.comment.clone()));
        collection
            .insert_many(rows)
            .comment(comment)
            .session(self.tx.session())
            .await
            .map_err(duplicate::<M>)?;
        Ok(())
    }

    /// The document of a draft with company, times and author, if it may be stored.
    fn stamped(&self, draft: Draft<M>) -> Result<Document> {
        let mut document = draft.into_document();
        match (M::SCOPE_FIELD, self.wall.company()) {
            ("_id", _) => {}
            (field, company) => drop(document.insert(field, company)),
        }
        let (now, by) = (self.tx.now(), self.tx.author());
        document.extend(doc! {
            "created_at": now, "created_by": by, "updated_at": now, "updated_by": by,
            "version": 1_i64, "deleted_at": null,
        });
        if !self.wall.admits(&document) {
            return Err(outside_reach());
        }
        // Reading it back as its type now keeps a record that cannot be read from ever being stored.
        let _: M = from_document(&document)?;
        Ok(document)
    }

    /// Changes the record if it satisfies `guard`, and returns it as changed. The result must lie within the reach.
    pub async fn update(&mut self, id: ObjectId, guard: Filter<M>, patch: Patch<M>) -> Result<Option<M>> {
        let changed = self.update_document(id, &guard.into_expr(), patch).await?;
        Ok(changed.as_ref().map(from_document).transpose()?)
    }

    /// As [`Writer::update`], returning the stored form.
    pub(crate) async fn update_document(
        &mut self,
        id: ObjectId,
        guard: &Expr,
        patch: Patch<M>,
    ) -> Result<Option<Document>> {
        let filter = self.wall.around(&Expr::eq("_id", id).and(guard.clone()));
        let update = patch.into_update(self.tx.now(), self.tx.author(), true);
        let (collection, comment) = (self.collection(), Bson::String(self.wall.comment.clone()));
        let changed = collection
            .find_one_and_update(filter, update)
            .return_document(ReturnDocument::After)
            .comment(comment)
            .session(self.tx.session())
            .await
            .map_err(duplicate::<M>)?;
        let Some(raw) = changed else { return Ok(None) };
        let document = Document::try_from(&*raw)?;
        if !self.wall.admits(&document) {
            return Err(outside_reach());
        }
        Ok(Some(document))
    }

    /// Changes all records that satisfy `filter`, with or without a new version, and tells how many.
    pub async fn update_many(&mut self, filter: Filter<M>, patch: Patch<M>, stamped: bool) -> Result<u64> {
        let filter = self.wall.around(&filter.into_expr());
        let update = patch.into_update(self.tx.now(), self.tx.author(), stamped);
        let (collection, comment) = (self.collection(), Bson::String(self.wall.comment.clone()));
        let done = collection.update_many(filter, update).comment(comment).session(self.tx.session()).await?;
        Ok(done.modified_count)
    }

    /// Removes records for good and tells how many.
    pub async fn remove(&mut self, filter: Filter<M>) -> Result<u64> {
        let filter = self.wall.around(&filter.into_expr());
        let (collection, comment) = (self.collection(), Bson::String(self.wall.comment.clone()));
        Ok(collection.delete_many(filter).comment(comment).session(self.tx.session()).await?.deleted_count)
    }
}

fn outside_reach() -> AppError {
    AppError::problem(Code::Forbidden, "The record would no longer be among those that you may change.")
}

/// Names the field whose value another record holds; the index tells which.
pub(super) fn duplicate<M: super::Model>(error: mongodb::error::Error) -> AppError {
    let text = error.to_string();
    if !text.contains("E11000") {
        return error.into();
    }
    let field = M::INDEXES
        .iter()
        .find(|index| text.contains(&format!("index: {} ", index.name)))
        .and_then(|index| index.keys.last())
        .map(|(field, _)| field.trim_end_matches("_fold"))
        .or_else(|| text.contains("index: _id_ ").then_some("id"));
    match field {
        Some(field) => {
            let mut fields = crate::errors::FieldErrors::default();
            fields.add(field, Code::UniqueViolation, "Another record has this value already.");
            fields.into()
        }
        None => error.into(),
    }
}
