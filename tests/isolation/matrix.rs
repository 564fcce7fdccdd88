//! The matrix itself: companies A, B and C, the cast, every operation, and the four oracles.

use super::{attacks, lists};
use crate::support::Answer;
use crate::world::{Journal, Place, Principal, Shot, World, cast, differences, info, unique_fields};
use bson::{Document, doc};
use futures::StreamExt;
use futures::future::BoxFuture;
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use stoa::permissions::{Guard, Role};
use stoa::web::{AnswerDoc, Operation};
use tracing_subscriber::fmt::MakeWriter;

/// Requests under way at once.
pub const AT_ONCE: usize = 8;
/// Text of natural keys that only B holds; it has no canary, as A sends it.
pub const ONLY_IN_B: &str = "only in the other company";

/// Two requests whose answers must be alike: one about B, one about what does not exist.
pub struct Duel {
    pub kind: &'static str,
    pub principal: Principal,
    pub foreign: (Shot, Vec<String>),
    pub missing: (Shot, Vec<String>),
    /// Whether both must be refused.
    pub refused: bool,
}

/// Everything that a matrix needs.
pub struct Stage {
    pub world: World,
    pub a: Place,
    pub b: Place,
    pub c: Place,
    pub cast: Vec<Principal>,
    pub journal: Journal,
}

impl Stage {
    async fn set() -> Self {
        let world = World::start().await;
        let secret = stoa::auth::random::base62(16).to_lowercase();
        let journal = Journal::new("isolation", &secret);
        // Equal numbers in both: sequence numbers are natural keys that overlap.
        let a = world.place("a", 1).await;
        let b = world.place(&format!("canary-b-{secret}"), 1).await;
        let c = world.place("c", 1).await;
        for model in stoa::models::ALL.iter().filter(|model| model.scope_field == Some("company_id")) {
            let texts = text_keys(model.resource);
            if texts.is_empty() {
                continue;
            }
            // One record with the natural keys of A's, one with keys that A does not have.
            let of_a = a.document(model, a.id(model.resource), 1, true);
            let shared: Document =
                texts.iter().filter_map(|name| Some((name.clone(), of_a.get(name)?.clone()))).collect();
            let only: Document = texts.iter().map(|name| (name.clone(), ONLY_IN_B.into())).collect();
            world.fresh(&b, model.resource, shared).await;
            world.fresh(&b, model.resource, only).await;
            world.fresh(&b, model.resource, doc! { "deleted_at": bson::DateTime::now() }).await;
        }
        // Entries of the audit log that the program made, with old and new values.
        let tag = format!("/api/tags/{}", b.id("tags"));
        b.tenant
            .admin
            .ask()
            .patch(&tag, json!({ "description": format!("{} audited", b.mark) }))
            .await
            .expect(200);
        let cast = cast(&world, &a).await;
        Self { world, a, b, c, cast, journal }
    }

    /// Those whom an operation does not let see B by right.
    pub fn outsiders(&self, operation: &Operation) -> impl Iterator<Item = &Principal> {
        let spans = matches!(operation.guard, Guard::Permission(row) if row.global);
        self.cast.iter().filter(move |principal| {
            !(spans && principal.role == Some(Role::Superadmin) && principal.company.is_none())
        })
    }

    /// The most powerful, the least, and the operator inside A.
    pub fn chief(&self) -> impl Iterator<Item = &Principal> {
        let names = ["company_admin", "client", "superadmin_acting", "api_key"];
        self.cast.iter().filter(move |principal| names.contains(&principal.name))
    }

    /// Fires both and compares.
    async fn fight(&self, operation: &Operation, duel: Duel) {
        let label =
            format!("{} {} as {} by {}", operation.method, operation.path, duel.principal.name, duel.kind);
        let foreign = self.fire(&label, &duel.principal, &duel.foreign.0).await;
        let missing = self.fire(&label, &duel.principal, &duel.missing.0).await;
        self.journal.cell(duel.kind);
        let (left, right) = (&duel.foreign.1, &duel.missing.1);
        if let Some(difference) = differences(&foreign, left, &missing, right) {
            self.journal.fail(format!("{label}: {}: {difference}", duel.foreign.0.path));
        }
        if duel.refused && !foreign.status.is_client_error() && foreign.status != 304 {
            self.journal.fail(format!("{label}: not refused: {} {}", foreign.status, foreign.text()));
        }
    }

    /// Fires one request and looks for the canary.
    pub async fn fire(&self, label: &str, principal: &Principal, shot: &Shot) -> Answer {
        let answer = tokio::time::timeout(Duration::from_secs(40), shot.fire(principal.ask())).await;
        let answer = answer.unwrap_or_else(|_| panic!("{label}: no answer to {shot:?}"));
        let told_by_request = self.journal.holds(&shot.path)
            || shot.body.as_ref().is_some_and(|b| self.journal.holds(&b.to_string()));
        assert!(!told_by_request, "{label}: the request itself holds the canary");
        self.journal.inspect(label, &answer);
        answer
    }
}

/// The stored names of texts that a unique index of the resource holds, lower-cased copies included.
pub fn text_keys(resource: &str) -> Vec<String> {
    let unique = unique_fields(resource);
    let texts = info(resource)
        .fields
        .iter()
        .filter(|spec| unique.contains(&spec.name) && matches!(spec.kind, stoa::schema::Kind::Text { .. }));
    texts.flat_map(|spec| [spec.name.to_owned(), spec.sort_path()]).collect()
}

/// A log that is kept, to look into afterwards.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn nobody_reaches_another_company() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().json().with_writer(log.clone()).with_max_level(tracing::Level::TRACE);
    // The test's runtime has one thread, so this covers every task of the program.
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let started = Instant::now();
    let stage = Stage::set().await;
    let before = stage.world.hash(&stage.b).await;
    let operations = stage.world.app.app.operations().to_vec();
    for operation in &operations {
        let streams = matches!(operation.doc.answer, AnswerDoc::Events);
        let mut duels = if streams { Vec::new() } else { attacks::on(&stage, operation).await };
        duels.extend(attacks::by_header(&stage, operation));
        let duels: Vec<BoxFuture<'_, ()>> = duels
            .into_iter()
            .map(|duel| -> BoxFuture<'_, ()> { Box::pin(stage.fight(operation, duel)) })
            .collect();
        futures::stream::iter(duels).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
        if !streams {
            lists::attack(&stage, operation).await;
            attacks::collide(&stage, operation).await;
            attacks::repeat(&stage, operation).await;
        }
    }
    let after = stage.world.hash(&stage.b).await;
    for (collection, rows) in &before {
        if after[collection] != *rows {
            stage.journal.fail(format!("{collection} of B changed"));
        }
    }
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(log.lines().count() > operations.len(), "the log was not captured");
    for line in log.lines().filter(|line| stage.journal.holds(line)) {
        stage.journal.fail(format!("the canary is in the log: {line}"));
    }
    eprintln!("{} operations in {:?}", operations.len(), started.elapsed());
    let Stage { world, journal, .. } = stage;
    world.app.finish().await;
    journal.finish();
}
