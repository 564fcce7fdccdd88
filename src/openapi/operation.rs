//! One operation of the document.

use super::components::Components;
use super::{bodies, guards, list, parameters, responses};
use crate::quota::route_cost;
use crate::web::{AnswerDoc, Operation};
use serde_json::{Value, json};

/// The description of an operation.
pub fn describe(operation: &Operation, components: &mut Components) -> Value {
    let mut all = parameters::path(operation);
    match operation.doc.answer {
        AnswerDoc::List => all.extend(list::parameters(operation.resource, components)),
        AnswerDoc::ListOf(other) => all.extend(list::parameters(other, components)),
        _ => {}
    }
    all.extend(parameters::own(operation));
    all.extend(parameters::headers(operation));
    let mut described = json!({
        "operationId": operation.id,
        "tags": [operation.resource],
        "summary": operation.doc.summary,
        "parameters": all,
        "responses": responses::describe(operation, components),
    });
    described["x-stoa-cost"] = json!(route_cost(&operation.method, &operation.path));
    let mut description = String::new();
    guards::describe(&operation.guard, &mut described, &mut description);
    described["description"] = json!(description);
    if let Some(body) = bodies::describe(operation, components) {
        described["requestBody"] = body;
    }
    described
}
