//! The permission table and the field masks as a page for people, kept in `docs/permissions.md`.

use super::{Mask, Reach, Role, TABLE, key_scope, masks};
use std::fmt::Write;

/// The text of `docs/permissions.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Permissions\n\nGenerated from `src/permissions/table.rs` and `masks.rs`; a test keeps it equal \
         (`STOA_BLESS=1 cargo test` rewrites it).\n\nNo row, no right. A cell says how far the permission goes.\n\n\
         | permission | meaning |",
    );
    for role in Role::ALL {
        put(&mut out, format_args!(" {role} |"));
    }
    out.push_str(" API key |\n|---|---|");
    out.push_str(&"---|".repeat(Role::ALL.len() + 1));
    for row in TABLE {
        let global = if row.global { " ¹" } else { "" };
        put(&mut out, format_args!("\n| `{}`{global} | {} |", row.name, row.meaning));
        for role in Role::ALL {
            match row.reach_of(*role) {
                Reach::None => out.push_str(" – |"),
                reach => put(&mut out, format_args!(" {reach} |")),
            }
        }
        out.push_str(if key_scope(row.name).is_some() { " may |" } else { " – |" });
    }
    out.push_str(
        "\n\n¹ A superadmin may use it outside any company, for the whole platform.\n\n## Reaches\n\n",
    );
    out.push_str("| reach | records |\n|---|---|\n");
    for reach in Reach::ALL {
        put(&mut out, format_args!("| {reach} | {} |\n", reach.meaning().trim()));
    }
    out.push_str("\n## Roles\n\n| role | rank | who | may grant |\n|---|---|---|---|\n");
    for role in Role::ALL {
        let grants: Vec<_> =
            Role::ALL.iter().filter(|other| role.may_grant(**other)).map(|r| r.as_str()).collect();
        let grants = if grants.is_empty() { "–".to_owned() } else { grants.join(", ") };
        put(&mut out, format_args!("| {role} | {} | {} | {grants} |\n", role.rank(), role.meaning().trim()));
    }
    out.push_str("\n## Fields\n\nWhere a role does not see or set all fields.\n\n| access | role | fields |\n|---|---|---|\n");
    let mut resources: Vec<_> = TABLE.iter().map(|row| row.resource).collect();
    resources.dedup();
    for resource in resources {
        for role in Role::ALL {
            field_line(&mut out, &format!("see `{resource}`"), *role, masks::read_mask(resource, *role));
        }
        for row in TABLE.iter().filter(|row| row.resource == resource) {
            for role in Role::ALL.iter().filter(|role| row.reach_of(**role) != Reach::None) {
                field_line(
                    &mut out,
                    &format!("set by `{}`", row.name),
                    *role,
                    masks::write_mask(row.name, *role),
                );
            }
        }
    }
    out.push_str("\nEvery role sees `id`, `company_id`, `created_at`, `updated_at` and `version` of what it sees at all.\n");
    out
}

fn field_line(out: &mut String, what: &str, role: Role, mask: Mask) {
    let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match mask {
        Mask::All => {}
        Mask::Only(names) => put(out, format_args!("| {what} | {role} | {} |\n", list(names))),
        Mask::Except(names) => put(out, format_args!("| {what} | {role} | all but {} |\n", list(names))),
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = out.write_fmt(text);
}
