//! Which fields each role may see and set, where that is not all of them.

use super::{Mask, Role};
use Mask::{All, Except, Only};
use Role::{Client, CompanyAdmin, ContentManager, ContentWriter, Superadmin};

const COMPANY_CARD: Mask = Only(&["name", "timezone", "locale", "branding"]);
const PERSON_CARD: Mask = Only(&["name", "avatar_url", "role"]);

/// Fields of `resource` that `role` may see.
pub fn read_mask(resource: &str, role: Role) -> Mask {
    match (resource, role) {
        ("companies", ContentManager | ContentWriter | Client) => COMPANY_CARD,
        ("users", ContentWriter) => PERSON_CARD,
        // Who of the staff has which rank is not their business.
        ("users", Client) => Only(&["name", "avatar_url"]),
        ("users", ContentManager) => {
            Except(&["must_change_password", "notification_preferences", "last_login_at", "mfa_enrolled_at"])
        }
        ("departments" | "categories", Client) => Only(&["name", "description", "parent_id", "is_public"]),
        ("tickets", Client) => Only(&[
            "number",
            "reference",
            "subject",
            "description",
            "status",
            "priority",
            "kind",
            "channel",
            "category_id",
            "requester_id",
            "cc_ids",
            "public_message_count",
            "last_public_message_at",
            "last_message_preview",
            "solved_at",
            "closed_at",
            "reopened_at",
            // Lists hide what is archived: without it a client would never find an old request again.
            "archived",
            "merged_into",
            "follow_up_of",
        ]),
        ("ticket_messages", Client) => {
            // Numbers with gaps would tell how many private notes there are.
            Except(&[
                "seq",
                "mention_ids",
                "via",
                "revisions",
                "origin_ticket_id",
                "created_by",
                "updated_by",
            ])
        }
        ("ticket_events", Client) => Only(&["ticket_id", "kind", "changes"]),
        // Clients read who wrote a message, but not who of the staff did something else.
        ("notifications", Client) => Except(&["actor_id", "created_by", "updated_by"]),
        ("settings", Client) => Only(&["ticket_prefix", "client_priority"]),
        // Numbers with gaps would tell how much others do.
        ("audit_log", ContentManager | ContentWriter | Client) => Except(&["seq", "prev_hash", "hash"]),
        // A workflow's address is all that it takes to post: it goes in and never comes out.
        ("teams_connections", _) => Except(&["url"]),
        _ => All,
    }
}

/// Fields that `role` may set with `permission`.
pub fn write_mask(permission: &str, role: Role) -> Mask {
    match (permission, role) {
        ("companies.update", CompanyAdmin) => {
            Only(&["name", "timezone", "locale", "branding", "support_access", "mfa_required_roles"])
        }
        // Whether the operators may enter is the company's own decision.
        ("companies.update", Superadmin) => Except(&["support_access"]),
        ("users.update", ContentManager) => {
            Only(&["name", "phone", "avatar_url", "locale", "timezone", "notification_preferences"])
        }
        ("users.update", ContentWriter | Client) => {
            Only(&["name", "avatar_url", "locale", "timezone", "notification_preferences"])
        }
        ("users.create", ContentManager) => Only(&["email", "name", "role", "phone", "locale", "timezone"]),
        ("departments.update", ContentManager) => Only(&["description"]),
        ("tickets.create", Client) => {
            Only(&["subject", "description", "category_id", "cc_ids", "external_id", "attachment_ids"])
        }
        ("tickets.update", ContentWriter) => Except(&["assignee_id", "department_id", "requester_id"]),
        ("tickets.update", Client) => Only(&["subject", "cc_ids"]),
        ("ticket_messages.create", Client) => Only(&["body", "body_html", "attachment_ids"]),
        ("ticket_messages.update", Client) => Only(&["body", "body_html"]),
        _ => All,
    }
}

/// Takes changes of fields that `role` may not see out of a list of `{field, from, to}`.
pub fn censor_changes(changes: Option<&mut bson::Bson>, resource: &str, role: Role) {
    let mask = read_mask(resource, role);
    if let Some(bson::Bson::Array(changes)) = changes {
        changes.retain(|change| {
            let field = change.as_document().and_then(|change| change.get_str("field").ok());
            field.is_some_and(|field| mask.shows(field))
        });
    }
}
