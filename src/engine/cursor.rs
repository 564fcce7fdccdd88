//! Cursors: the place in a list after which to go on, as an opaque text bound to the list's order.

use super::SortKey;
use crate::db::{Expr, Op};
use crate::errors::{Code, FieldErrors, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bson::{Bson, Document, RawBsonRef, RawDocument, doc, oid::ObjectId};

/// Where the last page ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    sort: String,
    value: Bson,
    id: ObjectId,
}

impl Cursor {
    /// The place of a stored record in a list sorted by `key`.
    pub fn at(key: &SortKey, record: &Document) -> Option<Self> {
        let id = record.get_object_id("_id").ok()?;
        let value = record.get(key.path()).cloned().unwrap_or(Bson::Null);
        Some(Self { sort: key.to_string(), value, id })
    }

    /// As clients carry it. It holds nothing that the client has not seen: sort value and id of its last record.
    pub fn encode(&self) -> Option<String> {
        let document = doc! { "s": &self.sort, "v": self.value.clone(), "i": self.id };
        bson::serialize_to_vec(&document).ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads a cursor for a list sorted by `key`.
    pub fn decode(text: &str, key: &SortKey) -> Result<Self> {
        // A cursor is a client's text: only plain values may reach the filter. It is read without building the
        // whole tree, as levels upon levels would exhaust the stack.
        let read = || {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
            let document = RawDocument::from_bytes(&bytes).ok()?;
            let (sort, id) = (document.get_str("s").ok()?.to_owned(), document.get_object_id("i").ok()?);
            let value = match document.get("v").ok()?? {
                RawBsonRef::String(text) => Bson::String(text.to_owned()),
                RawBsonRef::Int32(number) => Bson::Int32(number),
                RawBsonRef::Int64(number) => Bson::Int64(number),
                RawBsonRef::DateTime(time) => Bson::DateTime(time),
                RawBsonRef::ObjectId(id) => Bson::ObjectId(id),
                RawBsonRef::Null => Bson::Null,
                _ => return None,
            };
            Some(Self { sort, value, id })
        };
        match read() {
            Some(cursor) if cursor.sort == key.to_string() => Ok(cursor),
            Some(_) => {
                Err(FieldErrors::one("after", Code::InvalidParameter, "Belongs to another sort order.")
                    .into())
            }
            None => {
                let message = "Must be the nextCursor of an earlier page.";
                Err(FieldErrors::one("after", Code::InvalidParameter, message).into())
            }
        }
    }

    /// The records after the cursor. The outer bound lets the index begin at the right place.
    pub fn condition(&self, key: &SortKey) -> Expr {
        let (beyond, bound) = if key.descending { (Op::Lt, Op::Lte) } else { (Op::Gt, Op::Gte) };
        let path = key.path().to_owned();
        if path == "_id" {
            return Expr::cmp("_id", beyond, self.id);
        }
        let tied = Expr::eq(path.clone(), self.value.clone()).and(Expr::cmp("_id", beyond, self.id));
        // MongoDB sorts null before everything, but its comparisons never cross types.
        match (self.value == Bson::Null, key.descending) {
            (true, true) => tied,
            (true, false) => Expr::or([tied, Expr::cmp(path, Op::Ne, Bson::Null)]),
            (false, descending) => {
                let after = Expr::or([tied, Expr::cmp(path.clone(), beyond, self.value.clone())]);
                let bounded = Expr::cmp(path.clone(), bound, self.value.clone()).and(after);
                if descending && key.nullable {
                    Expr::or([bounded, Expr::eq(path, Bson::Null)])
                } else {
                    bounded
                }
            }
        }
    }
}
