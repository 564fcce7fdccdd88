//! Two companies, one large and one small, written straight into the database.

use bson::{DateTime, Document, doc, oid::ObjectId};
use mongodb::{Client, Database};
use secrecy::SecretString;
use stoa::auth::password::PasswordHasher;
use stoa::db::{ConnectOptions, Db};
use stoa::support::Clock;

pub const PASSWORD: &str = "measure twice, cut once 4711";

pub struct Tenant {
    pub id: ObjectId,
    pub user: ObjectId,
    pub email: String,
    pub emails: Vec<String>,
    /// People with the same password who may not log in.
    pub disabled: Vec<String>,
    /// Some tickets, for reading and changing.
    pub tickets: Vec<ObjectId>,
}

pub struct Seeded {
    pub database: Database,
    pub large: Tenant,
    pub small: Tenant,
    /// The place half way down the large company's list.
    pub deep_cursor: String,
}

pub async fn seed(uri: &str, name: &str, large: u64, small: u64) -> Seeded {
    let options = ConnectOptions {
        uri: SecretString::from(uri.to_owned()),
        database: name.to_owned(),
        max_pool: 10,
        selection_timeout: std::time::Duration::from_secs(5),
        monitor_reads: false,
    };
    let db = Db::connect(&options, Clock::default()).await.expect("connect");
    stoa::migrate::up(&db).await.expect("migrate");
    let database = Client::with_uri_str(uri).await.expect("driver").database(name);
    let hash = PasswordHasher::new(None).expect("hasher").hash(&PASSWORD.to_owned().into()).expect("hash");
    let hash = stoa::db::to_document(&hash).expect("document");
    let large = tenant(&database, "large", large, &hash).await;
    let small = tenant(&database, "small", small, &hash).await;
    let middle = large.tickets[large.tickets.len() / 2];
    let tickets = database.collection::<Document>("tickets");
    let middle = tickets.find_one(doc! { "_id": middle }).await.expect("find").expect("ticket");
    let place = doc! { "s": "-created_at", "v": middle.get("created_at").cloned(), "i": middle.get_object_id("_id").expect("id") };
    let bytes = bson::serialize_to_vec(&place).expect("cursor");
    let deep_cursor = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes);
    Seeded { database, large, small, deep_cursor }
}

async fn tenant(database: &Database, slug: &str, count: u64, hash: &Document) -> Tenant {
    let (id, now) = (ObjectId::new(), DateTime::now());
    let stamps = doc! {
        "created_at": now, "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64, "deleted_at": null,
    };
    let mut company = doc! {
        "_id": id, "name": slug, "name_fold": slug, "slug": slug, "status": "active", "timezone": "UTC", "locale": "en",
        "branding": null, "support_access": "write", "active_admins": 32_i64,
    };
    company.extend(stamps.clone());
    database.collection("companies").insert_one(company).await.expect("company");
    let (mut emails, mut disabled, mut users) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..64 {
        let may = n < 32;
        let name = if may { "admin" } else { "disabled" };
        let (user, email) = (ObjectId::new(), format!("{name}{n}@{slug}.example"));
        let mut record = doc! {
            "_id": user, "company_id": id, "email": &email, "name": &email, "name_fold": &email, "role": "company_admin",
            "status": if may { "active" } else { "disabled" }, "password_hash": hash, "must_change_password": false, "avatar_url": null, "phone": null,
            "locale": null, "timezone": null, "department_ids": [], "ticket_scope": "department", "capacity": 0_i64,
            "skills": [], "out_of_office": null, "notification_preferences": null, "last_login_at": null, "epoch": 0_i64,
        };
        record.extend(stamps.clone());
        database.collection("users").insert_one(record).await.expect("user");
        database
            .collection("user_emails")
            .insert_one(doc! { "_id": &email, "user_id": user })
            .await
            .expect("address");
        if may {
            emails.push(email);
            users.push(user);
        } else {
            disabled.push(email);
        }
    }
    let tickets = database.collection::<Document>("tickets");
    let mut kept = Vec::new();
    let step = (count / 1000).max(1);
    for begin in (0..count).step_by(1000) {
        let batch: Vec<_> =
            (begin..count.min(begin + 1000)).map(|n| ticket(id, users[0], n + 1, &users)).collect();
        kept.extend(
            batch
                .iter()
                .step_by(usize::try_from(step).expect("small"))
                .filter_map(|t| t.get_object_id("_id").ok()),
        );
        tickets.insert_many(batch).await.expect("tickets");
    }
    let mut counters = vec![counter(id, "tickets:all", count)];
    for (n, status) in STATUSES.iter().enumerate() {
        let part = (0..count).filter(|ticket| (*ticket as usize + 1) % STATUSES.len() == n).count() as u64;
        counters.push(counter(id, &format!("tickets:status:{status}"), part));
    }
    counters.push(doc! { "_id": format!("{}:ticket", id.to_hex()), "value": count as i64 });
    database.collection("counters").insert_many(counters).await.expect("counters");
    Tenant { id, user: users[0], email: emails[0].clone(), emails, disabled, tickets: kept }
}

const STATUSES: &[&str] = &["new", "open", "pending", "on_hold", "solved"];

fn counter(company: ObjectId, name: &str, value: u64) -> Document {
    doc! { "_id": format!("{}:{name}:0", company.to_hex()), "value": value as i64 }
}

/// A ticket of usual size, about 1 KB.
pub fn ticket(company: ObjectId, requester: ObjectId, number: u64, assignees: &[ObjectId]) -> Document {
    let at = DateTime::from_millis(1_750_000_000_000 + number as i64 * 1000);
    let assignee = assignees.get(number as usize % assignees.len().max(1)).copied();
    doc! {
        "_id": ObjectId::new(), "company_id": company, "number": number as i64, "reference": format!("T-{number}"),
        "subject": format!("The printer on floor {} does not print", number % 40),
        "description": "Since this morning nothing comes out. The display says that the tray is empty, but it is full. ".repeat(2),
        "status": STATUSES[number as usize % STATUSES.len()], "priority": "normal", "kind": "question", "channel": "web",
        "requester_id": requester, "cc_ids": [], "assignee_id": assignee, "department_id": null, "category_id": null,
        "tag_ids": [], "follower_ids": [], "muted_ids": [], "external_id": null, "wake_at": null, "is_spam": false,
        "archived": false, "archived_at": null, "merged_into": null, "follow_up_of": null, "split_from": null,
        "message_count": 1_i64, "public_message_count": 1_i64, "event_count": 1_i64, "last_message_at": at,
        "last_public_message_at": at, "last_client_message_at": at, "last_staff_message_at": null,
        "last_message_preview": "Since this morning nothing comes out.", "first_assigned_at": null,
        "first_responded_at": null, "solved_at": null, "first_solved_at": null, "closed_at": null, "reopened_at": null,
        "reopen_count": 0_i64, "created_at": at, "created_by": requester, "updated_at": at,
        "updated_by": requester, "version": 1_i64, "deleted_at": null,
    }
}
