//! Fetching from IMAP servers that refuse, close, lie or send too much: no mail is lost, none that others read is taken, and
//! nothing stops the rest.

use super::fake_imap::{FakeImap, Fault};
use super::world::World;
use crate::support::TestApp;
use bson::{Bson, Document, doc};
use futures::TryStreamExt;
use serde_json::{Value, json};
use std::time::Duration;

struct Scene {
    app: TestApp,
    world: World,
    server: FakeImap,
}

impl Scene {
    async fn new(server: FakeImap) -> Self {
        let app = TestApp::start().await;
        let world = World::new(&app, "acme", &[]).await;
        let scene = Self { app, world, server };
        scene.name(scene.imap()).await;
        scene
    }

    fn imap(&self) -> Value {
        json!({
            "host": "127.0.0.1", "port": self.server.port, "security": "none", "username": "help", "folder": "INBOX",
        })
    }

    async fn name(&self, imap: Value) {
        let path = format!("/api/mailboxes/{}", self.world.mailbox.to_hex());
        let body = json!({ "imap": imap, "imap_password": "secret" });
        self.world.tenant.admin.ask().patch(&path, body).await.expect(200);
    }

    /// A minute later everything new is fetched; tells what the mailbox says of it.
    async fn poll(&self) -> Option<String> {
        self.app.clock.advance(Duration::from_secs(60));
        assert_eq!(stoa::services::inbound::sweep(&self.app.app).await.unwrap(), 1);
        stoa::jobs::run_due(&self.app.app).await.unwrap();
        self.mailbox().await.get_str("last_error").ok().map(str::to_owned)
    }

    async fn mailbox(&self) -> Document {
        self.world.find(&self.app, "mailboxes", doc! { "_id": self.world.mailbox }).await
    }

    /// Numbers of the mails that became tickets.
    async fn tickets(&self) -> Vec<u32> {
        self.numbers("tickets").await
    }

    /// Numbers in the subjects of a collection's records, in order.
    async fn numbers(&self, collection: &str) -> Vec<u32> {
        let all = self.app.raw.collection::<Document>(collection).find(doc! {}).await.unwrap();
        let all: Vec<Document> = all.try_collect().await.unwrap();
        let number = |row: &Document| row.get_str("subject").ok()?.strip_prefix("fake ")?.parse().ok();
        let mut found: Vec<u32> = all.iter().filter_map(number).collect();
        found.sort_unstable();
        found
    }
}

#[tokio::test]
async fn a_server_that_refuses_or_closes_loses_no_mail() {
    let scene = Scene::new(FakeImap::start(3, |n| n < 3)).await;
    let mut taken = vec![3];
    assert_eq!(scene.poll().await, None);
    assert_eq!(scene.tickets().await, taken);
    let faults = ["SELECT", "UID SEARCH", "RFC822.SIZE", "BODY.PEEK[]"];
    for fault in [Fault::Refuse, Fault::Close] {
        for command in faults {
            let new = scene.server.deliver(true);
            scene.server.fault(command, fault.clone());
            let told = scene.poll().await.unwrap_or_default();
            assert!(told.contains("The server refused"), "{command}: {told}");
            assert_eq!(scene.tickets().await, taken, "{command}");
            scene.server.behave();
            assert_eq!(scene.poll().await, None, "{command}");
            taken.push(new);
            assert_eq!(scene.tickets().await, taken, "{command}");
        }
    }
    scene.app.finish().await;
}

#[tokio::test]
async fn a_mail_that_is_listed_is_not_taken_for_gone_and_one_that_is_gone_is_passed() {
    let scene = Scene::new(FakeImap::start(2, |_| false)).await;
    scene.server.state().withheld.insert(1);
    let told = scene.poll().await.unwrap();
    assert!(told.contains("does not give a mail that it lists"), "{told}");
    assert_eq!(scene.tickets().await, [0_u32; 0]);
    scene.server.state().mails.remove(&1);
    assert_eq!(scene.poll().await, None);
    assert_eq!(scene.tickets().await, [2]);
    scene.app.finish().await;
}

