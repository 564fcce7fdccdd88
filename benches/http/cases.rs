//! What is measured: a request and the database work that it stands for.

use super::load::{connect, get, json, send};
use super::raw::Raw;
use super::seed::{PASSWORD, Seeded, Tenant, ticket};
use bson::doc;
use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use serde_json::{Value, json};
use std::net::SocketAddr;

/// A ticket that the driver gives an id of its own each time.
fn without_id(mut ticket: bson::Document) -> bson::Document {
    ticket.remove("_id");
    ticket
}

/// The n-th request of a case.
type Make = Box<dyn Fn(u64) -> Request<Full<Bytes>> + Send + Sync>;

pub struct Case {
    pub name: &'static str,
    pub request: Make,
    pub raw: Raw,
}

/// Logs in as the administrator of a company.
pub async fn log_in(address: SocketAddr, tenant: &Tenant) -> String {
    let mut sender = connect(address).await;
    let (status, body) = send(&mut sender, login_request(&tenant.email, 0)).await;
    assert!(status.is_success(), "{}", String::from_utf8_lossy(&body));
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    body["access_token"].as_str().expect("token").to_owned()
}

/// A log-in from a network of its own, as log-ins from one network are limited.
fn login_request(email: &str, n: u64) -> Request<Full<Bytes>> {
    let body = json!({ "grant_type": "password", "username": email, "password": PASSWORD });
    let mut request = json("POST", "/auth/token", "", &body);
    let address = format!("10.{}.{}.1", (n >> 8) & 255, n & 255);
    request.headers_mut().insert("x-forwarded-for", address.parse().expect("header"));
    request
}

fn reading(path: String, token: &str) -> Make {
    let token = token.to_owned();
    Box::new(move |_| get(&path, &token))
}

fn page(tenant: &Tenant, skip: u64) -> Raw {
    Raw::Find {
        filter: doc! { "company_id": tenant.id, "deleted_at": null, "archived": false },
        sort: doc! { "created_at": -1, "_id": -1 },
        skip,
        hint: Some("ticket_created"),
    }
}

pub fn all(seeded: &Seeded, large: &str, small: &str) -> Vec<Case> {
    let (big, little) = (&seeded.large, &seeded.small);
    let (first, count) = (big.tickets[0], big.tickets.len() as u64);
    let ids = big.tickets.clone();
    let (get_ids, patch_ids) = (ids.clone(), ids);
    let (get_token, patch_token, create_token) = (large.to_owned(), large.to_owned(), large.to_owned());
    let (company, emails) = (big.id, big.emails.clone());
    let by_status = doc! { "company_id": big.id, "deleted_at": null, "archived": false, "status": "open" };
    let newest = doc! { "created_at": -1, "_id": -1 };
    let filtered = r#"/api/tickets?filter=%7B%22status%22%3A%22open%22%7D"#.to_owned();
    let cursor = seeded.deep_cursor.clone();
    vec![
        Case {
            name: "list + total, large company",
            request: reading("/api/tickets".to_owned(), large),
            raw: page(big, 0),
        },
        Case {
            name: "list + total, small company",
            request: reading("/api/tickets".to_owned(), small),
            raw: page(little, 0),
        },
        Case {
            name: "list filtered by status + total",
            request: reading(filtered, large),
            raw: Raw::Find { filter: by_status, sort: newest, skip: 0, hint: Some("ticket_status") },
        },
        Case {
            name: "page at offset 10 000 + total",
            request: reading("/api/tickets?page=401".to_owned(), large),
            raw: page(big, 10_000),
        },
        Case {
            name: "page by cursor, half way down",
            request: reading(format!("/api/tickets?after={cursor}"), large),
            raw: page(big, 0),
        },
        Case {
            name: "get",
            request: Box::new(move |n| {
                let id = get_ids[(n.wrapping_mul(7919) % count) as usize];
                get(&format!("/api/tickets/{}", id.to_hex()), &get_token)
            }),
            raw: Raw::Get(Box::new(move |_| doc! { "_id": first, "company_id": company })),
        },
        Case {
            name: "create",
            request: Box::new(move |n| {
                json(
                    "POST",
                    "/api/tickets",
                    &create_token,
                    &json!({ "subject": format!("Printer {n} is on fire"), "description": "It burns." }),
                )
            }),
            raw: Raw::Insert(without_id(ticket(big.id, big.user, 1, &[]))),
        },
        Case {
            name: "patch",
            request: Box::new(move |n| {
                let id = patch_ids[(n.wrapping_mul(104_729) % count) as usize];
                json(
                    "PATCH",
                    &format!("/api/tickets/{}", id.to_hex()),
                    &patch_token,
                    &json!({ "subject": format!("Changed {n}") }),
                )
            }),
            raw: Raw::Nothing,
        },
        Case {
            name: "log-in",
            request: Box::new(move |n| login_request(&emails[(n % emails.len() as u64) as usize], n)),
            raw: Raw::Nothing,
        },
    ]
}
