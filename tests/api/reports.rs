//! Reports: every number is that of a list which the caller could ask for, and nobody counts what they do not see.

use crate::support::{Persona, Tenant, TestApp, url};
use bson::{DateTime, Document, doc, oid::ObjectId};
use futures::TryStreamExt;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use stoa::schema::format_time;

const OVERVIEW: &str = "/api/reports/overview";
const UNSOLVED: [&str; 4] = ["new", "open", "pending", "on_hold"];
const DAY_MS: i64 = 86_400_000;
/// Half an hour off the full hour and without summer time: an error of the day's begin shows, a change of clocks does not.
const KOLKATA_MS: i64 = 19_800_000;

fn id(record: &Value) -> ObjectId {
    ObjectId::parse_str(record["id"].as_str().unwrap()).unwrap()
}

async fn set(app: &TestApp, collection: &str, which: ObjectId, fields: Document) {
    app.alter(collection, doc! { "_id": which }, doc! { "$set": fields }).await;
}

/// Tickets in all states, for some of which the writer's department, or the writer, is there.
async fn busy(app: &TestApp, slug: &str, count: usize) -> Tenant {
    let a = app.tenant(slug).await;
    set(app, "companies", a.id, doc! { "timezone": "Asia/Kolkata" }).await;
    let department = a.admin.ask().post("/api/departments", json!({ "name": "Repairs" })).await.expect(201);
    for (collection, which) in [("users", a.writer.id), ("sessions", a.writer.session)] {
        set(app, collection, which, doc! { "department_ids": [id(&department)] }).await;
    }
    let mut tickets = Vec::new();
    for n in 0..count {
        let mut body = json!({
            "subject": format!("{slug} {n}"), "description": "It does not print.",
            "priority": (["low", "normal", "high", "urgent"][n % 4]),
        });
        match n % 5 {
            0 => body["department_id"] = department["id"].clone(),
            1 => body["assignee_id"] = json!(a.writer.id.to_hex()),
            2 => body["assignee_id"] = json!(a.manager.id.to_hex()),
            3 => body["assignee_id"] = json!(a.admin.id.to_hex()),
            _ => {}
        }
        if n % 7 == 3 {
            body["cc_ids"] = json!([a.writer.id.to_hex()]);
        }
        let ticket = a.admin.ask().post("/api/tickets", body).await.expect(201);
        let path = |rest: &str| format!("/api/tickets/{}/{rest}", ticket["id"].as_str().unwrap());
        let status = ["new", "open", "pending", "on_hold", "solved", "closed"][(n / 2) % 6];
        if n % 4 == 1 && status != "new" {
            a.admin.ask().post(&path("messages"), json!({ "body": "We look at it." })).await.expect(201);
        }
        if status != "new" {
            let body = json!({ "status": status, "reason": "So it is." });
            a.admin.ask().post(&path("status"), body).await.expect(200);
        }
        if n == 9 || n == 20 {
            a.admin.ask().post(&path("archive"), json!({})).await.expect(200);
        }
        if n == 10 {
            a.admin
                .ask()
                .delete(&format!("/api/tickets/{}", ticket["id"].as_str().unwrap()))
                .await
                .expect(200);
        }
        if n == 21 {
            a.admin.ask().post(&path("status"), json!({ "status": "open" })).await.expect(200);
        }
        tickets.push(id(&ticket));
    }
    // Some days of the past: one at the last moment of a day there, one at the first of the next.
    let today = (app.clock.now().timestamp_millis() + KOLKATA_MS) / DAY_MS * DAY_MS - KOLKATA_MS;
    for (n, ticket) in tickets.iter().enumerate() {
        let at = match n % 6 {
            0 => today - 1,
            1 => today,
            2 => today - 40 * DAY_MS,
            n => today - i64::try_from(n).unwrap() * DAY_MS + 1000,
        };
        set(app, "tickets", *ticket, doc! { "created_at": DateTime::from_millis(at) }).await;
        let solved = doc! { "_id": ticket, "solved_at": { "$ne": null } };
        let at = DateTime::from_millis(at.max(today - 6 * DAY_MS) - i64::from(n % 4 == 0));
        app.alter("tickets", solved, doc! { "$set": { "solved_at": at } }).await;
    }
    a
}

async fn total(who: &Persona, company: ObjectId, filter: Value) -> i64 {
    let path = url("/api/tickets", &[("filter", &filter.to_string()), ("per_page", "1")]);
    ask(who, company, &path).await["total"].as_i64().unwrap()
}

