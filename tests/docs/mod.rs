//! Committed pages that are made from code equal what the code says. `STOA_BLESS=1` rewrites them.

use std::path::PathBuf;

#[track_caller]
fn committed(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("STOA_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "docs/{name} differs from the code: STOA_BLESS=1 cargo test docs:: rewrites it");
}

#[test]
fn the_permission_page_equals_the_table() {
    committed("permissions.md", &stoa::permissions::markdown());
}

#[test]
fn the_page_of_problem_codes_equals_the_codes() {
    committed("problems.md", &stoa::errors::markdown());
}

#[test]
fn masks_name_fields_that_exist() {
    use stoa::permissions::{Mask, Role, TABLE, masks};
    let check = |resource: &str, what: &str, mask: Mask| {
        let (Mask::Only(names) | Mask::Except(names)) = mask else { return };
        let model = stoa::models::ALL.iter().find(|model| model.resource == resource);
        let model = model.unwrap_or_else(|| panic!("{resource} has no model"));
        for name in names {
            assert!(model.fields.iter().any(|field| field.name == *name), "{what} names {name}");
        }
    };
    for row in TABLE {
        for role in Role::ALL {
            check(
                row.resource,
                &format!("seeing {} as {role}", row.resource),
                masks::read_mask(row.resource, *role),
            );
            check(row.resource, &format!("{} as {role}", row.name), masks::write_mask(row.name, *role));
        }
    }
}
