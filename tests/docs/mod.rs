//! Committed pages that are made from code equal what the code says. `STOA_BLESS=1` rewrites them.

mod webhooks;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

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

/// Every `fn` below a folder.
fn functions(folder: &Path, into: &mut HashSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let names = text.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
            into.extend(names.map(str::to_owned));
        }
    }
}

/// Whether there is a module of this path; one that holds the tests of another counts as that.
fn is_module(path: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = path.strip_suffix("::tests").unwrap_or(path).replace("::", "/");
    let top = |top: &str| root.join(top).join(&file);
    ["tests", "src"].iter().any(|name| top(name).is_dir() || top(name).with_extension("rs").is_file())
}

#[test]
fn the_threat_model_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/threat-model.md")).unwrap();
    let mut known = HashSet::new();
    functions(&root.join("tests"), &mut known);
    functions(&root.join("src"), &mut known);
    let spans =
        page.split('`').skip(1).step_by(2).filter(|span| {
            span.contains("::") && span.starts_with(char::is_lowercase) && !span.contains(' ')
        });
    let mut seen = 0;
    for name in spans {
        seen += 1;
        let (path, last) = name.rsplit_once("::").unwrap();
        let exists = if last == "*" { is_module(path) } else { known.contains(last) || is_module(name) };
        assert!(exists, "docs/threat-model.md names {name}, which is not there");
    }
    assert!(seen > 100, "only {seen} names were read");
}
