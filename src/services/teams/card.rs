//! The card of an event: an Adaptive Card, which is all that workflows take.

use crate::models::{Ticket, TicketEvent, TicketMessage};
use crate::services::notifications;
use serde_json::{Value, json};

/// Most bytes of what is posted. Teams refuses more than 28 KB.
pub const MAX_BYTES: usize = 28 * 1000;

/// What is posted for an event. A long message is cut; the link to the ticket stays.
pub fn of_event(
    public_url: &str,
    ticket: &Ticket,
    event: &TicketEvent,
    message: Option<&TicketMessage>,
) -> Value {
    let link = format!("{public_url}/tickets/{}/show", ticket.id.to_hex());
    let facts = json!([
        { "title": "Status", "value": ticket.status.as_str().replace('_', " ") },
        { "title": "Priority", "value": ticket.priority.as_str() },
    ]);
    let head = |text: Option<String>| {
        let mut body = vec![
            plain(&notifications::title(event.kind, ticket), true),
            json!({ "type": "FactSet", "facts": facts }),
        ];
        if let (Some(message), Some(text)) = (message, text) {
            let private =
                if message.visibility == crate::models::Visibility::Private { " (private note)" } else { "" };
            body.push(plain(&format!("{}{private}:", message.author_name), false));
            body.push(plain(&text, false));
        }
        wrapped(body, Some(&link))
    };
    let whole = head(message.map(|message| message.body.clone()));
    let Some(message) = message.filter(|_| whole.to_string().len() > MAX_BYTES) else { return whole };
    // A character takes from one to six bytes of JSON: the length is measured, not computed.
    let (mut low, mut high) = (0, message.body.chars().count());
    while low < high {
        let middle = (low + high).div_ceil(2);
        let fits = head(Some(cut(&message.body, middle))).to_string().len() <= MAX_BYTES;
        (low, high) = if fits { (middle, high) } else { (low, middle - 1) };
    }
    head(Some(cut(&message.body, low)))
}

/// What is posted to see whether it arrives.
pub fn of_test(name: &str) -> Value {
    wrapped(vec![plain("Stoa can post here.", true), plain(&format!("Connection: {name}"), false)], None)
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).chain(['…']).collect()
}

/// Text as it is: what people write must not become links or formatting of the card.
fn plain(text: &str, title: bool) -> Value {
    let (weight, size) = if title { ("Bolder", "Medium") } else { ("Default", "Default") };
    json!({
        "type": "RichTextBlock",
        "inlines": [{ "type": "TextRun", "text": text, "weight": weight, "size": size }],
    })
}

fn wrapped(body: Vec<Value>, link: Option<&str>) -> Value {
    let actions: Vec<Value> = link
        .map(|url| json!({ "type": "Action.OpenUrl", "title": "Open the ticket", "url": url }))
        .into_iter()
        .collect();
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "msteams": { "width": "Full" },
                "body": body,
                "actions": actions,
            },
        }],
    })
}