/// Reads, as an operator in the company.
async fn ask(who: &Persona, company: ObjectId, path: &str) -> Value {
    let superadmin = who.role == stoa::permissions::Role::Superadmin;
    let ask = if superadmin { who.ask().acting_in(company) } else { who.ask() };
    ask.get(path).await.expect(200)
}

/// Compares each number with the total of a list. Returns how many tickets there are at all.
async fn check(who: &Persona, a: &Tenant, days: i64) -> i64 {
    let found = ask(who, a.id, &format!("{OVERVIEW}?days={days}")).await;
    let name = who.role.as_str();
    let total = async |filter: Value| total(who, a.id, filter).await;
    let mut all = 0;
    for status in UNSOLVED.iter().chain(&["solved", "closed"]) {
        let number = total(json!({ "status": status })).await;
        assert_eq!(found["by_status"][status], number, "{status} {name}");
        all += number;
    }
    for priority in ["low", "normal", "high", "urgent"] {
        let number = total(json!({ "status_in": UNSOLVED, "priority": priority })).await;
        assert_eq!(found["by_priority"][priority], number, "{priority} {name}");
    }
    let waiting = json!({ "status_in": ["new", "open"], "first_responded_at_isnull": true });
    for (number, filter) in [
        (&found["unassigned"], json!({ "status_in": UNSOLVED, "assignee_id_isnull": true })),
        (&found["mine"]["open"], json!({ "status_in": UNSOLVED, "assignee_id": "me" })),
        (&found["mine"]["pending"], json!({ "status": "pending", "assignee_id": "me" })),
        (&found["unanswered"], waiting.clone()),
    ] {
        assert_eq!(*number, total(filter.clone()).await, "{filter} {name}");
    }
    let pairs = [("filter", waiting.to_string()), ("sort", "created_at".into()), ("per_page", "10".into())];
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let list = ask(who, a.id, &url("/api/tickets", &pairs)).await;
    assert_eq!(found["oldest_unanswered"], list["data"], "{name}");
    assert_eq!((&found["exact"], &found["timezone"]), (&json!(true), &json!("Asia/Kolkata")));
    let told = found["days"].as_array().unwrap();
    assert_eq!(told.len(), usize::try_from(days).unwrap());
    for day in told {
        let text = format!("{}T00:00:00Z", day["date"].as_str().unwrap());
        let begin = DateTime::parse_rfc3339_str(text).unwrap().timestamp_millis() - KOLKATA_MS;
        let time = |ms: i64| json!(format_time(DateTime::from_millis(ms)));
        for (number, field) in [("created", "created_at"), ("solved", "solved_at")] {
            let (from, to) = (format!("{field}_gte"), format!("{field}_lt"));
            let filter = json!({ from: time(begin), to: time(begin + DAY_MS), "archived_in": [true, false] });
            assert_eq!(day[number], total(filter).await, "{day} {name}");
        }
    }
    all
}

#[tokio::test]
async fn every_number_is_the_total_of_a_list_of_the_caller() {
    let app = TestApp::start().await;
    let (a, b) = (busy(&app, "a", 36).await, busy(&app, "b", 8).await);
    let root = app.superadmin().await;
    let mut seen = Vec::new();
    for who in [&a.admin, &a.manager, &a.writer, &root] {
        seen.push(check(who, &a, 7).await);
    }
    // Of 36, two are archived and one is in the trash; the writer sees a part, in every scope another one.
    assert_eq!((seen[0], seen[1], seen[3]), (33, 33, 33));
    for (scope, all) in [("own", false), ("all", true)] {
        set(&app, "sessions", a.writer.session, doc! { "ticket_scope": scope }).await;
        seen.push(check(&a.writer, &a, 7).await);
        assert_eq!(seen[seen.len() - 1] == 33, all, "{scope}");
    }
    assert!(0 < seen[4] && seen[4] < seen[2] && seen[2] < 33, "{seen:?}");
    assert_eq!(check(&b.admin, &b, 8).await, 8);
    let found = a.admin.ask().get(OVERVIEW).await.expect(200);
    assert!(!found.to_string().contains("b 1"), "a ticket of another company");
    // A reopened ticket was solved on that day all the same.
    let days = found["days"].as_array().unwrap();
    let solved: i64 = days.iter().map(|day| day["solved"].as_i64().unwrap()).sum();
    assert!(solved > found["by_status"]["solved"].as_i64().unwrap(), "{found}");
    app.finish().await;
}

