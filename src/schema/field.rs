//! One field of a resource: its kind, who may write it, and how lists may use it.

use super::Kind;
use bson::Bson;

/// Who sets a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Clients may set it on create and update.
    Writable,
    /// Clients may set it on create; afterwards it is read-only.
    CreateOnly,
    /// Only the server sets it.
    ReadOnly,
    /// Clients may set it, nobody reads it: a secret of theirs that the server has to use. It is stored sealed.
    WriteOnly,
    /// It never leaves the server, nor is it accepted.
    Hidden,
}

/// The value that a field has when a create does not name it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Default {
    /// `null`, or an empty list for lists.
    Empty,
    /// A truth value.
    Bool(bool),
    /// A number.
    Int(i64),
    /// A text or the name of an enum value.
    Text(&'static str),
}

/// A field as declared in its model.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// Name on the wire and in the database.
    pub name: &'static str,
    /// Sentence for the API documentation.
    pub doc: &'static str,
    /// Type and limits.
    pub kind: Kind,
    /// Who may set it.
    pub access: Access,
    /// A create without it is refused.
    pub required: bool,
    /// `null` is a value.
    pub nullable: bool,
    /// Lists may filter by it.
    pub filter: bool,
    /// Lists may sort by it.
    pub sort: bool,
    /// A lower-cased copy is kept in `<name>_fold` for prefix filters, sorting and case-insensitive uniqueness.
    pub fold: bool,
    /// Value when absent at creation.
    pub default: Default,
    /// The only items that the service takes into a list of texts; empty for any.
    pub choices: &'static [&'static str],
}

impl FieldSpec {
    /// A writable, optional field of `kind`; name and doc come from the declaration in the model.
    pub const fn new(kind: Kind) -> Self {
        Self {
            name: "",
            doc: "",
            kind,
            access: Access::Writable,
            required: false,
            nullable: false,
            filter: false,
            sort: false,
            fold: false,
            default: Default::Empty,
            choices: &[],
        }
    }

    /// One line of `min..=max` characters.
    pub const fn text(min: usize, max: usize) -> Self {
        Self::new(Kind::Text { min, max, lines: false })
    }

    /// Several lines of at most `max` characters.
    pub const fn prose(min: usize, max: usize) -> Self {
        Self::new(Kind::Text { min, max, lines: true })
    }

    /// One of `values`.
    pub const fn one_of(values: &'static [&'static str]) -> Self {
        Self::new(Kind::Enum(values))
    }

    /// The id of a record of `resource`.
    pub const fn id_of(resource: &'static str) -> Self {
        Self::new(Kind::Id { of: resource })
    }

    /// Ids of records of `resource`.
    pub const fn ids_of(resource: &'static str, max: usize) -> Self {
        Self::new(Kind::Ids { of: resource, max })
    }

    /// A truth value, `default` when absent.
    pub const fn flag(default: bool) -> Self {
        Self::new(Kind::Bool).default(Default::Bool(default))
    }

    /// A whole number within limits.
    pub const fn int(min: i64, max: i64) -> Self {
        Self::new(Kind::Int { min, max })
    }

    /// A point in time.
    pub const fn time() -> Self {
        Self::new(Kind::Time)
    }

    /// Sets the name and sentence; called by the `model!` macro.
    pub const fn named(mut self, name: &'static str, doc: &'static str) -> Self {
        self.name = plain(name);
        self.doc = doc;
        self
    }

    /// A create must carry it; a list must not be empty.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// `null` clears it.
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Only the server sets it.
    pub const fn read_only(mut self) -> Self {
        self.access = Access::ReadOnly;
        self
    }

    /// Set once, at creation.
    pub const fn create_only(mut self) -> Self {
        self.access = Access::CreateOnly;
        self
    }

    /// Taken and never shown; stored sealed.
    pub const fn write_only(mut self) -> Self {
        self.access = Access::WriteOnly;
        self
    }

    /// Never on the wire.
    pub const fn hidden(mut self) -> Self {
        self.access = Access::Hidden;
        self
    }

    /// Lists may filter by it.
    pub const fn filter(mut self) -> Self {
        self.filter = true;
        self
    }

    /// Lists may sort by it.
    pub const fn sort(mut self) -> Self {
        self.sort = true;
        self
    }

    /// Keeps a lower-cased copy.
    pub const fn fold(mut self) -> Self {
        self.fold = true;
        self
    }

    /// Names the items that the service takes.
    pub const fn among(mut self, choices: &'static [&'static str]) -> Self {
        self.choices = choices;
        self
    }

    /// Value when absent at creation.
    pub const fn default(mut self, value: Default) -> Self {
        self.default = value;
        self
    }

    /// Whether it may be in an answer, where the role's mask admits it.
    pub fn is_shown(&self) -> bool {
        !matches!(self.access, Access::Hidden | Access::WriteOnly)
    }

    /// Whether clients may ever send it.
    pub fn is_writable(&self, creating: bool) -> bool {
        match self.access {
            Access::Writable | Access::WriteOnly => true,
            Access::CreateOnly => creating,
            Access::ReadOnly | Access::Hidden => false,
        }
    }

    /// The value of a new record that does not name the field.
    pub fn initial(&self) -> Bson {
        match self.default {
            Default::Bool(value) => Bson::Boolean(value),
            Default::Int(value) => Bson::Int64(value),
            Default::Text(value) => Bson::String(value.to_owned()),
            Default::Empty => match self.kind {
                Kind::Ids { .. } | Kind::Texts { .. } | Kind::Objects { .. } => Bson::Array(Vec::new()),
                Kind::Object(fields) if !self.nullable => Bson::Document(
                    fields.iter().map(|field| (field.name.to_owned(), field.initial())).collect(),
                ),
                _ => Bson::Null,
            },
        }
    }

    /// The path that sorting and prefix filters use.
    pub fn sort_path(&self) -> String {
        if self.fold { format!("{}_fold", self.name) } else { self.name.to_owned() }
    }
}

/// The name of a field whose Rust name is a keyword, as `r#match`.
pub(crate) const fn plain(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
