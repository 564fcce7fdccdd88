//! Every tenant model as a type, for properties that need the type and not only its description.

/// Runs `$body` with `$model` standing for each tenant model in turn.
macro_rules! for_each_model {
    ($model:ident => $body:block) => {
        for_each_model!(@ $model $body
            Company User Department Category Tag Ticket TicketMessage TicketEvent TicketPresence Notification
            SavedView AuditEntry Settings Job OutboundEmail Webhook WebhookDelivery TeamsConnection Upload Worker
            Mailbox EmailTemplate InboundEmail InboundChunk EmailRecipient ApiKey);
    };
    (@ $model:ident $body:block $($name:ident)*) => {
        $({
            type $model = stoa::models::$name;
            $body
        })*
    };
}

pub(super) use for_each_model;

#[test]
fn the_list_of_models_is_whole() {
    use stoa::db::Model;
    let mut listed = Vec::new();
    for_each_model!(M => { listed.push(M::COLLECTION); });
    let tenant = stoa::models::ALL.iter().filter(|model| model.scope_field.is_some());
    assert_eq!(listed, tenant.map(|model| model.collection).collect::<Vec<_>>());
}
