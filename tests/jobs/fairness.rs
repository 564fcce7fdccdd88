//! Tests of fairness between companies: turns, and a share for each.

use super::{add, end, job, jobs, settings, until, workers};
use crate::support::TestApp;
use bson::{Document, doc};
use stoa::config::JobsSettings;

#[tokio::test]
async fn a_company_with_thousands_of_jobs_does_not_make_another_wait() {
    let app = TestApp::start().await;
    let (a, b) = (Some(app.tenant("a").await.id), Some(app.tenant("b").await.id));
    let flood: Vec<Document> = (0..3000).map(|_| job(a, 20, doc! { "priority": 0_i64 })).collect();
    app.raw.collection("jobs").insert_many(flood).await.unwrap();
    let working = workers(&app, &JobsSettings { concurrency: 2, drain_s: 0, ..settings() });
    until_begun(&app).await;
    let single = add(&app.raw, job(b, 0, doc! { "priority": 9_i64 })).await;
    let done = until(&app.raw, single, "done").await;
    let before = done.get_datetime("started_at").unwrap();
    let inserted = done.get_datetime("created_at").unwrap();
    let between = doc! { "company_id": a, "started_at": { "$gt": inserted, "$lt": before } };
    let ahead = jobs(&app.raw, between).await.len();
    assert!(ahead < 100, "{ahead} jobs of the other company came first");
    end(working).await;
    app.finish().await;
}

async fn until_begun(app: &TestApp) {
    let deadline = std::time::Instant::now() + super::LONG;
    while jobs(&app.raw, doc! { "state": "done" }).await.is_empty() {
        assert!(std::time::Instant::now() < deadline);
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_company_never_has_more_than_its_share_at_a_time() {
    let app = TestApp::start().await;
    let a = Some(app.tenant("a").await.id);
    let mut added = Vec::new();
    for _ in 0..20 {
        added.push(add(&app.raw, job(a, 200, doc! {})).await);
    }
    let working = workers(&app, &JobsSettings { concurrency: 8, per_company: 2, ..settings() });
    for id in added {
        until(&app.raw, id, "done").await;
    }
    end(working).await;
    let done = jobs(&app.raw, doc! { "company_id": a }).await;
    let time = |job: &Document, name: &str| job.get_datetime(name).unwrap().timestamp_millis();
    let spans: Vec<(i64, i64)> =
        done.iter().map(|job| (time(job, "started_at"), time(job, "finished_at"))).collect();
    let most =
        spans.iter().map(|(start, _)| spans.iter().filter(|(from, to)| from <= start && start < to).count());
    assert_eq!(most.max(), Some(2));
    app.finish().await;
}

#[tokio::test]
async fn jobs_that_wait_for_servers_of_companies_leave_places_for_all_others() {
    let app = TestApp::start().await;
    let companies = [app.tenant("a").await.id, app.tenant("b").await.id, app.tenant("c").await.id];
    let outward = doc! { "priority": stoa::jobs::OUTWARD[0] };
    for company in companies {
        for _ in 0..4 {
            add(&app.raw, job(Some(company), 3_600_000, outward.clone())).await;
        }
    }
    let four = JobsSettings { concurrency: 4, per_company: 4, drain_s: 0, ..settings() };
    let working = workers(&app, &four);
    let leased = doc! { "state": "leased" };
    let deadline = std::time::Instant::now() + super::LONG;
    while jobs(&app.raw, leased.clone()).await.len() < four.outward() {
        assert!(std::time::Instant::now() < deadline);
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    // The platform and the same companies go on with everything else.
    for company in [None, Some(companies[0]), Some(companies[1]), Some(companies[2])] {
        let other = add(&app.raw, job(company, 0, doc! { "priority": 9_i64 })).await;
        until(&app.raw, other, "done").await;
        assert_eq!(jobs(&app.raw, leased.clone()).await.len(), four.outward());
    }
    end(working).await;
    app.finish().await;
}

#[tokio::test]
async fn jobs_that_waited_for_a_place_have_it_when_one_is_free() {
    let app = TestApp::start().await;
    let companies = [app.tenant("a").await.id, app.tenant("b").await.id, app.tenant("c").await.id];
    let outward = doc! { "priority": stoa::jobs::OUTWARD[1] };
    let mut added = Vec::new();
    for n in 0..30 {
        added.push(add(&app.raw, job(Some(companies[n % 3]), 50, outward.clone())).await);
    }
    let working = workers(&app, &JobsSettings { concurrency: 4, per_company: 2, ..settings() });
    for id in added {
        until(&app.raw, id, "done").await;
    }
    end(working).await;
    app.finish().await;
}
