//! What the API's description promises of refusals, held against every answer of every test.

use http::Method;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use stoa::errors::Code;

/// An operation: method, segments of its path, and the codes that it may answer with.
type Promise = (Method, Vec<String>, BTreeSet<Code>);

static PROMISES: LazyLock<Vec<Promise>> = LazyLock::new(|| {
    let (_, operations) = stoa::routers::all().into_parts();
    let promise = |operation: &stoa::web::Operation| {
        let segments = operation.path.split('/').map(str::to_owned).collect();
        (operation.method.clone(), segments, stoa::openapi::problem_codes(operation))
    };
    operations.iter().map(promise).collect()
});

/// Fails when a described operation refuses with a code that its description does not name.
#[track_caller]
pub fn check(method: &Method, path: &str, body: &[u8]) {
    let Ok(problem) = serde_json::from_slice::<Value>(body) else { return };
    let Some(code) = problem["code"].as_str() else { return };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |(known, pattern, _): &&Promise| {
        known == method
            && pattern.len() == segments.len()
            && pattern.iter().zip(&segments).all(|(want, got)| want.starts_with('{') || want == got)
    };
    // A literal segment comes before a parameter, as in the router.
    let fixed = |(_, pattern, _): &&Promise| pattern.iter().filter(|part| !part.starts_with('{')).count();
    let Some((_, pattern, codes)) = PROMISES.iter().filter(fits).max_by_key(fixed) else { return };
    let named = codes.iter().any(|known| known.as_str() == code);
    assert!(named, "{method} {} is not described to answer {code}: {problem}", pattern.join("/"));
}
