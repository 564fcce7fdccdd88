//! The filter grammar: allow-listed fields, typed values, explicit operators; nothing a client sends becomes one.

use crate::db::{Expr, Model, Op};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::permissions::{Actor, Mask};
use crate::schema::{FieldSpec, Kind, parse_value};
use bson::Bson;
use serde_json::Value;

/// Largest filter text in bytes.
pub const MAX_TEXT: usize = 8 * 1024;
const MAX_DEPTH: usize = 3;
const MAX_LEAVES: usize = 50;
const MAX_LIST: usize = 200;
const MAX_OR: usize = 5;
const MAX_STRING: usize = 256;

const OPERATORS: &[(&str, Operator)] = &[
    ("_neq", Operator::Plain(Op::Ne)),
    ("_gte", Operator::Plain(Op::Gte)),
    ("_gt", Operator::Plain(Op::Gt)),
    ("_lte", Operator::Plain(Op::Lte)),
    ("_lt", Operator::Plain(Op::Lt)),
    ("_neq_any", Operator::List(Op::Nin)),
    ("_eq_any", Operator::List(Op::In)),
    ("_inc_any", Operator::List(Op::In)),
    ("_inc_all", Operator::List(Op::All)),
    ("_nin", Operator::List(Op::Nin)),
    ("_in", Operator::List(Op::In)),
    ("_isnull", Operator::IsNull),
    ("_prefix", Operator::Prefix),
    ("_eq", Operator::Plain(Op::Eq)),
];

#[derive(Clone, Copy, PartialEq)]
enum Operator {
    Plain(Op),
    List(Op),
    IsNull,
    Prefix,
}

/// What may be filtered, and by whom.
pub struct FilterContext<'a> {
    /// Fields of the resource.
    pub fields: &'static [FieldSpec],
    /// Fields that the caller sees: a filter on another would tell its value.
    pub mask: Mask,
    /// The caller, for `me`.
    pub actor: &'a Actor,
}

/// A parsed filter and the words to search for.
#[derive(Debug)]
pub struct ParsedFilter {
    /// The condition.
    pub expr: Expr,
    /// Words for the text index.
    pub words: Option<String>,
}

/// Parses the filter of a request for records of `M`.
pub fn parse_filter<M: Model>(value: &Value, mask: Mask, actor: &Actor) -> Result<ParsedFilter> {
    FilterContext { fields: M::FIELDS, mask, actor }.parse(value)
}

