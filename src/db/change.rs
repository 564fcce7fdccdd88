//! New records and changes to records, built from typed fields; neither can name the company.

use super::{Field, Model};
use bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use std::marker::PhantomData;

/// The fields of a record that is about to be created. The writer stamps the company; nobody else can:
/// ```compile_fail,E0599
/// use stoa::{db::Draft, models::Tag};
/// let draft = Draft::new().set(Tag::company_id(), bson::oid::ObjectId::new());
/// ```
/// ```
/// use stoa::{db::Draft, models::Tag};
/// let draft = Draft::new().set(Tag::name(), "urgent");
/// assert!(draft.get(Tag::name()).is_some());
/// ```
pub struct Draft<M> {
    id: ObjectId,
    fields: Document,
    model: PhantomData<fn() -> M>,
}

impl<M: Model> Default for Draft<M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M: Model> Draft<M> {
    /// A record with a new id and nothing else.
    pub fn new() -> Self {
        Self { id: ObjectId::new(), fields: Document::new(), model: PhantomData }
    }

    /// A record with a chosen id, for what is one per something else.
    pub fn with_id(id: ObjectId) -> Self {
        Self { id, ..Self::new() }
    }

    /// The id that the record will have.
    pub fn id(&self) -> ObjectId {
        self.id
    }

    /// Sets a field.
    pub fn set(mut self, field: Field<M>, value: impl Into<Bson>) -> Self {
        self.put(field, value);
        self
    }

    /// Sets a field in place.
    pub fn put(&mut self, field: Field<M>, value: impl Into<Bson>) {
        self.fields.insert(field.name(), value);
    }

    /// The value set so far.
    pub fn get(&self, field: Field<M>) -> Option<&Bson> {
        self.fields.get(field.name())
    }

    /// Takes over checked input; names are those of declared fields.
    pub(crate) fn from_input(fields: Document) -> Self {
        Self { fields, ..Self::new() }
    }

    /// The fields as they will be stored, with the initial values of those not set.
    pub(crate) fn preview(&self) -> Document {
        let initial = |field: &crate::schema::FieldSpec| {
            let value = self.fields.get(field.name).cloned().unwrap_or_else(|| field.initial());
            (field.name.to_owned(), value)
        };
        M::FIELDS.iter().filter(|field| !super::STAMPED.contains(&field.name)).map(initial).collect()
    }

    /// The document to insert, but for what the writer stamps.
    pub(super) fn into_document(self) -> Document {
        self.document(super::STAMPED)
    }

    /// The document of a global record, which declares all its fields itself.
    pub(super) fn into_global_document(self) -> Document {
        self.document(&[])
    }

    fn document(self, stamped: &[&str]) -> Document {
        let mut document = doc! { "_id": self.id };
        for field in M::FIELDS.iter().filter(|field| !stamped.contains(&field.name)) {
            let value = self.fields.get(field.name).cloned().unwrap_or_else(|| field.initial());
            fold_into::<M>(&mut document, field.name, &value);
            document.insert(field.name, value);
        }
        document
    }
}

/// Changes to one record. It is built from fields, so it can neither hold an update document nor name the company:
/// ```compile_fail,E0277
/// use stoa::{db::Patch, models::Tag};
/// let patch: Patch<Tag> = bson::doc! { "$set": { "company_id": bson::Bson::Null } }.into();
/// ```
/// ```compile_fail,E0599
/// use stoa::{db::Patch, models::Tag};
/// let patch: Patch<Tag> = Patch::new().set(Tag::company_id(), bson::Bson::Null);
/// ```
/// ```compile_fail,E0308
/// use stoa::{db::Patch, models::{Category, Tag}};
/// let patch: Patch<Tag> = Patch::new().set(Category::description(), bson::Bson::Null);
/// ```
/// ```
/// use stoa::{db::Patch, models::Tag};
/// let patch: Patch<Tag> = Patch::new().set(Tag::description(), bson::Bson::Null);
/// assert!(!patch.is_empty());
/// ```
pub struct Patch<M> {
    set: Document,
    inc: Document,
    add: Document,
    pull: Document,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Patch<M> {
    fn clone(&self) -> Self {
        Self {
            set: self.set.clone(),
            inc: self.inc.clone(),
            add: self.add.clone(),
            pull: self.pull.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Model> Default for Patch<M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M: Model> Patch<M> {
    /// No change.
    pub fn new() -> Self {
        let empty = Document::new;
        Self { set: empty(), inc: empty(), add: empty(), pull: empty(), model: PhantomData }
    }

    /// Sets a field; `null` clears it.
    pub fn set(mut self, field: Field<M>, value: impl Into<Bson>) -> Self {
        self.put(field, value);
        self
    }

    /// Sets a field in place.
    pub fn put(&mut self, field: Field<M>, value: impl Into<Bson>) {
        let value = value.into();
        fold_into::<M>(&mut self.set, field.name(), &value);
        self.set.insert(field.name(), value);
    }

    /// Adds to a number.
    pub fn inc(mut self, field: Field<M>, by: i64) -> Self {
        self.inc.insert(field.name(), by);
        self
    }

    /// Adds to a list what it does not hold yet.
    pub fn add_to_set<V: Into<Bson>>(mut self, field: Field<M>, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<Bson> = values.into_iter().map(Into::into).collect();
        self.add.insert(field.name(), doc! { "$each": values });
        self
    }

    /// Takes out of a list.
    pub fn pull<V: Into<Bson>>(mut self, field: Field<M>, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<Bson> = values.into_iter().map(Into::into).collect();
        self.pull.insert(field.name(), doc! { "$in": values });
        self
    }

    /// The value that the change sets, if it does.
    pub fn get(&self, field: Field<M>) -> Option<&Bson> {
        self.set.get(field.name())
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.inc.is_empty() && self.add.is_empty() && self.pull.is_empty()
    }

    /// Takes over checked input; names are those of declared fields.
    pub(crate) fn from_input(fields: Document) -> Self {
        let mut patch = Self::new();
        for (name, value) in fields {
            fold_into::<M>(&mut patch.set, &name, &value);
            patch.set.insert(name, value);
        }
        patch
    }

    /// The fields set, as data.
    pub(crate) fn assignments(&self) -> &Document {
        &self.set
    }

    /// Sets what has no [`Field`]: the trash mark and the time of a copy. For the write engine only.
    pub(crate) fn put_reserved(&mut self, path: impl Into<String>, value: impl Into<Bson>) {
        self.set.insert(path.into(), value);
    }

    /// The update document with version and time of change.
    pub(super) fn into_update(mut self, now: DateTime, by: Option<ObjectId>, stamped: bool) -> Document {
        if stamped {
            self.set.insert("updated_at", now);
            self.set.insert("updated_by", by);
            self.inc.insert("version", 1_i64);
        }
        let parts = [("$set", self.set), ("$inc", self.inc), ("$addToSet", self.add), ("$pull", self.pull)];
        parts
            .into_iter()
            .filter(|(_, part)| !part.is_empty())
            .map(|(name, part)| (name.to_owned(), Bson::Document(part)))
            .collect()
    }
}

/// Keeps the lower-cased copy of a field in step with it.
fn fold_into<M: Model>(target: &mut Document, name: &str, value: &Bson) {
    if let Some(spec) = M::field(name).filter(|spec| spec.fold) {
        let folded = value.as_str().map_or(Bson::Null, |text| Bson::String(text.to_lowercase()));
        target.insert(spec.sort_path(), folded);
    }
}
