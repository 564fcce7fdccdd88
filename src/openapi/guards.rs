//! Who may call an operation: security requirements, extensions and the sentence for people.

use crate::permissions::{Guard, Reach, Role, Row, key_scope};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Writes guard and roles into an operation.
pub fn describe(guard: &Guard, operation: &mut Value, description: &mut String) {
    match guard {
        Guard::Public => {
            operation["security"] = json!([]);
            operation["x-stoa-public"] = json!(true);
            description.push_str("Open to anyone.");
        }
        Guard::SignedIn => {
            secure(operation);
            operation["x-stoa-permission"] = json!("signed_in");
            let roles: Map<String, Value> =
                Role::ALL.iter().map(|role| (role.as_str().to_owned(), json!("self"))).collect();
            operation["x-stoa-roles"] = Value::Object(roles);
            description.push_str("For anyone who is logged in, about their own account.");
        }
        Guard::Permission(row) => {
            secure(operation);
            if key_scope(row.name).is_some()
                && let Some(ways) = operation["security"].as_array_mut()
            {
                ways.push(json!({ "apiKey": [] }));
                operation["x-stoa-api-key-scope"] = json!(row.name);
            }
            operation["x-stoa-permission"] = json!(row.name);
            operation["x-stoa-roles"] = Value::Object(roles(row));
            table(row, description);
        }
    }
}

fn secure(operation: &mut Value) {
    operation["security"] = json!([{ "bearer": [] }, { "password": [] }]);
}

fn roles(row: &Row) -> Map<String, Value> {
    Role::ALL
        .iter()
        .map(|role| (role, row.reach_of(*role)))
        .filter(|(_, reach)| *reach != Reach::None)
        .map(|(role, reach)| (role.as_str().to_owned(), json!(reach.as_str())))
        .collect()
}

fn table(row: &Row, out: &mut String) {
    // Writing into a String cannot fail.
    let _ = write!(
        out,
        "Permission `{}`: {}\n\n| role | reach | records |\n|---|---|---|\n",
        row.name, row.meaning
    );
    for role in Role::ALL {
        let reach = row.reach_of(*role);
        let _ = writeln!(out, "| {role} | {reach} | {} |", reach.meaning().trim());
    }
    if key_scope(row.name).is_some() {
        let _ = write!(out, "\nAn API key may hold it as the scope `{}`.", row.name);
    }
    if row.global {
        out.push_str("\nA superadmin may also use it without `X-Company-Id`, for the whole platform.");
    }
}
