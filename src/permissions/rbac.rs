//! The permission table in the form that React Admin's access control reads: resources with actions, fields with
//! actions (`resource.field`).

use super::{Mask, Reach, Role, Row, TABLE, masks};
use crate::models::{ALL, ModelInfo};
use crate::schema::{Access, FieldSpec};
use serde_json::{Value, json};

/// What a role may do, as a list of `{action, resource, reach}` and, for fields, `{action, resource: "tickets.subject"}`.
/// On fields, `read` and `write` are React Admin's; `create` and `edit` say which of the two writes is meant. `platform`
/// marks what a superadmin may do outside any company: everything else needs one to be chosen.
pub fn permissions_of(role: Role) -> Vec<Value> {
    let held: Vec<&Row> = TABLE.iter().copied().filter(|row| row.reach_of(role) != Reach::None).collect();
    let entry = |row: &&Row| {
        let reach = row.reach_of(role).as_str();
        let mut entry = json!({ "resource": row.resource, "action": actions(row.action), "reach": reach });
        if row.global && role == Role::Superadmin {
            entry["platform"] = true.into();
        }
        entry
    };
    let mut entries: Vec<Value> = held.iter().map(entry).collect();
    for model in ALL.iter().filter(|model| held.iter().any(|row| row.resource == model.resource)) {
        entries.extend(fields(model, &held, role));
    }
    entries
}

/// React Admin's names of an action.
fn actions(action: &str) -> Vec<&str> {
    match action {
        "read" => vec!["list", "show", "export"],
        "create" => vec!["create", "clone"],
        "update" => vec!["edit"],
        own => vec![own],
    }
}

fn fields(model: &ModelInfo, held: &[&Row], role: Role) -> Vec<Value> {
    let write = |action: &str| {
        let row = held.iter().find(|row| row.resource == model.resource && row.action == action)?;
        Some(masks::write_mask(row.name, role))
    };
    let (create, edit) = (write("create"), write("update"));
    let read = masks::read_mask(model.resource, role);
    let entry = |field: &FieldSpec| {
        let settable = |mask: &Option<Mask>, creating| {
            field.is_writable(creating) && mask.is_some_and(|m| m.admits(field.name))
        };
        let (creates, edits) = (settable(&create, true), settable(&edit, false));
        let actions: Vec<&str> = [
            (field.is_shown() && read.shows(field.name), "read"),
            (creates || edits, "write"),
            (creates, "create"),
            (edits, "edit"),
        ]
        .into_iter()
        .filter_map(|(may, action)| may.then_some(action))
        .collect();
        let resource = format!("{}.{}", model.resource, field.name);
        (!actions.is_empty()).then(|| json!({ "resource": resource, "action": actions }))
    };
    model.fields.iter().filter(|field| field.access != Access::Hidden).filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions_on(role: Role, resource: &str) -> Vec<String> {
        let entries = permissions_of(role).into_iter().filter(|entry| entry["resource"] == resource);
        entries
            .flat_map(|entry| entry["action"].as_array().cloned().unwrap_or_default())
            .filter_map(|action| action.as_str().map(str::to_owned))
            .collect()
    }

    #[test]
    fn roles_differ_in_resources_and_fields() {
        assert!(actions_on(Role::CompanyAdmin, "departments").contains(&"delete".to_owned()));
        assert_eq!(actions_on(Role::Client, "departments"), ["list", "show", "export"]);
        assert_eq!(actions_on(Role::Client, "tags"), Vec::<String>::new());
        assert_eq!(actions_on(Role::CompanyAdmin, "users.email"), ["read", "write", "create"]);
        assert_eq!(actions_on(Role::ContentManager, "users.role"), ["read", "write", "create"]);
        assert_eq!(actions_on(Role::Client, "users.email"), Vec::<String>::new());
        assert_eq!(actions_on(Role::Client, "users.name"), ["read", "write", "edit"]);
        assert_eq!(actions_on(Role::Superadmin, "users.password_hash"), Vec::<String>::new());
        let rows = TABLE.iter().filter(|row| row.reach_of(Role::Client) != Reach::None).count();
        let told = permissions_of(Role::Client).iter().filter(|entry| entry["reach"].is_string()).count();
        assert_eq!(told, rows, "one entry a row, whatever its fields");
    }

    #[test]
    fn only_an_operator_is_told_what_needs_no_company() {
        for role in Role::ALL {
            let entries = permissions_of(*role);
            let marked = entries.iter().filter(|entry| entry.get("platform") == Some(&Value::Bool(true)));
            let global = TABLE.iter().filter(|row| row.global && *role == Role::Superadmin);
            assert_eq!(marked.count(), global.count(), "{role}");
        }
        let of = |resource: &str, action: &str| {
            let entries = permissions_of(Role::Superadmin).into_iter();
            let wanted = |entry: &Value| entry["resource"] == resource && entry["action"] == json!([action]);
            entries.filter(wanted).any(|entry| entry["platform"] == true)
        };
        assert!(of("companies", "suspend") && of("audit_log", "verify") && !of("tickets", "merge"));
    }
}
