//! The place in a person's stream up to which a client has read: what `Last-Event-ID` carries.

use crate::db::{Expr, Op};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bson::{DateTime, Document, oid::ObjectId};

/// Records are stamped when their transaction begins, so one may appear after a record with a later stamp. What is
/// no older than this before the place is sent again: better twice than never.
const OVERLAP_MS: i64 = 10_000;

/// Time and id of the last record that was sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    at: DateTime,
    id: ObjectId,
}

impl Place {
    /// The place of a stored record.
    pub fn of(record: &Document) -> Option<Self> {
        let (at, id) = (record.get_datetime("updated_at").ok()?, record.get_object_id("_id").ok()?);
        Some(Self { at: *at, id })
    }

    /// As clients carry it.
    pub fn encode(&self) -> String {
        let mut bytes = self.at.timestamp_millis().to_be_bytes().to_vec();
        bytes.extend(self.id.bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what a client sent back.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes: [u8; 20] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (at, id) = bytes.split_at(8);
        let at = DateTime::from_millis(i64::from_be_bytes(at.try_into().ok()?));
        Some(Self { at, id: ObjectId::from_bytes(id.try_into().ok()?) })
    }

    /// The records that may have been missed since.
    pub fn missed(&self) -> Expr {
        let from = DateTime::from_millis(self.at.timestamp_millis().saturating_sub(OVERLAP_MS));
        let known = Expr::eq("updated_at", self.at).and(Expr::eq("_id", self.id));
        Expr::cmp("updated_at", Op::Gte, from).and(Expr::Not(Box::new(known)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_the_way_to_the_client_and_back() {
        let place = Place { at: DateTime::from_millis(1_700_000_000_123), id: ObjectId::new() };
        assert_eq!(Place::decode(&place.encode()), Some(place));
    }

    #[test]
    fn other_texts_are_no_place() {
        for text in ["", "x", "{\"$gt\":\"\"}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\0"] {
            assert_eq!(Place::decode(text), None, "{text:?}");
        }
    }
}
