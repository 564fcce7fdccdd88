//! Conditions on a record as data: one tree that the database evaluates as a filter and Rust evaluates on a document.

use bson::{Bson, Document, doc};
use std::borrow::Cow;

/// A condition. Values never become operators: every leaf names its operator explicitly.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Every record.
    All,
    /// No record.
    Nothing,
    /// A comparison of one field.
    Cmp(Cow<'static, str>, Op, Bson),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// The opposite.
    Not(Box<Expr>),
    /// Word search in the collection's text index; Rust cannot evaluate it.
    Text(String),
}

/// How a field is compared. On lists, a comparison holds when it holds for an element, as in MongoDB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Equal; `null` also matches a missing field.
    Eq,
    /// Not equal.
    Ne,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gte,
    /// Less.
    Lt,
    /// Less or equal.
    Lte,
    /// Equal to one of a list.
    In,
    /// Equal to none of a list.
    Nin,
    /// The list holds all of these.
    All,
    /// The text begins with this.
    Prefix,
}

impl Expr {
    /// `field op value`.
    pub fn cmp(field: impl Into<Cow<'static, str>>, op: Op, value: impl Into<Bson>) -> Self {
        Self::Cmp(field.into(), op, value.into())
    }

    /// `field = value`.
    pub fn eq(field: impl Into<Cow<'static, str>>, value: impl Into<Bson>) -> Self {
        Self::cmp(field, Op::Eq, value)
    }

    /// `field` is one of `values`; none of them matches nothing.
    pub fn is_in<V: Into<Bson>>(
        field: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        Self::cmp(field, Op::In, Bson::Array(values.into_iter().map(Into::into).collect()))
    }

    /// Both, without growing the tree for trivial parts.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, other) | (other, Self::All) => other,
            (Self::Nothing, _) | (_, Self::Nothing) => Self::Nothing,
            (Self::And(mut left), Self::And(right)) => {
                left.extend(right);
                Self::And(left)
            }
            (Self::And(mut left), other) => {
                left.push(other);
                Self::And(left)
            }
            (left, right) => Self::And(vec![left, right]),
        }
    }

    /// Either.
    pub fn or(parts: impl IntoIterator<Item = Self>) -> Self {
        let parts: Vec<_> = parts.into_iter().filter(|part| *part != Self::Nothing).collect();
        if parts.contains(&Self::All) {
            return Self::All;
        }
        match parts.len() {
            0 => Self::Nothing,
            1 => parts.into_iter().next().unwrap_or(Self::Nothing),
            _ => Self::Or(parts),
        }
    }

    /// The database's filter.
    pub fn to_document(&self) -> Document {
        match self {
            Self::All => Document::new(),
            // No document lacks an `_id`, so this matches none, and by the `_id` index.
            Self::Nothing => doc! { "_id": { "$in": [] } },
            Self::Cmp(field, op, value) => doc! { field.as_ref(): op.clause(value) },
            Self::And(parts) => doc! { "$and": parts.iter().map(Self::to_document).collect::<Vec<_>>() },
            Self::Or(parts) => doc! { "$or": parts.iter().map(Self::to_document).collect::<Vec<_>>() },
            Self::Not(part) => doc! { "$nor": [part.to_document()] },
            Self::Text(words) => doc! { "$text": { "$search": words } },
        }
    }

    /// Whether `document` satisfies the condition, as the database would decide it. Text search never does.
    pub fn matches(&self, document: &Document) -> bool {
        match self {
            Self::All => true,
            Self::Nothing | Self::Text(_) => false,
            Self::Cmp(field, op, value) => op.holds(&lookup(document, field), value),
            Self::And(parts) => parts.iter().all(|part| part.matches(document)),
            Self::Or(parts) => parts.iter().any(|part| part.matches(document)),
            Self::Not(part) => !part.matches(document),
        }
    }
}

