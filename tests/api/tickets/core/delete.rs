//! The trash.

use super::super::{events_of, path, plain};
use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_deleted_ticket_is_gone_for_all_but_the_trash() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    for who in [&a.writer, &a.client] {
        who.ask().delete(&path(&ticket, "")).await.refused(403, "forbidden");
    }
    assert!(a.manager.ask().delete(&path(&ticket, "")).await.expect(200)["deleted_at"].is_string());
    for who in a.everyone() {
        who.ask().get(&path(&ticket, "")).await.refused(404, "not_found");
        who.ask().get(&path(&ticket, "/messages")).await.refused(404, "not_found");
        who.ask().get(&path(&ticket, "/events")).await.refused(404, "not_found");
    }
    assert_eq!(a.admin.ask().get("/api/tickets").await.expect(200)["total"], 0);
    assert_eq!(a.manager.ask().get("/api/tickets?trash=true").await.expect(200)["total"], 1);
    a.client.ask().get("/api/tickets?trash=true").await.refused(403, "forbidden");
    a.manager.ask().delete(&path(&ticket, "")).await.refused(409, "deleted");
    a.manager.ask().post(&path(&ticket, "/restore"), json!({})).await.expect(200);
    assert_eq!(a.client.ask().get("/api/tickets").await.expect(200)["total"], 1);
    assert_eq!(events_of(&a.manager, &ticket).await, ["ticket.created", "ticket.deleted", "ticket.restored"]);
    a.manager.ask().post(&path(&ticket, "/restore"), json!({})).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn another_company_can_neither_delete_nor_restore() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ticket = plain(&a.client).await;
    b.admin.ask().delete(&path(&ticket, "")).await.refused(404, "not_found");
    a.admin.ask().delete(&path(&ticket, "")).await.expect(200);
    b.admin.ask().post(&path(&ticket, "/restore"), json!({})).await.refused(404, "not_found");
    b.admin
        .ask()
        .post(&path(&ticket, "/status"), json!({ "status": "open" }))
        .await
        .refused(404, "not_found");
    app.finish().await;
}
