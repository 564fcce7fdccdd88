//! What becomes of a ticket: filed, assigned, discussed, solved, or not yet.

use super::api::Api;
use super::people::People;
use super::texts::{NOTES, QUESTIONS, REPLIES, SOLUTIONS, THANKS, Ticket};
use crate::schema::format_time;
use crate::support::Clock;
use serde_json::{Map, Value, json};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// Who works with what.
pub(super) struct Desk {
    pub people: People,
    pub categories: Map<String, Value>,
    pub tags: Map<String, Value>,
}

/// A ticket that is being worked on.
struct Case<'a> {
    desk: &'a Desk,
    clock: &'a Clock,
    number: usize,
    path: String,
    client: &'a Api,
    agent: &'a Api,
    agent_name: &'static str,
    spent: Duration,
}

/// Plays a ticket's story and tells how much time it took.
pub(super) async fn play(
    desk: &Desk,
    clock: &Clock,
    number: usize,
    external: &str,
    ticket: &Ticket,
) -> anyhow::Result<Duration> {
    let clients = ["client", "client2", "client3"];
    let client = desk.people.api(clients[number % clients.len()])?;
    let body = json!({
        "subject": ticket.subject, "description": ticket.description, "external_id": external,
        "category_id": desk.categories.get(ticket.category),
    });
    let filed = client.post("/api/tickets", body).await?;
    let agent_name = if number.is_multiple_of(2) { "agent" } else { "agent2" };
    let path = format!("/api/tickets/{}", filed["id"].as_str().unwrap_or_default());
    let agent = desk.people.api(agent_name)?;
    let mut case = Case { desk, clock, number, path, client, agent, agent_name, spent: Duration::ZERO };
    case.tag(ticket).await?;
    case.go(number).await?;
    Ok(case.spent)
}

impl Case<'_> {
    /// What happens depends on the place in the row: the older a ticket, the likelier it is over.
    async fn go(&mut self, number: usize) -> anyhow::Result<()> {
        match (number, number % 10) {
            (0..20, 3) => {
                self.solve().await?;
                self.close().await?;
                self.act(self.desk.people.api("manager")?, "/archive", json!({})).await
            }
            (0..20, 7) => self.act(self.desk.people.api("manager")?, "/spam", json!({})).await,
            (0..20, _) => {
                self.solve().await?;
                self.close().await
            }
            (_, 0 | 9) => Ok(()),
            (_, 1 | 2) => {
                self.assign().await?;
                self.discuss().await
            }
            (_, 3) => {
                self.assign().await?;
                self.ask("pending").await
            }
            (_, 4) => {
                self.assign().await?;
                self.ask("on_hold").await
            }
            (_, 5..=7) => self.solve().await,
            _ => {
                self.solve().await?;
                self.wait(90);
                self.act(
                    self.client,
                    "/status",
                    json!({ "status": "open", "comment": pick(QUESTIONS, number) }),
                )
                .await
            }
        }
    }

    async fn tag(&mut self, ticket: &Ticket) -> anyhow::Result<()> {
        let tags: Vec<&Value> = ticket.tags.iter().filter_map(|tag| self.desk.tags.get(*tag)).collect();
        if !tags.is_empty() {
            self.agent.patch(&self.path, json!({ "tag_ids": tags })).await?;
        }
        Ok(())
    }

    async fn assign(&mut self) -> anyhow::Result<()> {
        self.wait(12);
        let to = self.desk.people.id(self.agent_name)?;
        self.act(self.desk.people.api("manager")?, "/assign", json!({ "assignee_id": to })).await
    }

    async fn discuss(&mut self) -> anyhow::Result<()> {
        self.wait(25);
        self.say(self.agent, "public_reply", pick(REPLIES, self.number)).await?;
        self.wait(40);
        self.act(self.client, "/messages", json!({ "body": pick(QUESTIONS, self.number) })).await?;
        self.wait(5);
        self.say(self.agent, "private_note", pick(NOTES, self.number)).await
    }

    async fn ask(&mut self, status: &str) -> anyhow::Result<()> {
        self.wait(30);
        let mut body = json!({ "status": status, "comment": pick(REPLIES, self.number) });
        if status == "on_hold" {
            // Longer than the whole past, so that it still waits when someone looks.
            body["wake_at"] = format_time(self.clock.after(super::load::PAST + 24 * 60 * MINUTE)).into();
        }
        self.act(self.agent, "/status", body).await
    }

    async fn solve(&mut self) -> anyhow::Result<()> {
        self.assign().await?;
        self.discuss().await?;
        self.wait(55);
        let body = json!({ "status": "solved", "comment": pick(SOLUTIONS, self.number) });
        self.act(self.agent, "/status", body).await
    }

    async fn close(&mut self) -> anyhow::Result<()> {
        self.wait(60);
        if self.number % 4 == 1 {
            // Thanks reopen a ticket; it is solved again.
            self.act(self.client, "/messages", json!({ "body": pick(THANKS, self.number) })).await?;
            self.act(self.agent, "/status", json!({ "status": "solved" })).await?;
        }
        self.wait(10);
        self.act(self.desk.people.api("admin")?, "/status", json!({ "status": "closed" })).await
    }

    async fn say(&self, who: &Api, kind: &str, text: &str) -> anyhow::Result<()> {
        self.act(who, "/messages", json!({ "kind": kind, "body": text })).await
    }

    async fn act(&self, who: &Api, what: &str, body: Value) -> anyhow::Result<()> {
        who.post(&format!("{}{what}", self.path), body).await.map(drop)
    }

    fn wait(&mut self, minutes: u32) {
        self.clock.advance(MINUTE * minutes);
        self.spent += MINUTE * minutes;
    }
}

fn pick(texts: &[&'static str], number: usize) -> &'static str {
    texts.get(number % texts.len().max(1)).copied().unwrap_or_default()
}
