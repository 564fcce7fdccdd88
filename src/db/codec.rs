//! Conversion between records and BSON, by the raw route only: the other one turns ids and dates into text.

use bson::Document;
use serde::{Serialize, de::DeserializeOwned};

/// A record as a document.
pub fn to_document<T: Serialize>(record: &T) -> bson::error::Result<Document> {
    Document::try_from(&*bson::serialize_to_raw_document_buf(record)?)
}

/// A document as a record.
pub fn from_document<T: DeserializeOwned>(document: &Document) -> bson::error::Result<T> {
    bson::deserialize_from_slice(&bson::serialize_to_vec(document)?)
}
