//! What workers are told of as it comes: that a company has another record to be taken, and nothing of its content.

use super::{Db, Field, Leased};
use crate::errors::Result;
use bson::{DateTime, Document, RawDocumentBuf, doc, oid::ObjectId};
use futures::StreamExt;
use mongodb::change_stream::ChangeStream;

/// A record that can be taken from its time on.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// Company; none for the platform.
    pub company: Option<ObjectId>,
    /// From when on.
    pub at: DateTime,
}

/// The records of one collection that become ready, from the moment of opening.
pub struct Arrivals {
    stream: ChangeStream<Document>,
}

impl Db {
    /// Watches records that are created, or changed, to be in `state`, with the time in `time`.
    pub(crate) async fn arrivals<M: Leased>(&self, state: &str, time: Field<M>) -> Result<Arrivals> {
        let wanted = [
            doc! { "operationType": "insert", "fullDocument.state": state },
            doc! { "operationType": "update", "updateDescription.updatedFields.state": state },
        ];
        let path = format!("$fullDocument.{}", time.name());
        // An update tells the time if it changes it; whose it is, it does not tell: then every company may have it.
        let changed = format!("$updateDescription.updatedFields.{}", time.name());
        let pipeline = [
            doc! { "$match": { "$or": wanted.to_vec() } },
            doc! { "$project": {
                "insert": { "$eq": ["$operationType", "insert"] },
                "company": format!("$fullDocument.{}", M::SCOPE_FIELD),
                "at": { "$ifNull": [path, changed] },
            } },
        ];
        let collection = self.collection(M::COLLECTION).clone_with_type::<RawDocumentBuf>();
        let stream = collection.watch().pipeline(pipeline).await?.with_type::<Document>();
        Ok(Arrivals { stream })
    }
}

impl Arrivals {
    /// The next one; an arrival that does not tell its company is none. An outer `None` and errors mean that the stream
    /// is lost.
    pub async fn next(&mut self) -> Result<Option<Option<Arrival>>> {
        let Some(event) = self.stream.next().await else { return Ok(None) };
        let event = event?;
        if !event.get_bool("insert").unwrap_or_default() {
            return Ok(Some(None));
        }
        let arrival = event.get_datetime("at").ok().map(|at| {
            let company = event.get_object_id("company").ok();
            Arrival { company, at: *at }
        });
        Ok(Some(arrival))
    }
}
