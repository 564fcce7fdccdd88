//! The mails that an application has written, with what their templates are filled with.

use super::TestApp;
use bson::{Document, doc};
use futures::TryStreamExt;
use serde_json::Value;
use stoa::models::OutboundEmail;

impl TestApp {
    /// Mails to an address, oldest first: key of the template and its variables, if it has any. Does all due jobs before.
    pub async fn mails_to(&self, address: &str) -> Vec<(String, Value)> {
        stoa::jobs::run_due(&self.app).await.expect("jobs");
        let emails = self.raw.collection::<Document>("outbound_emails");
        let found = emails.find(doc! { "to": address }).sort(doc! { "created_at": 1, "_id": 1 }).await;
        let rows: Vec<Document> = found.expect("mails").try_collect().await.expect("mails");
        rows.into_iter()
            .map(|row| {
                let email: OutboundEmail = stoa::db::from_document(&row).expect("a mail");
                // What is told of a ticket is filled in from its event when it goes out.
                let variables = match email.variables.as_str() {
                    "" => Value::Null,
                    _ => stoa::services::outbound_emails::variables(&self.app, &email).expect("variables"),
                };
                (email.template, variables)
            })
            .collect()
    }

    /// The variables of the latest mail of a template to an address.
    pub async fn mail(&self, address: &str, template: &str) -> Value {
        let mails = self.mails_to(address).await;
        let found = mails.iter().rev().find(|(key, _)| key == template);
        found.unwrap_or_else(|| panic!("no {template} to {address}: {mails:?}")).1.clone()
    }

    /// Keys of the templates of all mails to an address, oldest first.
    pub async fn templates_to(&self, address: &str) -> Vec<String> {
        self.mails_to(address).await.into_iter().map(|(template, _)| template).collect()
    }
}

/// A parameter of the link in a mail.
pub fn of_link(mail: &Value, name: &str) -> String {
    let link = mail["link"].as_str().expect("a link");
    let (_, query) = link.split_once('?').expect("a query");
    let pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.into_iter().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("no {name} in {link}")).1.into_owned()
}