impl Op {
    fn clause(self, value: &Bson) -> Document {
        let value = value.clone();
        match self {
            Self::Eq => doc! { "$eq": value },
            Self::Ne => doc! { "$ne": value },
            Self::Gt => doc! { "$gt": value },
            Self::Gte => doc! { "$gte": value },
            Self::Lt => doc! { "$lt": value },
            Self::Lte => doc! { "$lte": value },
            Self::In => doc! { "$in": value },
            Self::Nin => doc! { "$nin": value },
            Self::All => doc! { "$all": value },
            Self::Prefix => match value.as_str() {
                // A range is served by the index whatever the text holds; a pattern would have to be escaped.
                Some(text) => doc! { "$gte": text, "$lt": after(text) },
                None => doc! { "$in": [] },
            },
        }
    }

    fn holds(self, found: &Bson, wanted: &Bson) -> bool {
        let any = |test: &dyn Fn(&Bson) -> bool| match found {
            Bson::Array(items) => items.iter().any(test) || test(found),
            one => test(one),
        };
        let listed = || wanted.as_array().map(Vec::as_slice).unwrap_or_default();
        match self {
            Self::Eq => any(&|value| same(value, wanted)),
            Self::Ne => !any(&|value| same(value, wanted)),
            Self::In => listed().iter().any(|option| any(&|value| same(value, option))),
            Self::Nin => !listed().iter().any(|option| any(&|value| same(value, option))),
            Self::All => {
                !listed().is_empty() && listed().iter().all(|option| any(&|value| same(value, option)))
            }
            Self::Gt => any(&|value| order(value, wanted).is_some_and(|o| o.is_gt())),
            Self::Gte => any(&|value| order(value, wanted).is_some_and(|o| o.is_ge())),
            Self::Lt => any(&|value| order(value, wanted).is_some_and(|o| o.is_lt())),
            Self::Lte => any(&|value| order(value, wanted).is_some_and(|o| o.is_le())),
            // As the database has it: on a list, each bound may be kept by another element.
            Self::Prefix => wanted.as_str().is_some_and(|prefix| {
                let end = after(prefix);
                any(&|value| value.as_str().is_some_and(|text| text >= prefix))
                    && any(&|value| value.as_str().is_some_and(|text| text < end.as_str()))
            }),
        }
    }
}

/// The value at a dotted path; missing is `null`. Arrays of documents are mapped, as MongoDB does.
pub fn lookup(document: &Document, path: &str) -> Bson {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    match (document.get(head), rest) {
        (None, _) => Bson::Null,
        (Some(value), None) => value.clone(),
        (Some(Bson::Document(inner)), Some(rest)) => lookup(inner, rest),
        (Some(Bson::Array(items)), Some(rest)) => {
            Bson::Array(items.iter().filter_map(Bson::as_document).map(|inner| lookup(inner, rest)).collect())
        }
        (Some(_), Some(_)) => Bson::Null,
    }
}

/// Beyond every text that begins with `prefix` and goes on with an assigned character.
fn after(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

fn whole(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(n) => Some(i64::from(*n)),
        Bson::Int64(n) => Some(*n),
        _ => None,
    }
}

fn number(value: &Bson) -> Option<f64> {
    match value {
        Bson::Double(n) => Some(*n),
        _ => whole(value).map(|n| n as f64),
    }
}

/// Whole numbers exactly: as floating point, great ones would run together.
fn numbers(left: &Bson, right: &Bson) -> Option<std::cmp::Ordering> {
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => number(left)?.partial_cmp(&number(right)?),
    }
}

fn same(left: &Bson, right: &Bson) -> bool {
    numbers(left, right).map_or_else(|| left == right, std::cmp::Ordering::is_eq)
}

/// Ordering within one type; between types there is none, as with MongoDB's type bracketing.
fn order(left: &Bson, right: &Bson) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Bson::String(left), Bson::String(right)) => Some(left.cmp(right)),
        (Bson::DateTime(left), Bson::DateTime(right)) => Some(left.cmp(right)),
        (Bson::ObjectId(left), Bson::ObjectId(right)) => Some(left.bytes().cmp(&right.bytes())),
        (Bson::Boolean(left), Bson::Boolean(right)) => Some(left.cmp(right)),
        (Bson::Null, Bson::Null) => Some(std::cmp::Ordering::Equal),
        _ => numbers(left, right),
    }
}
