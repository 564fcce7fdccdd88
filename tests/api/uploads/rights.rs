//! Who reaches which file.

use super::*;
use stoa::permissions::Role;

/// Every way to a file.
async fn unreachable(person: &Persona, upload: &str) {
    let base = format!("/api/uploads/{upload}");
    for (method, path, body) in [
        (Method::GET, base.clone(), None),
        (Method::GET, format!("{base}/content"), None),
        (Method::GET, format!("{base}/content?redirect=true"), None),
        (Method::HEAD, format!("{base}/content"), None),
        (Method::POST, format!("{base}/complete"), Some(json!({}))),
        (Method::DELETE, base.clone(), None),
    ] {
        let answer = person.ask().send(method.clone(), &path, body).await;
        assert_eq!(answer.status.as_u16(), 404, "{method} {path}: {}", answer.text());
    }
    assert_eq!(put(person.ask(), upload, PNG).await.status.as_u16(), 404);
    let list = person.ask().get("/api/uploads?per_page=100").await.expect(200);
    assert!(!list.to_string().contains(upload), "{list}");
}

#[tokio::test]
async fn files_are_out_of_reach_for_other_companies_and_other_people() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let upload = picture(&a.client).await;
    for person in b.everyone() {
        unreachable(person, &upload).await;
        let ticket = ticket(person, json!({ "subject": "x", "description": "y" })).await;
        let theirs =
            write(person.ask(), &id(&ticket), None, &[&upload]).await.refused(422, "reference_not_found");
        let missing = bson::oid::ObjectId::new().to_hex();
        let none =
            write(person.ask(), &id(&ticket), None, &[&missing]).await.refused(422, "reference_not_found");
        assert_eq!(theirs["errors"], none["errors"]);
    }
    unreachable(&a.person(&app, Role::Client).await, &upload).await;
    unreachable(&a.writer, &upload).await;
    // Managers and administrators see what is there, but do not send for others.
    for person in [&a.admin, &a.manager] {
        assert_eq!(content(person.ask(), &upload).await.bytes, PNG);
        person
            .ask()
            .post(&format!("/api/uploads/{upload}/complete"), json!({}))
            .await
            .refused(403, "forbidden");
    }
    a.manager.ask().delete(&format!("/api/uploads/{upload}")).await.refused(403, "forbidden");
    for wrong in ["..%2f..%2fstoa", "..", "%00", "c%2fx", "zzzzzzzzzzzzzzzzzzzzzzzz"] {
        let answer = content(a.admin.ask(), wrong).await;
        assert!(matches!(answer.status.as_u16(), 404), "{wrong}: {}", answer.text());
    }
    app.finish().await;
}

#[tokio::test]
async fn a_private_notes_files_are_out_of_reach_for_clients_in_every_way() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = id(&ticket(&a.client, json!({ "subject": "x", "description": "y" })).await);
    let (secret, public) = (picture(&a.admin).await, picture(&a.admin).await);
    write(a.admin.ask(), &ticket, Some("private_note"), &[&secret]).await.expect(201);
    unreachable(&a.client, &secret).await;
    write(a.client.ask(), &ticket, None, &[&secret]).await.refused(422, "reference_not_found");
    write(a.admin.ask(), &ticket, None, &[&public]).await.expect(201);
    assert_eq!(content(a.client.ask(), &public).await.bytes, PNG);
    assert_eq!(a.client.ask().get(&format!("/api/uploads/{public}")).await.expect(200)["state"], "ready");
    a.client.ask().delete(&format!("/api/uploads/{public}")).await.refused(403, "forbidden");
    let messages =
        a.client.ask().get(&format!("/api/tickets/{ticket}/messages")).await.expect(200).to_string();
    assert!(messages.contains(&public) && !messages.contains(&secret), "{messages}");
    app.finish().await;
}

#[tokio::test]
async fn who_sent_a_file_removes_it_until_it_is_attached() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for person in [&a.client, &a.writer] {
        let loose = picture(person).await;
        person.ask().delete(&format!("/api/uploads/{loose}")).await.expect(200);
        unreachable(person, &loose).await;
        let ticket = id(&ticket(&a.client, json!({ "subject": "x", "description": "y" })).await);
        // The writer sees tickets in which they take part.
        a.admin
            .ask()
            .post(&format!("/api/tickets/{ticket}/assign"), json!({ "assignee_id": a.writer.id.to_hex() }))
            .await
            .expect(200);
        let tied = picture(person).await;
        write(person.ask(), &ticket, None, &[&tied]).await.expect(201);
        let told = person.ask().delete(&format!("/api/uploads/{tied}")).await.refused(403, "forbidden");
        assert_eq!(told["missing_capability"], "uploads.delete");
        a.admin.ask().delete(&format!("/api/uploads/{tied}")).await.expect(200);
        unreachable(&a.admin, &tied).await;
        let messages = a.client.ask().get(&format!("/api/tickets/{ticket}/messages")).await.expect(200);
        assert!(!messages.to_string().contains(&tied), "{messages}");
    }
    work(&app).await;
    assert_eq!((files_in(&app.files()), used(&app, a.id).await), (0, 0));
    app.finish().await;
}
