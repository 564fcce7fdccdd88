//! Shows what a template makes, with samples, given values or a real ticket; what is shown is not saved.

use crate::app::App;
use crate::db::Expr;
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{EmailTemplate, Ticket, TicketMessage, Visibility};
use crate::permissions::{Caller, EmailTemplatesUpdate, Permit};
use crate::services::mail::{Rendered, Texts, catalog, check, client_values, render};
use crate::web::Reply;
use bson::{doc, oid::ObjectId};
use serde_json::{Map, Value, json};

/// Shows a template, as written or with other texts in the body, as `{subject, html, text}`.
pub async fn preview(
    app: &App,
    permit: &Permit<EmailTemplatesUpdate>,
    id: &str,
    body: &Map<String, Value>,
) -> Result<Reply> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let template = app.db().of(permit).get(id).await?;
    let mut texts = super::draft_of(&template);
    for (name, part) in
        [("subject", &mut texts.subject), ("html", &mut texts.html), ("text", &mut texts.text)]
    {
        if let Some(given) = body.get(name).and_then(Value::as_str) {
            part.clear();
            part.push_str(given);
        }
    }
    super::rules::refuse_faults(&template.key, &texts)?;
    let rendered = shown(app, permit.caller(), &template, &texts, body).await?;
    Ok(Reply::ok(json!({ "subject": rendered.subject, "html": rendered.html, "text": rendered.text }))
        .no_store())
}

/// Fills the texts: samples first, over them the ticket if one is named, over that the given variables.
pub(super) async fn shown(
    app: &App,
    caller: &Caller,
    template: &EmailTemplate,
    texts: &Texts,
    body: &Map<String, Value>,
) -> Result<Rendered> {
    let declared = catalog::template(&template.key).ok_or_else(|| AppError::bug("an undeclared template"))?;
    let mut values = check::samples(declared);
    values["recipient_name"] = json!(caller.actor().name());
    if let Some(ticket) = body.get("ticket_id").filter(|id| !id.is_null()) {
        merge(&mut values, real(app, caller, ticket).await?);
    }
    if let Some(given) = body.get("variables").filter(|given| given.is_object()) {
        merge(&mut values, given.clone());
    }
    render(declared, texts, &values).map_err(|fault| {
        let detail = format!("{}: {}", fault.part, fault.message);
        Problem::new(Code::InvalidTemplate, detail).into()
    })
}

/// What a mail about a ticket would tell: the ticket as the caller sees it, through the eyes of a client, with its last
/// public message.
async fn real(app: &App, caller: &Caller, id: &Value) -> Result<Value> {
    let missing =
        || FieldErrors::one("ticket_id", Code::ReferenceNotFound, "Names a record that does not exist.");
    let id = id.as_str().and_then(|id| ObjectId::parse_str(id).ok()).ok_or_else(missing)?;
    let view = caller.view::<Ticket>();
    let ticket = app.db().of(&view).document(&Expr::eq("_id", id)).await?.ok_or_else(missing)?;
    let public = Expr::eq("ticket_id", id).and(Expr::eq("visibility", Visibility::Public));
    let page = crate::db::Page { sort: doc! { "seq": -1 }, limit: 1, ..crate::db::Page::default() };
    let messages = caller.view::<TicketMessage>();
    let last = app.db().of(&messages).page(&public, &page).await?;
    let last = last.first().map(|raw| bson::Document::try_from(&**raw)).transpose()?;
    client_values(app, &ticket, last.as_ref())
}

fn merge(into: &mut Value, over: Value) {
    match (into, over) {
        (Value::Object(into), Value::Object(over)) => {
            for (name, value) in over {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, over) => *into = over,
    }
}
