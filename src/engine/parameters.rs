//! Reads single query parameters of a list in each dialect.

use super::dialect::{Dialect, id_list};
use super::filter::MAX_TEXT;
use super::query::TotalMode;
use super::{DEFAULT_PER_PAGE, MAX_PER_PAGE};
use crate::db::TenantModel;
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use bson::oid::ObjectId;
use serde_json::Value;

/// Deepest offset; beyond it only cursors go.
const MAX_SKIP: u64 = 100_000;
/// Most ids of one call.
const MAX_IDS: usize = 200;

/// The pairs of a query and the dialect that they speak.
pub(super) struct Parameters<'a> {
    pub pairs: &'a [(String, String)],
    pub dialect: Dialect,
}

impl<'a> Parameters<'a> {
    pub fn one(&self, name: &str) -> Option<&'a str> {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    pub fn unknown(&self, key: &str) -> AppError {
        let allowed = self.dialect.parameters();
        let mut fields = FieldErrors::default();
        let message = format!("Unknown parameter. Allowed: {}.", allowed.join(", "));
        fields.add(key, Code::InvalidParameter, message);
        Problem::fields(fields).with("allowed", allowed.to_vec()).into()
    }

    pub fn json(&self, text: &str) -> Result<Value> {
        if text.len() > MAX_TEXT {
            return Err(invalid("filter", "May have 8192 bytes at most."));
        }
        serde_json::from_str(text).map_err(|_| invalid("filter", "Must be a JSON object, percent-encoded."))
    }

    fn number(&self, name: &str, min: u64, max: u64) -> Result<Option<u64>> {
        let Some(text) = self.one(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|number| (min..=max).contains(number));
        number.map(Some).ok_or_else(|| invalid(name, &format!("Must be a whole number from {min} to {max}.")))
    }

    pub fn flag(&self, name: &str) -> Result<bool> {
        match self.one(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(invalid(name, "Must be true or false.")),
        }
    }

    pub fn total(&self) -> Result<TotalMode> {
        match self.one("total") {
            None | Some("auto") if self.dialect.needs_total() => Ok(TotalMode::Exact),
            None | Some("auto") => Ok(TotalMode::Auto),
            Some("exact") => Ok(TotalMode::Exact),
            Some("none") => Ok(TotalMode::None),
            Some(_) => Err(invalid("total", "Must be one of auto, exact, none.")),
        }
    }

    /// Offset and size of the page.
    pub fn window(&self) -> Result<(u64, i64)> {
        let most = MAX_PER_PAGE.unsigned_abs();
        let size = DEFAULT_PER_PAGE.unsigned_abs();
        let (skip, limit) = match self.dialect {
            Dialect::Canonical => {
                let per_page = self.number("per_page", 1, most)?.unwrap_or(size);
                let page = self.number("page", 1, u64::from(u32::MAX))?.unwrap_or(1);
                ((page - 1) * per_page, signed(per_page))
            }
            Dialect::SkipLimit => {
                let skip = self.number("skip", 0, u64::from(u32::MAX))?.unwrap_or(0);
                (skip, signed(self.number("limit", 1, most)?.unwrap_or(size)))
            }
            Dialect::SimpleRest => match self.one("range") {
                Some(text) => span("range", text.trim_matches(['[', ']']).split_once(','), true)?,
                None => (0, DEFAULT_PER_PAGE),
            },
            Dialect::JsonServer => match (self.one("_start"), self.one("_end")) {
                (Some(start), Some(end)) => span("_end", Some((start, end)), false)?,
                _ => {
                    let per_page = self.number("_limit", 1, most)?.unwrap_or(size);
                    let page = self.number("_page", 1, u64::from(u32::MAX))?.unwrap_or(1);
                    ((page - 1) * per_page, signed(per_page))
                }
            },
        };
        if skip > MAX_SKIP {
            let problem = Problem::new(
                Code::UseCursor,
                "Pages this deep are reached by the cursor: send after=<nextCursor>.",
            );
            return Err(problem.with("max_offset", MAX_SKIP).into());
        }
        Ok((skip, limit))
    }

    pub fn ids(&self) -> Result<Option<Vec<ObjectId>>> {
        let listed = id_list(self.pairs);
        let texts: Vec<&str> = match self.dialect {
            Dialect::Canonical => match self.one("ids") {
                Some(list) => list.split(',').map(str::trim).collect(),
                None => return Ok(None),
            },
            Dialect::JsonServer => {
                self.pairs.iter().filter(|(key, _)| key == "id").flat_map(|(_, v)| v.split(',')).collect()
            }
            Dialect::SimpleRest => match &listed {
                Some(ids) => ids.iter().map(String::as_str).collect(),
                None => return Ok(None),
            },
            Dialect::SkipLimit => return Ok(None),
        };
        if texts.is_empty() && listed.is_none() {
            return Ok(None);
        }
        if texts.len() > MAX_IDS {
            return Err(invalid("ids", &format!("May list {MAX_IDS} ids at most.")));
        }
        // What cannot be an id is like an id that does not exist: absent from the answer.
        Ok(Some(texts.iter().filter_map(|text| ObjectId::parse_str(text).ok()).collect()))
    }

    /// The order asked for, as `field` or `-field`.
    pub fn sort<M: TenantModel>(&self) -> Result<String> {
        let directed = |field: &str, order: Option<&str>| match order.map(str::to_ascii_uppercase).as_deref()
        {
            None | Some("ASC") => Ok(field.to_owned()),
            Some("DESC") => Ok(format!("-{field}")),
            Some(_) => Err(invalid("sort", "The order must be ASC or DESC.")),
        };
        let Some(text) = self.one(if self.dialect == Dialect::JsonServer { "_sort" } else { "sort" }) else {
            return Ok(M::DEFAULT_SORT.to_owned());
        };
        match self.dialect {
            Dialect::Canonical => Ok(text.to_owned()),
            Dialect::SkipLimit => directed(text, self.one("order")),
            Dialect::JsonServer => directed(text, self.one("_order")),
            Dialect::SimpleRest => {
                let pair: Option<(String, String)> = serde_json::from_str(text).ok();
                let (field, order) =
                    pair.ok_or_else(|| invalid("sort", "Must be [\"field\",\"ASC\"|\"DESC\"]."))?;
                directed(&field, Some(&order))
            }
        }
    }
}

fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(MAX_PER_PAGE)
}

fn span(name: &str, pair: Option<(&str, &str)>, inclusive: bool) -> Result<(u64, i64)> {
    let parsed = pair.and_then(|(start, end)| {
        let (start, end): (u64, u64) = (start.trim().parse().ok()?, end.trim().parse().ok()?);
        let length = end.checked_sub(start)?.checked_add(u64::from(inclusive))?;
        (1..=MAX_PER_PAGE.unsigned_abs()).contains(&length).then_some((start, length))
    });
    match parsed {
        Some((start, length)) => Ok((start, i64::try_from(length).unwrap_or(MAX_PER_PAGE))),
        None => Err(invalid(name, &format!("Must span 1 to {MAX_PER_PAGE} records."))),
    }
}

pub(super) fn invalid(name: &str, message: &str) -> AppError {
    FieldErrors::one(name, Code::InvalidParameter, message).into()
}
