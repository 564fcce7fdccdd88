//! The walker proves that it feeds every operation: with records of one's own, each one succeeds. Otherwise the
//! attacks would bounce off a malformed request and prove nothing.

use crate::world::{
    Journal, Place, Principal, Shot, World, body_of, covered, fields_for, is_bulk, own_ids, record, settable,
    with_params,
};
use http::Method;
use stoa::permissions::{Guard, Reach, Role};
use stoa::web::{AnswerDoc, Operation};

/// Operations that rightly refuse what the walker sends: name, status, reason.
const REFUSING: &[(&str, u16, &str)] = &[
    ("auth_token", 401, "nobody has this name and password"),
    ("auth_refresh", 401, "there is no such refresh token"),
    ("auth_password_change", 422, "people of the fixture have no password"),
    ("auth_step_up", 422, "people of the fixture have no password"),
    ("uploads_send", 415, "the walker sends no form"),
    ("uploads_receive", 422, "the walker sends no bytes"),
    ("uploads_complete", 409, "no bytes were sent"),
    ("uploads_content", 409, "no bytes were sent"),
    ("auth_password_reset", 422, "nobody was sent this code or link"),
    ("auth_verify_email", 422, "nobody was sent this code or link"),
    ("auth_invite_accept", 422, "nobody was sent this link"),
    ("auth_mfa_verify", 422, "no log-in waits for a factor"),
    ("auth_mfa_totp_enroll", 422, "people of the fixture have no password"),
    ("auth_mfa_totp_confirm", 422, "nobody sets a factor up"),
    ("auth_mfa_totp_disable", 422, "people of the fixture have no password"),
    ("auth_mfa_recovery", 422, "people of the fixture have no password"),
    ("users_resend_invite", 409, "people of the fixture have accepted"),
    ("users_reset_mfa", 409, "people of the fixture have no factor"),
    ("email_templates_revert", 422, "there is no earlier version"),
    ("outbound_emails_content", 409, "mails of the fixture name no template"),
    ("outbound_emails_retry", 409, "the mail is still queued"),
    ("inbound_emails_deliver", 401, "nobody was given this address"),
    ("tickets_unmerge", 409, "the ticket was not merged"),
    ("tickets_archive", 409, "the ticket is not solved yet"),
    ("tickets_follow_by_path", 422, "the person in the path is a client who does not take part"),
];

/// What an operation wants in its query.
fn query(operation: &Operation, place: &Place) -> String {
    match operation.id.ends_with("_list_by_filter") {
        true => format!("?filter=%7B%22ticket_id%22%3A%22{}%22%7D", place.id("tickets").to_hex()),
        false => String::new(),
    }
}

#[tokio::test]
async fn every_operation_is_fed_what_it_takes() {
    let world = World::start().await;
    let place = world.place("c", 1).await;
    let root = world.app.superadmin().await;
    let journal = Journal::new("fed", "");
    let mut used = Vec::new();
    for operation in world.app.app.operations() {
        if matches!(operation.doc.answer, AnswerDoc::Events) {
            continue;
        }
        let admin = Principal::of(&world, "company_admin", &place.tenant.admin, Some(place.tenant.id)).await;
        let principal = match operation.guard {
            Guard::Permission(row) if row.reach_of(Role::CompanyAdmin) != Reach::None => admin,
            Guard::Permission(_) => Principal::of(&world, "superadmin", &root, None).await,
            Guard::SignedIn | Guard::Public => admin.disposable(&world, &place).await,
        };
        let path = with_params(operation, &own_ids(&world, &place, operation, &principal).await);
        let path = format!("{path}{}", query(operation, &place));
        let mut ids = Vec::new();
        if is_bulk(operation) {
            let rows = covered(operation, operation.resource, &principal, true);
            for _ in 0..2 {
                let set = fields_for(&world, &place, operation.resource, &rows, &[]).unwrap_or_default();
                ids.push(
                    record(&world, &place, operation, &principal, operation.resource, None, set, true).await,
                );
            }
        }
        let body = body_of(operation, &place, world.number(), &ids, settable(operation, &principal));
        let mut shot = Shot::new(&operation.method, path, body);
        if operation.method != Method::GET {
            shot = shot.with("if-match", "*");
        }
        let answer = shot.fire(principal.ask()).await;
        journal.cell("operation");
        let expected = REFUSING.iter().find(|(id, ..)| *id == operation.id);
        used.extend(expected.map(|(id, ..)| *id));
        let fits = match expected {
            Some((_, status, _)) => answer.status.as_u16() == *status,
            None => answer.status.is_success(),
        };
        let failed_parts = operation.id.ends_with("_many") && !answer.text().contains("\"errors\":[]");
        if !fits || failed_parts {
            journal.fail(format!("{}: {shot:?}\n    {} {}", operation.id, answer.status, answer.text()));
        }
    }
    for (id, ..) in REFUSING.iter().filter(|(id, ..)| !used.contains(id)) {
        journal.fail(format!("{id} is in REFUSING but is not served"));
    }
    world.app.finish().await;
    journal.finish();
}
