//! The parameters of a list, whatever dialect they came in.

use super::dialect::{Dialect, id_list};
use super::filter::{FilterContext, words};
use super::parameters::{Parameters, invalid};
use super::{Cursor, DEFAULT_PER_PAGE, MAX_PER_PAGE, MAX_PER_PAGE_OF_KEYS};
use crate::db::{Expr, TenantModel};
use crate::errors::{Code, FieldErrors, Problem, Result};
use crate::permissions::{Actor, Mask};
use bson::oid::ObjectId;
use serde_json::Value;
use std::fmt;

/// How much work the total may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalMode {
    /// Exact when cheap.
    Auto,
    /// Exact at any price within the time limit.
    Exact,
    /// None.
    None,
}

/// The field that decides the order; `_id` breaks ties in the same direction.
#[derive(Clone, Debug, PartialEq)]
pub struct SortKey {
    name: &'static str,
    path: String,
    /// Greatest first.
    pub descending: bool,
    /// The field may be `null`.
    pub nullable: bool,
}

impl SortKey {
    /// Path in the database.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.name)
    }
}

/// What a list is asked for.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// The form of question and answer.
    pub dialect: Dialect,
    /// Condition of the client.
    pub filter: Expr,
    /// Words to search for.
    pub words: Option<String>,
    /// Ids asked for, when the call is for certain records.
    pub ids: Option<Vec<ObjectId>>,
    /// Order.
    pub sort: SortKey,
    /// Records to pass over.
    pub skip: u64,
    /// Most records.
    pub limit: i64,
    /// Place after which to go on.
    pub after: Option<Cursor>,
    /// Work for the total.
    pub total: TotalMode,
    /// Fields wanted.
    pub fields: Option<Vec<String>>,
    /// The trash instead of the living.
    pub trash: bool,
}

impl ListQuery {
    /// Reads the parameters of a list of `M`.
    pub fn parse<M: TenantModel>(pairs: &[(String, String)], mask: Mask, actor: &Actor) -> Result<Self> {
        let dialect = Dialect::of(pairs);
        let parameters = Parameters { pairs, dialect };
        let context = FilterContext { fields: M::FIELDS, mask, actor };
        let mut flat: Vec<(&str, Vec<&str>)> = Vec::new();
        for (key, value) in pairs.iter().filter(|(key, _)| !dialect.parameters().contains(&key.as_str())) {
            if !dialect.has_flat_filters() {
                return Err(parameters.unknown(key));
            }
            match flat.iter_mut().find(|(name, _)| name == key) {
                Some((_, values)) => values.push(value),
                None => flat.push((key, vec![value])),
            }
        }
        let sort = sort_key::<M>(&parameters.sort::<M>()?, mask)?;
        let mut query = Self {
            dialect,
            filter: Expr::All,
            words: parameters.one("q").map(|text| words(&Value::from(text))).transpose()?,
            ids: None,
            skip: 0,
            limit: DEFAULT_PER_PAGE,
            after: None,
            total: parameters.total()?,
            fields: parameters
                .one("fields")
                .map(|text| text.split(',').map(|f| f.trim().to_owned()).collect()),
            trash: parameters.flag("trash")?,
            sort,
        };
        // A list of ids is no condition: what is not an id is absent from the answer, not refused.
        if let Some(text) = parameters.one("filter").filter(|_| id_list(pairs).is_none()) {
            let parsed = context.parse(&parameters.json(text)?)?;
            query.filter = parsed.expr;
            query.words = query.words.or(parsed.words);
        }
        for (key, values) in &flat {
            query.filter = query.filter.and(context.parse_flat(key, values)?);
        }
        (query.skip, query.limit) = parameters.window()?;
        // Programs go on by the cursor; people want what they see and export at once.
        if actor.key_id().is_some() && query.limit > MAX_PER_PAGE_OF_KEYS {
            let message = format!("An API key reads {MAX_PER_PAGE_OF_KEYS} records at a time.");
            return Err(invalid("per_page", &message));
        }
        query.ids = parameters.ids()?;
        if let Some(ids) = &query.ids {
            query.limit = i64::try_from(ids.len().max(1)).unwrap_or(MAX_PER_PAGE);
        }
        query.after = parameters.one("after").map(|text| Cursor::decode(text, &query.sort)).transpose()?;
        if query.after.is_some() && query.skip > 0 {
            return Err(invalid("after", "Cannot be combined with page."));
        }
        query.check_fields::<M>(mask)?;
        Ok(query)
    }

    fn check_fields<M: TenantModel>(&self, mask: Mask) -> Result<()> {
        let known = |name: &String| M::FIELDS.iter().any(|field| field.name == name) && mask.shows(name);
        match self.fields.iter().flatten().find(|name| !known(name)) {
            Some(name) => {
                let allowed: Vec<_> =
                    M::FIELDS.iter().map(|f| f.name).filter(|name| mask.shows(name)).collect();
                let message = format!("There is no field {name}. Allowed: {}.", allowed.join(", "));
                Err(FieldErrors::one("fields", Code::InvalidParameter, message).into())
            }
            None => Ok(()),
        }
    }
}

fn sort_key<M: TenantModel>(text: &str, mask: Mask) -> Result<SortKey> {
    let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    let name = if name == "_id" { "id" } else { name };
    let sortable = || M::FIELDS.iter().filter(|field| field.sort && mask.shows(field.name));
    match sortable().find(|field| field.name == name) {
        Some(field) => {
            let path = if field.name == "id" { "_id".to_owned() } else { field.sort_path() };
            Ok(SortKey { name: field.name, path, descending, nullable: field.nullable })
        }
        None => {
            let allowed: Vec<_> = sortable().map(|field| field.name).collect();
            let message = format!(
                "Cannot sort by this. Allowed is one of {}, with - before it for descending.",
                allowed.join(", ")
            );
            let mut fields = FieldErrors::default();
            fields.add("sort", Code::SortNotAllowed, message);
            Err(Problem::fields(fields).with("allowed", allowed).into())
        }
    }
}
