//! The second company: little, but enough to see that the first one sees nothing of it.

use super::api::Api;
use super::people::{GLOBEX, People};
use serde_json::json;

pub(super) async fn load(anyone: &Api, operator: &Api) -> anyhow::Result<()> {
    let people = People::gather(anyone, operator, GLOBEX).await?;
    let admin = people.api("admin")?;
    let service = json!({ "name": "Service", "description": "Everything that customers ask." });
    let departments = admin.ensure("departments", "name", vec![service]).await?;
    let general = json!({ "name": "General", "department_id": departments.get("Service") });
    let categories = admin.ensure("categories", "name", vec![general]).await?;
    let filed = admin.ids("tickets", "external_id").await?;
    for (number, subject) in
        ["Where is my parcel?", "The lamp flickers", "Please change my address"].iter().enumerate()
    {
        let external = format!("globex-{number}");
        if !filed.contains_key(&external) {
            let ticket = json!({
                "subject": subject, "description": format!("{subject} Thank you for your help."),
                "category_id": categories.get("General"), "external_id": external,
            });
            people.api("client")?.post("/api/tickets", ticket).await?;
        }
    }
    people.leave().await
}
