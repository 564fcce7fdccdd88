//! Records inside and outside of a role's rows, found from the condition itself.

use super::{Place, Principal, World, info};
use bson::{Bson, Document, oid::ObjectId};
use stoa::db::{Expr, Op};
use stoa::models::ModelInfo;
use stoa::permissions::{Reach, Row};
use stoa::schema::Kind;

/// The rows of a resource that a permission's reach admits for a principal.
pub fn rows_of(row: &Row, principal: &Principal) -> Expr {
    let (Some(actor), Some(role)) = (&principal.actor, principal.role) else { return Expr::Nothing };
    match row.reach_of(role) {
        Reach::None => Expr::Nothing,
        _ if principal.company.is_none() && !row.global => Expr::Nothing,
        reach => (info(row.resource).rows)(reach, actor),
    }
}

/// Values of fields with which a record of `resource` satisfies all of `wanted` and none of `unwanted`.
pub fn fields_for(
    world: &World,
    place: &Place,
    resource: &str,
    wanted: &[Expr],
    unwanted: &[Expr],
) -> Option<Document> {
    let model = info(resource);
    let mut named = Vec::new();
    wanted.iter().chain(unwanted).for_each(|expr| collect(expr, &mut named));
    let base = place.document(model, ObjectId::new(), world.number(), false);
    let choices: Vec<(String, Vec<Bson>)> = distinct(&named)
        .into_iter()
        .map(|field| {
            let mut values = vec![base.get(&field).cloned().unwrap_or(Bson::Null)];
            values.extend(alternatives(model, &field, &named));
            (field, values)
        })
        .collect();
    let combinations: usize = choices.iter().map(|(_, values)| values.len()).product();
    (0..combinations.min(100_000)).find_map(|at| {
        let (mut document, mut set, mut rest) = (base.clone(), Document::new(), at);
        for (field, values) in &choices {
            let value = &values[rest % values.len()];
            rest /= values.len();
            document.insert(field, value.clone());
            set.insert(field, value.clone());
        }
        let fits = wanted.iter().all(|expr| expr.matches(&document))
            && !unwanted.iter().any(|expr| expr.matches(&document));
        fits.then_some(set)
    })
}

/// Every comparison of a condition: field and value.
fn collect(expr: &Expr, named: &mut Vec<(String, Bson)>) {
    match expr {
        Expr::Cmp(field, Op::In | Op::Nin, Bson::Array(values)) if values.is_empty() => {
            named.push((field.to_string(), Bson::Null));
        }
        Expr::Cmp(field, Op::In | Op::Nin, Bson::Array(values)) => {
            named.extend(values.iter().map(|value| (field.to_string(), value.clone())));
        }
        Expr::Cmp(field, _, value) => named.push((field.to_string(), value.clone())),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| collect(part, named)),
        Expr::Not(part) => collect(part, named),
        Expr::All | Expr::Nothing | Expr::Text(_) => {}
    }
}

fn distinct(named: &[(String, Bson)]) -> Vec<String> {
    let mut fields: Vec<String> = named.iter().map(|(field, _)| field.clone()).collect();
    fields.sort();
    fields.dedup();
    fields
}

/// Values of a field that tell the branches of a condition apart: those that it names, and one that it does not.
fn alternatives(model: &ModelInfo, field: &str, named: &[(String, Bson)]) -> Vec<Bson> {
    let spec = model.fields.iter().find(|spec| spec.name == field);
    let list = spec.is_some_and(|spec| spec.kind.is_list());
    let mut values: Vec<Bson> = match spec.map(|spec| spec.kind) {
        Some(Kind::Enum(names)) => names.iter().map(|name| Bson::from(*name)).collect(),
        Some(Kind::Bool) => vec![true.into(), false.into()],
        Some(Kind::Ids { .. }) => vec![Bson::Array(Vec::new())],
        Some(Kind::Id { .. }) => vec![ObjectId::new().into()],
        _ => Vec::new(),
    };
    let own = named.iter().filter(|(name, value)| name == field && *value != Bson::Null);
    values.extend(own.map(|(_, value)| if list { Bson::Array(vec![value.clone()]) } else { value.clone() }));
    values
}