#[tokio::test]
async fn a_first_look_that_fails_or_has_more_than_a_batch_never_takes_what_others_read() {
    let scene = Scene::new(FakeImap::start(110, |n| n % 16 == 0)).await;
    // More unread mails than one look takes, among others that were read. They count as one mail that is delivered again and
    // again: keeping them is all that is done.
    for (raw, _) in scene.server.state().mails.values_mut() {
        *raw = raw.replace("Message-ID:", "Message-ID: <same@x.example>\r\nX-Own:");
    }
    let unread: Vec<u32> = (1..=110).filter(|n| n % 16 != 0).collect();
    for (command, fault) in [
        ("UID SEARCH", Fault::Refuse),
        ("UID SEARCH", Fault::Close),
        ("UID FETCH", Fault::Close),
        ("SELECT", Fault::Close),
    ] {
        scene.server.fault(command, fault);
        assert!(scene.poll().await.is_some());
        scene.server.behave();
    }
    assert_eq!(scene.poll().await, None);
    let kept = scene.numbers("inbound_emails").await;
    assert!(kept.len() <= 100 && unread.starts_with(&kept), "{kept:?}");
    // What comes meanwhile and is read at once is new all the same. How many looks it takes depends on the machine.
    let all = [&unread[..], &[scene.server.deliver(true)]].concat();
    for _ in 0..20 {
        assert_eq!(scene.poll().await, None);
        let kept = scene.numbers("inbound_emails").await;
        assert!(all.starts_with(&kept), "{kept:?}");
        if kept == all {
            scene.app.finish().await;
            return;
        }
    }
    panic!("it does not come to an end");
}

#[tokio::test]
async fn another_server_or_folder_is_read_from_its_own_beginning() {
    let scene = Scene::new(FakeImap::start(5, |n| n < 5)).await;
    assert_eq!(scene.poll().await, None);
    assert_eq!(scene.tickets().await, [5]);
    // The other folder numbers as the first one did, and its mails were read but for one.
    let mut other = scene.imap();
    other["folder"] = json!("Other");
    {
        let mut state = scene.server.state();
        state.mails.get_mut(&2).unwrap().1 = false;
    }
    scene.name(other).await;
    assert_eq!(scene.mailbox().await.get("imap_state"), Some(&Bson::Null));
    assert_eq!(scene.poll().await, None);
    assert_eq!(scene.tickets().await, [2, 5]);
    // Another port is the same place.
    let mut same = scene.imap();
    same["folder"] = json!("Other");
    scene.name(same).await;
    assert!(scene.mailbox().await.get_document("imap_state").is_ok());
    scene.app.finish().await;
}

#[tokio::test]
async fn a_folder_in_which_nothing_can_be_marked_is_read_all_the_same() {
    let scene = Scene::new(FakeImap::start(3, |_| false)).await;
    scene.server.fault("UID STORE", Fault::Refuse);
    let told = scene.poll().await.unwrap();
    assert!(told.contains("not marked as read"), "{told}");
    assert_eq!(scene.tickets().await, [1, 2, 3]);
    let new = scene.server.deliver(false);
    assert!(scene.poll().await.is_some());
    assert_eq!(scene.tickets().await, [1, 2, 3, new]);
    // One that breaks the connection then costs a look, and no mail twice.
    scene.server.fault("UID STORE", Fault::Close);
    let last = scene.server.deliver(false);
    assert!(scene.poll().await.is_some());
    scene.server.behave();
    assert_eq!(scene.poll().await, None);
    assert_eq!(scene.tickets().await, [1, 2, 3, new, last]);
    scene.app.finish().await;
}

