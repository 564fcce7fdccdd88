//! The first company: its departments, categories and tags, and four weeks of tickets.

use super::api::Api;
use super::load::PAST;
use super::people::{ACME, People};
use super::stories::{Desk, play};
use super::texts::{CATEGORIES, DEPARTMENTS, TAGS, TICKETS};
use crate::support::Clock;
use serde_json::json;
use std::time::Duration;

pub(super) async fn load(anyone: &Api, operator: &Api, clock: &Clock) -> anyhow::Result<()> {
    let people = People::gather(anyone, operator, ACME).await?;
    let desk = furnish(people).await?;
    let filed = desk.people.api("admin")?.ids("tickets", "external_id").await?;
    // Each ticket gets its share of the time, and a day remains until now.
    let share = (PAST - Duration::from_secs(86_400)) / u32::try_from(TICKETS.len()).unwrap_or(u32::MAX);
    for (number, ticket) in TICKETS.iter().enumerate() {
        let external = format!("acme-{:03}", number + 1);
        let spent = if filed.contains_key(&external) {
            Duration::ZERO
        } else {
            play(&desk, clock, number, &external, ticket).await?
        };
        clock.advance(share.saturating_sub(spent));
    }
    desk.people.leave().await
}

async fn furnish(people: People) -> anyhow::Result<Desk> {
    let admin = people.api("admin")?;
    let manager = people.id("manager")?;
    let departments = DEPARTMENTS.iter().map(|(name, about, public)| {
        json!({ "name": name, "description": about, "is_public": public, "lead_ids": [manager] })
    });
    let departments = admin.ensure("departments", "name", departments.collect()).await?;
    let all: Vec<_> = departments.values().collect();
    for agent in ["agent", "agent2"] {
        let path = format!("/api/users/{}", people.id(agent)?.as_str().unwrap_or_default());
        admin.patch(&path, json!({ "department_ids": all })).await?;
    }
    let categories = CATEGORIES.iter().enumerate().map(|(position, (name, department, priority))| {
        json!({
            "name": name, "department_id": departments.get(*department), "default_priority": priority,
            "position": position,
        })
    });
    let categories = admin.ensure("categories", "name", categories.collect()).await?;
    let tags = TAGS.iter().map(|(name, colour)| json!({ "name": name, "colour": colour }));
    let tags = admin.ensure("tags", "name", tags.collect()).await?;
    Ok(Desk { people, categories, tags })
}
