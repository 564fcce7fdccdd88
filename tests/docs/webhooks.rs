//! The page of webhooks names what the code knows.

use std::collections::HashSet;
use std::path::PathBuf;

#[test]
fn the_page_of_webhooks_names_every_event_and_no_other() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/webhooks.md");
    let text = std::fs::read_to_string(path).unwrap();
    let list =
        text.split("Events: ").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of events");
    let named: HashSet<&str> =
        list.split('`').filter(|word| word.contains('.') && !word.contains(' ')).collect();
    let known: HashSet<&str> = stoa::models::EventKind::NAMES.iter().copied().collect();
    assert_eq!(named, known);
}