#[tokio::test]
async fn a_mail_that_cannot_be_taken_is_set_aside_told_of_and_tried_again() {
    let scene = Scene::new(FakeImap::start(3, |_| false)).await;
    scene.server.fault("UID FETCH 2 ", Fault::Close);
    for _ in 0..5 {
        let told = scene.poll().await.unwrap();
        assert!(told.contains("(fetch)"), "{told}");
        assert_eq!(scene.tickets().await, [1]);
    }
    let told = scene.poll().await.unwrap();
    assert!(told.contains("still in the folder: UID 2."), "{told}");
    assert_eq!(scene.tickets().await, [1, 3]);
    let new = scene.server.deliver(false);
    assert!(scene.poll().await.unwrap().contains("UID 2."));
    assert_eq!(scene.tickets().await, [1, 3, new]);
    scene.server.behave();
    assert_eq!(scene.poll().await, None);
    assert_eq!(scene.tickets().await, [1, 2, 3, new]);
    assert!(scene.server.state().mails[&2].1, "it is marked as read then");
    scene.app.finish().await;
}

#[tokio::test]
async fn a_slow_look_has_no_second_one_beside_it_and_does_not_undo_what_was_noted_meanwhile() {
    let scene = Scene::new(FakeImap::start(2, |_| false)).await;
    assert_eq!(scene.poll().await, None);
    // While the next one waits for the server, someone names another folder.
    let new = scene.server.deliver(false);
    scene.server.fault("SELECT", Fault::Hold);
    scene.app.clock.advance(Duration::from_secs(60));
    assert_eq!(stoa::services::inbound::sweep(&scene.app.app).await.unwrap(), 1);
    let app = scene.app.app.clone();
    let running = tokio::spawn(async move { stoa::jobs::run_due(&app).await.unwrap() });
    let leased = doc! { "kind": "mailboxes.poll", "state": "leased" };
    while scene.world.count(&scene.app, "jobs", leased.clone()).await == 0 {
        tokio::task::yield_now().await;
    }
    // A minute later it still does: there is no second job beside it.
    scene.app.clock.advance(Duration::from_secs(60));
    assert_eq!(stoa::services::inbound::sweep(&scene.app.app).await.unwrap(), 0);
    let mut other = scene.imap();
    other["folder"] = json!("Other");
    scene.name(other).await;
    scene.server.behave();
    running.await.unwrap();
    assert_eq!(scene.mailbox().await.get("imap_state"), Some(&Bson::Null));
    assert_eq!(scene.tickets().await, [1, 2, new]);
    assert_eq!(scene.poll().await, None);
    scene.app.finish().await;
}

#[tokio::test]
async fn a_server_that_announces_more_than_a_mail_may_have_gets_no_memory_for_it() {
    let scene = Scene::new(FakeImap::start(1, |_| false)).await;
    for (command, says) in [
        ("BODY.PEEK[]", "* 1 FETCH (UID 1 BODY[] {400000000}\r\n".to_owned()),
        ("RFC822.SIZE", "* 1 FETCH (UID 1 BODY[] {20000000}\r\n".to_owned()),
        ("UID SEARCH", format!("* SEARCH {}", "1 ".repeat(1 << 17))),
        ("SELECT", "* OK [UIDNEXT 9] next\r\n".repeat(100_000)),
    ] {
        scene.server.fault(command, Fault::Say(says));
        // It is refused when it comes: nobody waits for what never does.
        let told = scene.poll().await.unwrap();
        assert!(told.contains("sends more than it may"), "{command}: {told}");
        scene.server.behave();
    }
    assert_eq!(scene.poll().await, None);
    assert_eq!(scene.tickets().await, [1]);
    // The test of the mailbox has the same bounds.
    scene.server.fault("LOGIN", Fault::Say("* OK {400000000}\r\n".to_owned()));
    let path = format!("/api/mailboxes/{}/test", scene.world.mailbox.to_hex());
    let tried = scene.world.tenant.admin.ask().post(&path, json!({})).await.expect(200);
    assert!(tried["imap"]["error"].as_str().unwrap().contains("sends more than it may"), "{tried}");
    scene.app.finish().await;
}
