//! The people of the demo companies and how they log in.

use super::api::Api;
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The password of all of them. It is in the documentation: data of one's own do not belong beside it.
pub(super) const PASSWORD: &str = "look-around-and-try-it";
/// What a person is created with; each one changes it at once.
const FIRST: &str = "replaced-at-the-first-visit";

/// Address of the operator.
pub(super) const OPERATOR: &str = "operator@demo.example";

/// Someone who can log in.
pub(super) struct Person {
    pub email: &'static str,
    pub name: &'static str,
    pub role: &'static str,
}

const fn person(email: &'static str, name: &'static str, role: &'static str) -> Person {
    Person { email, name, role }
}

pub(super) const ACME: &[Person] = &[
    person("admin@acme.example", "Acme Admin", "company_admin"),
    person("manager@acme.example", "Acme Manager", "content_manager"),
    person("agent@acme.example", "Acme Agent", "content_writer"),
    person("agent2@acme.example", "Second Acme Agent", "content_writer"),
    person("client@acme.example", "Acme Client", "client"),
    person("client2@acme.example", "Second Acme Client", "client"),
    person("client3@acme.example", "Third Acme Client", "client"),
];

pub(super) const GLOBEX: &[Person] = &[
    person("admin@globex.example", "Globex Admin", "company_admin"),
    person("client@globex.example", "Globex Client", "client"),
];

/// Lines that tell a person at the terminal how to log in.
pub fn logins() -> impl Iterator<Item = String> {
    let operator = Person { email: OPERATOR, name: "", role: "superadmin" };
    let people = std::iter::once(&operator).chain(ACME).chain(GLOBEX);
    let lines: Vec<String> = people.map(|one| format!("  {:<16} {}", one.role, one.email)).collect();
    let head = format!("Log in with the password {PASSWORD} as one of");
    std::iter::once(head).chain(lines)
}

/// Addresses of everyone here.
pub(super) fn addresses() -> impl Iterator<Item = &'static str> {
    std::iter::once(OPERATOR).chain(ACME.iter().chain(GLOBEX).map(|person| person.email))
}

/// The people of a company, logged in, by the part of their address before the `@`.
pub(super) struct People {
    api: BTreeMap<&'static str, Api>,
    ids: Map<String, Value>,
}

impl People {
    /// Adds who is missing and logs everyone in. `operator` acts in the company.
    pub async fn gather(anyone: &Api, operator: &Api, people: &'static [Person]) -> anyhow::Result<Self> {
        let mut ids = operator.ids("users", "email").await?;
        let mut api = BTreeMap::new();
        for person in people {
            if !ids.contains_key(person.email) {
                let body = json!({
                    "email": person.email, "name": person.name, "role": person.role, "password": FIRST,
                    "ticket_scope": "all",
                });
                let made = operator.post("/api/users", body).await?;
                ids.insert(person.email.to_owned(), made["id"].clone());
            }
            let local = person.email.split('@').next().unwrap_or_default();
            api.insert(local, arrive(anyone, person.email).await?);
        }
        Ok(Self { api, ids: by_local_part(ids) })
    }

    /// Requests of a person.
    pub fn api(&self, who: &str) -> anyhow::Result<&Api> {
        self.api.get(who).with_context(|| format!("nobody is called {who}"))
    }

    /// Id of a person.
    pub fn id(&self, who: &str) -> anyhow::Result<&Value> {
        self.ids.get(who).with_context(|| format!("nobody is called {who}"))
    }

    /// Logs everyone out: the sessions of a loading last longer than those of people.
    pub async fn leave(&self) -> anyhow::Result<()> {
        for api in self.api.values() {
            api.post("/auth/logout_all", json!({})).await?;
        }
        Ok(())
    }
}

fn by_local_part(ids: Map<String, Value>) -> Map<String, Value> {
    ids.into_iter().map(|(email, id)| (email.split('@').next().unwrap_or_default().to_owned(), id)).collect()
}

/// Logs in. Who comes for the first time chooses the password.
async fn arrive(anyone: &Api, email: &str) -> anyhow::Result<Api> {
    if let Some(first) = anyone.log_in(email, FIRST).await? {
        return first.change_password(FIRST, PASSWORD).await;
    }
    anyone
        .log_in(email, PASSWORD)
        .await?
        .with_context(|| format!("{email} has another password than the demo"))
}
