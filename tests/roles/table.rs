//! The permission table against the routes: every row is used, every route is guarded, every exception is told.

use crate::support::TestApp;
use std::collections::BTreeSet;
use stoa::permissions::{CrossTenant, Guard, Reach, Role, TABLE};

/// Rows that no route uses yet, with the reason. A row that gets a route must leave this list.
const UNSERVED: &[(&str, &str)] = &[];

/// Resources whose routes are not there yet. A resource that gets its first route must leave this list.
const UNSERVED_RESOURCES: &[&str] = &[];

/// Routes that anyone may call, with the reason.
const OPEN: &[(&str, &str)] = &[
    ("auth_token", "who logs in has no session yet"),
    ("auth_refresh", "the refresh token is the proof, the access token may have ended"),
    ("auth_register", "whoever registers has no account yet; the answer tells nothing"),
    ("auth_verify_email", "the token of the mail is the proof"),
    ("auth_verify_email_resend", "the id of the request is the proof; the answer tells nothing"),
    ("auth_password_forgot", "whoever forgot the password cannot log in; the answer tells nothing"),
    ("auth_password_reset", "the token or code of the mail is the proof"),
    ("auth_invite_accept", "the token of the mail is the proof"),
    ("auth_mfa_verify", "the token that the password gave is the proof"),
    ("health_live", "asked by the platform that runs the program"),
    ("health_startup", "asked by the platform that runs the program"),
    ("health_ready", "asked by the platform that runs the program"),
    ("health_metrics", "guarded by the address of the scraper"),
    ("docs_openapi", "the description of the API holds no data"),
    ("docs_swagger", "the documentation holds no data"),
    ("docs_redoc", "the documentation holds no data"),
    ("docs_problems", "the documentation holds no data"),
    ("inbound_emails_deliver", "a mail server proves itself by the secret address and a signature"),
    ("docs_asset", "scripts and styles of the documentation"),
];

#[tokio::test]
async fn every_row_of_the_table_is_used_by_a_route() {
    let app = TestApp::start().await;
    let operations = app.app.operations();
    let used: BTreeSet<&str> = operations
        .iter()
        .filter_map(|operation| match operation.guard {
            Guard::Permission(row) => Some(row.name),
            _ => None,
        })
        .collect();
    let served: BTreeSet<&str> = operations.iter().map(|operation| operation.resource).collect();
    for resource in UNSERVED_RESOURCES {
        assert!(!served.contains(resource), "{resource} has routes now: take it out of UNSERVED_RESOURCES");
    }
    for (name, _) in UNSERVED {
        assert!(TABLE.iter().any(|row| row.name == *name), "{name} is no row: take it out of UNSERVED");
        assert!(!used.contains(name), "{name} has a route now: take it out of UNSERVED");
    }
    let idle: Vec<&str> = TABLE
        .iter()
        .filter(|row| !UNSERVED_RESOURCES.contains(&row.resource))
        .map(|row| row.name)
        .filter(|name| !used.contains(name) && !UNSERVED.iter().any(|(known, _)| known == name))
        .collect();
    assert_eq!(idle, Vec::<&str>::new(), "rows without a route");
    app.finish().await;
}

#[tokio::test]
async fn only_listed_routes_are_open() {
    let app = TestApp::start().await;
    let open: BTreeSet<&str> = app
        .app
        .operations()
        .iter()
        .filter(|operation| matches!(operation.guard, Guard::Public))
        .map(|operation| operation.id.as_str())
        .collect();
    let listed: BTreeSet<&str> = OPEN.iter().map(|(id, _)| *id).collect();
    assert_eq!(open, listed);
    app.finish().await;
}

#[tokio::test]
async fn operations_have_names_of_their_own() {
    let app = TestApp::start().await;
    let mut seen = BTreeSet::new();
    for operation in app.app.operations() {
        assert!(seen.insert(operation.id.clone()), "{} is there twice", operation.id);
        assert!(seen.insert(format!("{} {}", operation.method, operation.path)), "{} twice", operation.path);
    }
    app.finish().await;
}

/// What an operator lacks although a company's administrator holds it.
const WITHHELD: &[&str] = &["api_keys.create", "api_keys.update", "api_keys.rotate"];

#[test]
fn rows_have_names_of_their_own_and_say_what_they_mean() {
    let mut names = BTreeSet::new();
    for row in TABLE {
        assert!(names.insert(row.name), "{} is there twice", row.name);
        assert_eq!(row.name, format!("{}.{}", row.resource, row.action));
        assert!(row.meaning.ends_with('.'), "{}", row.name);
        // Rights only shrink downwards, counted by whether there is any.
        let roles = if WITHHELD.contains(&row.name) { &Role::ALL[1..] } else { Role::ALL };
        let lacks: Vec<bool> = roles.iter().map(|role| row.reach_of(*role) == Reach::None).collect();
        assert!(lacks.is_sorted(), "{}: a lower role holds what a higher one lacks", row.name);
    }
}

#[test]
fn reasons_to_span_companies_are_few() {
    // A further reason is a decision: think about who may use it, then raise the number.
    assert_eq!(CrossTenant::ALL.len(), 6, "{:?}", CrossTenant::NAMES);
}