impl FilterContext<'_> {
    /// Parses a filter object.
    pub fn parse(&self, value: &Value) -> Result<ParsedFilter> {
        let mut state = State { leaves: 0, words: None };
        let expr = self.object(value, 0, &mut state)?;
        Ok(ParsedFilter { expr, words: state.words })
    }

    /// Parses one `field[_op]=text` parameter of a dialect with flat filters.
    pub fn parse_flat(&self, key: &str, texts: &[&str]) -> Result<Expr> {
        let (field, operator) = self.split(key)?;
        let typed = |text: &&str| match field.kind {
            Kind::Bool => text.parse().map_or(Value::from(*text), Value::Bool),
            Kind::Int { .. } => text.parse::<i64>().map_or(Value::from(*text), Value::from),
            _ if operator == Operator::IsNull => text.parse().map_or(Value::from(*text), Value::Bool),
            _ => Value::from(*text),
        };
        let value = match (texts, operator) {
            ([one], Operator::List(_)) => Value::Array(one.split(',').map(|part| typed(&part)).collect()),
            ([one], _) => typed(one),
            (many, _) => Value::Array(many.iter().map(typed).collect()),
        };
        self.leaf(key, field, operator, &value)
    }

    fn object(&self, value: &Value, depth: usize, state: &mut State) -> Result<Expr> {
        let members = value.as_object().ok_or_else(|| refuse("filter", "Must be a JSON object."))?;
        if depth > MAX_DEPTH {
            return Err(refuse("filter", &format!("May be nested {MAX_DEPTH} deep at most.")));
        }
        let mut expr = Expr::All;
        for (key, value) in members {
            state.leaves += 1;
            if state.leaves > MAX_LEAVES {
                return Err(refuse("filter", &format!("May have {MAX_LEAVES} conditions at most.")));
            }
            let part = match key.as_str() {
                "q" if depth == 0 => {
                    state.words = Some(words(value)?);
                    Expr::All
                }
                "or" => self.any_of(value, depth, state)?,
                "not" => Expr::Not(Box::new(self.object(value, depth + 1, state)?)),
                _ => {
                    let (field, operator) = self.split(key)?;
                    self.leaf(key, field, operator, value)?
                }
            };
            expr = expr.and(part);
        }
        Ok(expr)
    }

    fn any_of(&self, value: &Value, depth: usize, state: &mut State) -> Result<Expr> {
        let parts = value.as_array().filter(|parts| (1..=MAX_OR).contains(&parts.len()));
        let parts =
            parts.ok_or_else(|| refuse("or", &format!("Must be a list of 1 to {MAX_OR} filters.")))?;
        let parts: Result<Vec<_>> = parts.iter().map(|part| self.object(part, depth + 1, state)).collect();
        Ok(Expr::or(parts?))
    }

    /// Field and operator of a key: the longest field name wins, so a field may end like an operator.
    fn split(&self, key: &str) -> Result<(&'static FieldSpec, Operator)> {
        let key = match key {
            "_id" => "id".to_owned(),
            _ => key.replacen('@', "_", 1),
        };
        if let Some(field) = self.field(&key) {
            return Ok((field, Operator::Plain(Op::Eq)));
        }
        OPERATORS
            .iter()
            .filter_map(|(suffix, operator)| Some((self.field(key.strip_suffix(suffix)?)?, *operator)))
            .max_by_key(|(field, _)| field.name.len())
            .ok_or_else(|| self.unknown(&key))
    }

    fn field(&self, name: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.filter && field.name == name && self.mask.shows(name))
    }

    fn unknown(&self, key: &str) -> AppError {
        let allowed: Vec<_> = self
            .fields
            .iter()
            .filter(|field| field.filter && self.mask.shows(field.name))
            .map(|f| f.name)
            .collect();
        let operators: Vec<_> = OPERATORS.iter().map(|(suffix, _)| *suffix).collect();
        let mut fields = FieldErrors::default();
        fields.add(
            key,
            Code::FilterNotAllowed,
            format!("Cannot filter by this. Allowed: {}.", allowed.join(", ")),
        );
        Problem::fields(fields).with("allowed", allowed).with("operators", operators).into()
    }

    fn leaf(&self, key: &str, field: &'static FieldSpec, operator: Operator, value: &Value) -> Result<Expr> {
        let path = if field.name == "id" { "_id".to_owned() } else { field.sort_path() };
        let expr = match (operator, value) {
            (Operator::IsNull, Value::Bool(yes)) => {
                Expr::cmp(path, if *yes { Op::Eq } else { Op::Ne }, Bson::Null)
            }
            (Operator::IsNull, _) => return Err(refuse(key, "Must be true or false.")),
            (Operator::Prefix, Value::String(text)) if field.fold => {
                Expr::cmp(path, Op::Prefix, text.to_lowercase())
            }
            (Operator::Prefix, _) => {
                return Err(refuse(key, "Only texts that are kept for it can be filtered by prefix."));
            }
            (Operator::Plain(Op::Eq), Value::Array(_)) => self.list(key, field, path, Op::In, value)?,
            (Operator::Plain(Op::Ne), Value::Array(_)) => self.list(key, field, path, Op::Nin, value)?,
            (Operator::List(op), _) => self.list(key, field, path, op, value)?,
            (Operator::Plain(op), Value::Null) if matches!(op, Op::Eq | Op::Ne) => {
                Expr::cmp(path, op, Bson::Null)
            }
            (Operator::Plain(_), Value::Null) => return Err(refuse(key, "Cannot be compared with null.")),
            (Operator::Plain(op), _) => Expr::cmp(path, op, self.value(key, field, value)?),
        };
        Ok(expr)
    }

    fn list(&self, key: &str, field: &FieldSpec, path: String, op: Op, value: &Value) -> Result<Expr> {
        let items = match value {
            Value::Array(items) if items.len() <= MAX_LIST => items.as_slice(),
            Value::Array(_) => return Err(refuse(key, &format!("May list {MAX_LIST} values at most."))),
            one => std::slice::from_ref(one),
        };
        let values: Result<Vec<_>> = items.iter().map(|item| self.value(key, field, item)).collect();
        Ok(Expr::cmp(path, op, Bson::Array(values?)))
    }

    /// One value, typed by its field.
    fn value(&self, key: &str, field: &FieldSpec, value: &Value) -> Result<Bson> {
        if value.as_str().is_some_and(|text| text.chars().count() > MAX_STRING) {
            return Err(refuse(key, &format!("Texts may have {MAX_STRING} characters at most.")));
        }
        if value == "me" && field.kind.reference() == Some("users") {
            return Ok(Bson::ObjectId(self.actor.user_id()));
        }
        let single = FieldSpec {
            nullable: true,
            kind: match field.kind {
                Kind::Ids { of, .. } => Kind::Id { of },
                Kind::Texts { max_len, .. } => Kind::Text { min: 1, max: max_len, lines: false },
                Kind::Text { lines, .. } => Kind::Text { min: 0, max: MAX_STRING, lines },
                // A filter finds what is stored: it need not satisfy the rules of new values.
                Kind::Email | Kind::Format(..) => Kind::Text { min: 0, max: MAX_STRING, lines: false },
                other => other,
            },
            ..*field
        };
        let mut errors = FieldErrors::default();
        let parsed = parse_value(&single, key, value, &mut errors);
        errors.into_result()?;
        Ok(match parsed.unwrap_or(Bson::Null) {
            Bson::String(text) if field.fold || matches!(field.kind, Kind::Email) => {
                Bson::String(text.to_lowercase())
            }
            other => other,
        })
    }
}

struct State {
    leaves: usize,
    words: Option<String>,
}

/// Search words: a text with something in it.
pub fn words(value: &Value) -> Result<String> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty() && text.chars().count() <= MAX_STRING && !text.contains('\0'))
        .map(str::to_owned)
        .ok_or_else(|| refuse("q", &format!("Must be a text of 1 to {MAX_STRING} characters.")))
}

fn refuse(key: &str, message: &str) -> AppError {
    FieldErrors::one(key, Code::FilterNotAllowed, message).into()
}
