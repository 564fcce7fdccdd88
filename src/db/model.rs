//! What a type must say of itself to be stored, and the macro that declares it from one list of fields.

use super::{Db, Expr, Index};
use crate::errors::{Code, FieldErrors, Result};
use crate::permissions::{Actor, Caller, Permission, Reach};
use crate::schema::FieldSpec;
use bson::oid::ObjectId;
use serde::de::DeserializeOwned;
use std::future::Future;

/// A kind of record with a collection of its own.
pub trait Model: DeserializeOwned + Clone + Send + Sync + Unpin + 'static {
    /// Name of the collection.
    const COLLECTION: &'static str;
    /// Name of the resource on the wire, plural and snake_case.
    const RESOURCE: &'static str;
    /// What one record is, for the documentation.
    const DOC: &'static str;
    /// Its fields, in the order of output.
    const FIELDS: &'static [FieldSpec];
    /// Its indexes besides `_id`.
    const INDEXES: &'static [Index];

    /// The declaration of a field.
    fn field(name: &str) -> Option<&'static FieldSpec> {
        Self::FIELDS.iter().find(|field| field.name == name)
    }
}

/// What a word search found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// Ids of the records.
    pub ids: Vec<ObjectId>,
    /// There may be more.
    pub cut: bool,
}

/// The fields that every tenant record has.
pub trait Record {
    /// The record's id.
    fn id(&self) -> ObjectId;
    /// Counts the changes; 1 at creation.
    fn version(&self) -> i64;
    /// Company that the record belongs to; none only for the platform's own.
    fn company_id(&self) -> Option<ObjectId>;
}

/// A record that belongs to a company. It can only be reached through a scope.
pub trait TenantModel: Model + Record {
    /// The field that holds the company; `_id` for companies themselves.
    const SCOPE_FIELD: &'static str = "company_id";
    /// Updates by two people to different fields are both kept; the audit log tells which fields changed since.
    const MERGES: bool = false;
    /// `If-Match` must be sent with updates.
    const REQUIRE_MATCH: bool = false;
    /// Field by which lists are sorted when nothing is said, descending when it begins with `-`.
    const DEFAULT_SORT: &'static str = "-created_at";
    /// Lists show only these unless the filter names the fields.
    const DEFAULT_FILTER: Option<fn() -> Expr> = None;
    /// Fields with words of people, which may have to be taken out for good: the audit log, which nobody can change,
    /// tells that they changed but not what they said.
    const UNQUOTED: &'static [&'static str] = &[];
    /// The permission to see records.
    type Read: Permission<Resource = Self>;

    /// The rows that a reach admits for this actor. Reaches that a model does not know admit nothing.
    fn rows(reach: Reach, actor: &Actor) -> Expr {
        let _ = actor;
        if reach == Reach::All { Expr::All } else { Expr::Nothing }
    }

    /// Its lists can be searched by words.
    const WORDS: bool = false;

    /// The records that `words` are found in, as far as the caller may look. Refused by models without text index.
    fn search(db: &Db, caller: &Caller, words: &str) -> impl Future<Output = Result<Hits>> + Send {
        let _ = (db, caller, words);
        async { Err(FieldErrors::one("q", Code::FilterNotAllowed, "This list cannot be searched.").into()) }
    }

    /// The condition that the id in a path stands for; none when it cannot be one.
    fn lookup(text: &str) -> Option<Expr> {
        ObjectId::parse_str(text).ok().map(|id| Expr::eq("_id", id))
    }

    /// Records carry values of other records, which [`TenantModel::censor`] takes out before they are shown.
    const CENSORED: bool = false;

    /// Takes out of a stored record what the caller may not see although its field may be seen.
    fn censor(document: &mut bson::Document, caller: &Caller) {
        let _ = (document, caller);
    }

    /// The counters that a record adds one to, such as `all` and `status:open`; empty when nothing is counted.
    fn counted(document: &bson::Document) -> Vec<String> {
        let _ = document;
        Vec::new()
    }

    /// Names of the counters of a filter on one facet, when [`TenantModel::counted`] keeps them.
    fn counter_of(filter: &Expr) -> Option<String> {
        let _ = filter;
        None
    }
}

/// A record of the platform itself: log-in names, sessions, migrations. It never carries tenant content.
pub trait GlobalModel: Model {}

