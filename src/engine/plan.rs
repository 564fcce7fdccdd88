//! Chooses the index of a list, so that a page costs the same however large the company is.

use super::SortKey;
use crate::db::{BY_ID, Direction, Expr, Index, Op};
use bson::{Bson, Document, doc};

/// Most values of a list that count as fixed: the database walks the index once for each of them, side by side, and the
/// order is kept. It does so for up to 200 walks, which two such lists and a truth value together do not exceed.
const MOST_VALUES: usize = 10;

/// How a list runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Sort document with `_id` last.
    pub sort: Document,
    /// Index to use; none leaves the choice to the database.
    pub hint: Option<&'static str>,
}

/// The plan for a condition and an order over the indexes of a model.
pub fn plan(indexes: &'static [Index], condition: &Expr, key: &SortKey) -> Plan {
    let direction = if key.descending { -1 } else { 1 };
    let mut sort = doc! { key.path(): direction };
    sort.insert("_id", direction);
    let fixed = equalities(condition);
    // Alternatives are served by several indexes at once, which only the database can weigh.
    let hint = if has_alternatives(condition) { None } else { best(indexes, &fixed, key) };
    Plan { sort, hint }
}

/// The index that turns the most fixed fields into its prefix and delivers the order. None when another index would
/// find the fixed fields faster than the order: then it is for the database to weigh.
fn best(indexes: &'static [Index], fixed: &[&str], key: &SortKey) -> Option<&'static str> {
    // Companies are not within a company: all their indexes are global, and they lack the common one.
    let common = indexes.iter().any(|index| !index.global).then_some(&BY_ID);
    let (prefix, name) = indexes
        .iter()
        .chain(common)
        .filter(|index| !index.global && !index.live && index.partial.is_none() && index.ttl_s.is_none())
        .filter_map(|index| served(index, fixed, key).map(|prefix| (prefix, index.name)))
        .max_by_key(|(prefix, _)| *prefix)?;
    let found = |index: &Index| index.keys.iter().take_while(|(field, _)| fixed.contains(field)).count();
    let most = indexes.iter().filter(|index| !index.global).map(found).max();
    (most.unwrap_or_default() <= prefix).then_some(name)
}

/// Number of fixed fields in front of the order, when the index delivers it.
fn served(index: &Index, fixed: &[&str], key: &SortKey) -> Option<usize> {
    let prefix =
        index.keys.iter().take_while(|(field, _)| fixed.contains(field) && *field != key.path()).count();
    let mut rest = index.keys[prefix..].iter();
    let (field, first) = rest.next()?;
    if key.path() == "_id" {
        return (*field == "_id").then_some(prefix);
    }
    let (tie, second) = rest.next()?;
    let ordered = *field == key.path() && *tie == "_id" && first == second && *first != Direction::Text;
    ordered.then_some(prefix)
}

/// Fields that the condition fixes to one value, or to few.
fn equalities(condition: &Expr) -> Vec<&str> {
    let few = |values: &Bson| values.as_array().is_some_and(|values| values.len() <= MOST_VALUES);
    match condition {
        Expr::Cmp(field, Op::Eq, _) => vec![field.as_ref()],
        Expr::Cmp(field, Op::In, values) if few(values) => vec![field.as_ref()],
        Expr::And(parts) => parts.iter().flat_map(equalities).collect(),
        _ => Vec::new(),
    }
}

fn has_alternatives(condition: &Expr) -> bool {
    match condition {
        Expr::Or(_) | Expr::Text(_) => true,
        Expr::Cmp(field, Op::Eq | Op::In, _) => field == "_id",
        Expr::And(parts) => parts.iter().any(has_alternatives),
        _ => false,
    }
}