#[tokio::test]
async fn reports_are_for_staff_inside_a_company() {
    let app = TestApp::start().await;
    let (a, root) = (app.tenant("a").await, app.superadmin().await);
    let refused = a.client.ask().get(OVERVIEW).await.refused(403, "forbidden");
    assert_eq!(refused["missing_capability"], "reports.read");
    app.anonymous().get(OVERVIEW).await.refused(401, "unauthenticated");
    root.ask().get(OVERVIEW).await.refused(400, "company_required");
    root.ask().acting_in(a.id).get(OVERVIEW).await.expect(200);
    let visit = doc! { "company_id": a.id, "action": "reports.read", "actor_id": root.id };
    assert_eq!(app.count("audit_log", visit).await, 1);
    let empty = a.writer.ask().get(OVERVIEW).await.expect(200);
    assert_eq!((&empty["unanswered"], &empty["oldest_unanswered"]), (&json!(0), &json!([])));
    app.finish().await;
}

#[tokio::test]
async fn days_are_those_of_the_companys_calendar() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for (days, wanted) in [("", 30), ("?days=7", 7), ("?days=90", 90)] {
        let found = a.admin.ask().get(&format!("{OVERVIEW}{days}")).await.expect(200);
        assert_eq!(found["days"].as_array().unwrap().len(), wanted);
    }
    for wrong in ["days=6", "days=91", "days=x", "days=", "day=7", "days=7&timezone=UTC", "days=7&days=1"] {
        a.admin.ask().get(&format!("{OVERVIEW}?{wrong}")).await.refused(422, "invalid_parameter");
    }
    // Zones where clocks change, zones east and west of the date line, and one that nobody knows.
    for (zone, told) in [
        ("Europe/Berlin", "Europe/Berlin"),
        ("America/Sao_Paulo", "America/Sao_Paulo"),
        ("Pacific/Kiritimati", "Pacific/Kiritimati"),
        ("Pacific/Pago_Pago", "Pacific/Pago_Pago"),
        ("Nowhere/Land", "UTC"),
    ] {
        set(&app, "companies", a.id, doc! { "timezone": zone }).await;
        let found = a.admin.ask().get(&format!("{OVERVIEW}?days=90")).await.expect(200);
        assert_eq!(found["timezone"], told);
        let days: Vec<&str> =
            found["days"].as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap()).collect();
        let distinct: BTreeSet<&str> = days.iter().copied().collect();
        assert_eq!((days.len(), distinct.len(), days.is_sorted()), (90, 90, true), "{zone} {days:?}");
    }
    app.finish().await;
}

#[tokio::test]
async fn an_index_alone_answers_for_a_company_and_gives_the_order_of_those_who_wait() {
    let app = TestApp::start().await;
    let a = busy(&app, "a", 12).await;
    app.raw.run_command(doc! { "profile": 2 }).await.unwrap();
    a.admin.ask().with("x-request-id", "overview-1").get(OVERVIEW).await.expect(200);
    a.writer.ask().with("x-request-id", "overview-2").get(OVERVIEW).await.expect(200);
    app.raw.run_command(doc! { "profile": 0 }).await.unwrap();
    let of_tickets =
        doc! { "ns": { "$regex": "tickets$" }, "command.comment": { "$regex": "overview-[12]" } };
    let profile = app.raw.collection::<Document>("system.profile");
    let rows: Vec<Document> = profile.find(of_tickets).await.unwrap().try_collect().await.unwrap();
    // Three tallies and a list. For the writer one of them, and the counts of what is solved and closed, in five parts.
    let of = |id: &str| rows.iter().filter(|row| row.to_string().contains(id)).count();
    assert_eq!((of("overview-1"), of("overview-2")), (4, 18), "{rows:?}");
    for row in &rows {
        let (plan, command) = (row.get_str("planSummary").unwrap(), row.get_document("command").unwrap());
        assert!(plan.contains("IXSCAN") && !plan.contains("COLLSCAN"), "{plan}");
        let whole = command.get_str("comment").unwrap() == "overview-1";
        if whole && command.contains_key("aggregate") {
            let read = row.get("docsExamined").and_then(|n| n.as_i32().map(i64::from).or(n.as_i64()));
            assert_eq!(read, Some(0), "{row}");
        }
        if whole && command.contains_key("find") {
            assert_eq!(command.get_str("hint").unwrap(), "ticket_states", "{row}");
            assert!(!row.get_bool("hasSortStage").unwrap_or(false), "{row}");
        }
    }
    app.finish().await;
}