/// Declares a model: the stored type, its typed fields and the list of field declarations.
///
/// `tenant` models get the fields that every record has; `global` ones declare everything but `_id`.
#[macro_export]
macro_rules! model {
    (
        $(#[doc = $doc:literal])*
        tenant $name:ident in $collection:literal as $resource:literal {
            $($(#[doc = $fdoc:literal])* $field:ident : $ty:ty = $spec:expr;)*
        }
        indexes $indexes:expr
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Deserialize)]
        pub struct $name {
            /// Identity.
            #[serde(rename = "_id")]
            pub id: bson::oid::ObjectId,
            /// Company that the record belongs to.
            #[serde(default)]
            pub company_id: Option<bson::oid::ObjectId>,
            $($(#[doc = $fdoc])* pub $field: $ty,)*
            /// When it was created.
            pub created_at: bson::DateTime,
            /// User who created it.
            #[serde(default)]
            pub created_by: Option<bson::oid::ObjectId>,
            /// When it was last changed.
            pub updated_at: bson::DateTime,
            /// User who last changed it.
            #[serde(default)]
            pub updated_by: Option<bson::oid::ObjectId>,
            /// Number of the last change.
            pub version: i64,
            /// When it was moved to the trash.
            #[serde(default)]
            pub deleted_at: Option<bson::DateTime>,
        }

        impl $name {
            $($(#[doc = $fdoc])* pub const fn $field() -> $crate::db::Field<Self> { $crate::db::Field::new(stringify!($field)) })*
        }

        impl $crate::db::Model for $name {
            const COLLECTION: &'static str = $collection;
            const RESOURCE: &'static str = $resource;
            const DOC: &'static str = concat!($($doc, "\n"),*);
            const FIELDS: &'static [$crate::schema::FieldSpec] = {
                &[
                    $crate::schema::FieldSpec::id_of("").read_only().filter().sort().named("id", "Identity."),
                    $crate::schema::FieldSpec::id_of("").read_only().named("company_id", "Company that the record belongs to."),
                    $($spec.named(stringify!($field), concat!($($fdoc),*)),)*
                    $crate::schema::FieldSpec::time().read_only().filter().sort().named("created_at", "When it was created."),
                    $crate::schema::FieldSpec::id_of("").read_only().nullable().named("created_by", "User who created it."),
                    $crate::schema::FieldSpec::time().read_only().filter().sort().named("updated_at", "When it was last changed."),
                    $crate::schema::FieldSpec::id_of("").read_only().nullable().named("updated_by", "User who last changed it."),
                    $crate::schema::FieldSpec::int(1, i64::MAX).read_only().named("version", "Number of the last change; its `ETag` begins with it."),
                    $crate::schema::FieldSpec::time().read_only().nullable().named("deleted_at", "When it was moved to the trash."),
                ]
            };
            const INDEXES: &'static [$crate::db::Index] = $indexes;
        }

        impl $crate::db::Record for $name {
            fn id(&self) -> bson::oid::ObjectId { self.id }
            fn version(&self) -> i64 { self.version }
            fn company_id(&self) -> Option<bson::oid::ObjectId> { self.company_id }
        }
    };
    (
        $(#[doc = $doc:literal])*
        global $name:ident in $collection:literal keyed $key:ty {
            $($(#[doc = $fdoc:literal])* $field:ident : $ty:ty = $spec:expr;)*
        }
        indexes $indexes:expr
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Deserialize)]
        pub struct $name {
            /// Identity.
            #[serde(rename = "_id")]
            pub id: $key,
            $($(#[doc = $fdoc])* pub $field: $ty,)*
        }

        impl $name {
            $($(#[doc = $fdoc])* pub const fn $field() -> $crate::db::Field<Self> { $crate::db::Field::new(stringify!($field)) })*
            /// The record with this key.
            pub fn key(id: impl Into<bson::Bson>) -> $crate::db::Filter<Self> { $crate::db::Expr::eq("_id", id).into() }
        }

        impl $crate::db::Model for $name {
            const COLLECTION: &'static str = $collection;
            const RESOURCE: &'static str = $collection;
            const DOC: &'static str = concat!($($doc, "\n"),*);
            const FIELDS: &'static [$crate::schema::FieldSpec] = {
                &[$($spec.named(stringify!($field), concat!($($fdoc),*)),)*]
            };
            const INDEXES: &'static [$crate::db::Index] = $indexes;
        }

        impl $crate::db::GlobalModel for $name {}
    };
}
