//! Changes of a collection as they happen. What changed can be read only through a permit that admits the record.

use super::{Db, Field, TenantModel, wall::Wall};
use crate::errors::Result;
use crate::permissions::{Permission, Permit};
use bson::{Document, RawDocumentBuf, doc};
use futures::StreamExt;
use mongodb::change_stream::ChangeStream;
use mongodb::change_stream::event::{ChangeStreamEvent, OperationType};
use mongodb::options::FullDocumentType;
use std::marker::PhantomData;

/// The changes of one collection, of all companies, from the moment of opening.
pub struct Changes<M> {
    stream: ChangeStream<ChangeStreamEvent<RawDocumentBuf>>,
    model: PhantomData<fn() -> M>,
}

/// A record that was created or changed.
pub struct Change<M> {
    created: bool,
    document: Document,
    model: PhantomData<fn() -> M>,
}

impl Db {
    /// Watches the creation of records, and the changes that touch one of `fields`.
    pub(crate) async fn watch<M: TenantModel>(&self, fields: &[Field<M>]) -> Result<Changes<M>> {
        let touches = |field: &Field<M>| {
            let path = format!("updateDescription.updatedFields.{}", field.name());
            doc! { "operationType": "update", path: { "$exists": true } }
        };
        let mut wanted = vec![doc! { "operationType": "insert" }];
        wanted.extend(fields.iter().map(touches));
        let stream = self
            .collection(M::COLLECTION)
            .watch()
            .pipeline([doc! { "$match": { "$or": wanted } }])
            .full_document(FullDocumentType::UpdateLookup)
            .await?;
        Ok(Changes { stream, model: PhantomData })
    }
}

impl<M: TenantModel> Changes<M> {
    /// The next change. `None` and errors mean that the stream is lost and changes may have been missed.
    pub async fn next(&mut self) -> Result<Option<Change<M>>> {
        while let Some(event) = self.stream.next().await {
            let event = event?;
            let created = matches!(event.operation_type, OperationType::Insert);
            // A record that is gone by now has nothing more to tell.
            if let Some(raw) = event.full_document {
                return Ok(Some(Change {
                    created,
                    document: Document::try_from(&*raw)?,
                    model: PhantomData,
                }));
            }
        }
        Ok(None)
    }
}

impl<M: TenantModel> Change<M> {
    /// Whether the record is new.
    pub fn is_creation(&self) -> bool {
        self.created
    }

    /// The record as stored, when it lies in the permit's company and among its rows.
    pub fn seen_by<P: Permission<Resource = M>>(&self, permit: &Permit<P>) -> Option<&Document> {
        let inside = Wall::of::<M>(permit.scope(), permit.rows()).admits(&self.document);
        (inside && permit.scope().company().is_some()).then_some(&self.document)
    }
}
