//! Stored records as JSON for one caller: only fields that are declared, not hidden, and shown to the role.

use crate::db::{Model, TenantModel};
use crate::errors::{AppError, Result};
use crate::permissions::Mask;
use crate::schema::{format_time, render_document};
use bson::{Document, RawBsonRef, RawDocument, RawDocumentBuf};
use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A record ready for the wire.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Identity.
    pub id: bson::oid::ObjectId,
    /// Number of the last change.
    pub version: i64,
    /// The visible fields.
    pub body: Value,
}

/// Whether a field of `M` may leave under `mask`.
fn leaves<M: Model>(mask: Mask, name: &str) -> bool {
    M::field(name).is_some_and(|field| field.is_shown()) && mask.shows(name)
}

/// One record for a caller with this mask.
pub fn render<M: TenantModel>(document: &Document, mask: Mask) -> Result<Rendered> {
    let id = document.get_object_id("_id").map_err(|_| AppError::bug("a record without id"))?;
    let version = document.get_i64("version").unwrap_or_default();
    let mut body = render_document(document, |name| leaves::<M>(mask, name));
    // Fields that came later than the record are there all the same.
    for field in M::FIELDS.iter().filter(|field| leaves::<M>(mask, field.name) && field.name != "company_id")
    {
        body.entry(field.name).or_insert(Value::Null);
    }
    if M::SCOPE_FIELD == "_id" {
        body.remove("company_id");
    }
    Ok(Rendered { id, version, body: Value::Object(body) })
}

/// Rows of a list, written to JSON straight from the bytes that the database sent.
pub struct Rows {
    rows: Vec<RawDocumentBuf>,
    wanted: Vec<&'static str>,
}

impl Rows {
    /// Rows of `M` for a caller with this mask, cut down to `fields` when given. `id` is always there.
    pub fn new<M: TenantModel>(rows: Vec<RawDocumentBuf>, mask: Mask, fields: Option<&[String]>) -> Self {
        let asked = |name: &str| fields.is_none_or(|fields| name == "id" || fields.iter().any(|f| f == name));
        let own = |name: &str| M::SCOPE_FIELD != "_id" || name != "company_id";
        let wanted = M::FIELDS.iter().map(|field| field.name);
        Self {
            rows,
            wanted: wanted.filter(|name| leaves::<M>(mask, name) && asked(name) && own(name)).collect(),
        }
    }

    /// The stored rows.
    pub fn stored(&self) -> &[RawDocumentBuf] {
        &self.rows
    }
}

impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.rows.len()))?;
        for row in &self.rows {
            list.serialize_element(&Row { document: row, wanted: Some(&self.wanted) })?;
        }
        list.end()
    }
}

struct Row<'a> {
    document: &'a RawDocument,
    wanted: Option<&'a [&'static str]>,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut seen = 0_u64;
        // Records are stored in the order of their declaration, nearly: the next field is mostly the one after the last.
        let mut next = 0;
        for element in self.document {
            let (name, value) = element.map_err(S::Error::custom)?;
            let name = if name.as_str() == "_id" { "id" } else { name.as_str() };
            match self.wanted {
                None => map.serialize_entry(name, &Leaf(value))?,
                Some(wanted) => {
                    let at = match wanted.get(next) {
                        Some(expected) if *expected == name => Some(next),
                        _ => wanted.iter().position(|candidate| *candidate == name),
                    };
                    if let Some(at) = at {
                        seen |= 1 << at.min(63);
                        next = at + 1;
                        map.serialize_entry(name, &Leaf(value))?;
                    }
                }
            }
        }
        for (at, name) in self.wanted.unwrap_or_default().iter().enumerate() {
            if at < 63 && seen & (1 << at) == 0 && *name != "company_id" {
                map.serialize_entry(name, &())?;
            }
        }
        map.end()
    }
}

struct Leaf<'a>(RawBsonRef<'a>);

impl Serialize for Leaf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self.0 {
            RawBsonRef::Null => serializer.serialize_unit(),
            RawBsonRef::Boolean(flag) => serializer.serialize_bool(flag),
            RawBsonRef::Int32(number) => serializer.serialize_i32(number),
            RawBsonRef::Int64(number) => serializer.serialize_i64(number),
            RawBsonRef::Double(number) => serializer.serialize_f64(number),
            RawBsonRef::String(text) => serializer.serialize_str(text),
            RawBsonRef::ObjectId(id) => {
                let mut hex = [0; 24];
                hex::encode_to_slice(id.bytes(), &mut hex).map_err(S::Error::custom)?;
                serializer.serialize_str(std::str::from_utf8(&hex).map_err(S::Error::custom)?)
            }
            RawBsonRef::DateTime(time) => serializer.serialize_str(&format_time(time)),
            RawBsonRef::Document(document) => Row { document, wanted: None }.serialize(serializer),
            RawBsonRef::Array(items) => {
                let mut list = serializer.serialize_seq(None)?;
                for item in items {
                    list.serialize_element(&Leaf(item.map_err(S::Error::custom)?))?;
                }
                list.end()
            }
            other => Err(S::Error::custom(format!("cannot render {:?}", other.element_type()))),
        }
    }
}
