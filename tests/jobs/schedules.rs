//! Tests of periodic jobs: once for each time, whoever looks, and through the changes of the clocks.

use super::jobs;
use crate::support::TestApp;
use bson::{DateTime, Document, doc};
use futures::future::join_all;
use std::time::Duration;
use stoa::jobs::{SCHEDULES, Schedule, tick};
use stoa::services::tickets::Sweep;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// One schedule, so that what it adds can be counted.
const ONE: &[Schedule] = &[Schedule::of::<Sweep>("tickets.sweep", "*/30 * * * * *", "UTC")];

#[tokio::test]
async fn of_many_instances_that_look_at_once_one_adds_the_job() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let next = tick(&app.app, ONE).await.unwrap().unwrap();
    assert!(jobs(&app.raw, doc! {}).await.is_empty(), "nothing was due yet");
    for round in 1..=3 {
        for app in [&app, &other] {
            app.clock.advance(Duration::from_secs(30));
        }
        let looks = (0..10).map(|n| tick(if n % 2 == 0 { &app.app } else { &other.app }, ONE));
        for look in join_all(looks).await {
            assert!(look.unwrap().unwrap() > next);
        }
        let added = jobs(&app.raw, doc! { "kind": "tickets.sweep" }).await;
        assert_eq!(added.len(), round, "{added:?}");
    }
    assert_eq!(stoa::jobs::run_due(&app.app).await.unwrap(), 3);
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn times_that_nobody_looked_at_come_once_and_one_that_came_does_not_come_again() {
    let app = TestApp::start().await;
    let due = tick(&app.app, ONE).await.unwrap().unwrap();
    app.clock.advance(Duration::from_secs(3600));
    let next = tick(&app.app, ONE).await.unwrap().unwrap();
    assert!(next > app.clock.now());
    assert_eq!(jobs(&app.raw, doc! {}).await.len(), 1);
    // As if the time had not moved on although the job was added.
    let schedules = app.raw.collection::<Document>("schedules");
    let back = doc! { "$set": { "next_run_at": due } };
    schedules.update_one(doc! { "_id": "tickets.sweep" }, back).await.unwrap();
    tick(&app.app, ONE).await.unwrap();
    assert_eq!(jobs(&app.raw, doc! {}).await.len(), 1, "its key is taken");
    let stored = schedules.find_one(doc! { "_id": "tickets.sweep" }).await.unwrap().unwrap();
    assert!(*stored.get_datetime("next_run_at").unwrap() > app.clock.now());
    // Another rule begins anew and adds nothing for the time of the old one.
    let other = doc! { "$set": { "cron": "0 0 1 1 *", "next_run_at": due } };
    schedules.update_one(doc! { "_id": "tickets.sweep" }, other).await.unwrap();
    tick(&app.app, ONE).await.unwrap();
    assert_eq!(jobs(&app.raw, doc! {}).await.len(), 1);
    app.finish().await;
}

#[test]
fn every_schedule_has_a_rule_that_can_be_read_and_a_name_of_its_own() {
    let mut names: Vec<_> = SCHEDULES.iter().map(|schedule| schedule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), SCHEDULES.len());
    for schedule in SCHEDULES {
        assert!(schedule.after(DateTime::now()).unwrap() > DateTime::now(), "{}", schedule.name);
    }
}

/// The first times of a rule in Berlin after a time, in UTC.
fn times(cron: &'static str, after: &str, count: usize) -> Vec<String> {
    let schedule = Schedule::of::<Sweep>("test", cron, "Europe/Berlin");
    let start = OffsetDateTime::parse(after, &Rfc3339).unwrap();
    let mut at = DateTime::from_millis(start.unix_timestamp() * 1000);
    let mut step = || {
        at = schedule.after(at).unwrap();
        at.try_to_rfc3339_string().unwrap()
    };
    (0..count).map(|_| step()).collect()
}

#[test]
fn daylight_saving_neither_loses_a_fixed_time_nor_brings_it_twice() {
    // The clocks go from 02:00 to 03:00 on 2027-03-28, and from 03:00 back to 02:00 on 2026-10-25.
    assert_eq!(
        times("30 2 * * *", "2027-03-26T12:00:00Z", 3),
        ["2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:30:00Z"]
    );
    assert_eq!(
        times("30 2 * * *", "2026-10-24T12:00:00Z", 2),
        ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
    );
    // What comes every half an hour comes in both of the hours that have the same name.
    assert_eq!(
        times("*/30 * * * *", "2026-10-24T23:59:00Z", 5),
        [
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:00:00Z"
        ]
    );
}
