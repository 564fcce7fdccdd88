//! The stream of live events: nothing of another company, and nothing of another person, comes through it.

use crate::support::EventStream;
use crate::world::World;
use bson::doc;

#[tokio::test]
async fn a_stream_carries_only_what_is_its_owners() {
    let world = World::start().await;
    let secret = stoa::auth::random::base62(16).to_lowercase();
    let (a, b) = (world.place("a", 1).await, world.place(&format!("canary-b-{secret}"), 1).await);
    let mut stream = EventStream::open(&world.app, &a.tenant.admin, None).await;
    for round in 0..3 {
        // Written in this order; the stream of changes keeps it, so the last one tells that the others passed.
        world
            .fresh(
                &b,
                "notifications",
                doc! { "user_id": b.tenant.admin.id, "title": format!("canary {secret}") },
            )
            .await;
        // A record of B that names a person of A, as if a reference had slipped through.
        world
            .fresh(
                &b,
                "notifications",
                doc! { "user_id": a.tenant.admin.id, "title": format!("canary {secret}") },
            )
            .await;
        world
            .fresh(&a, "notifications", doc! { "user_id": a.tenant.writer.id, "title": "the writer's" })
            .await;
        let mine = format!("mine {round}");
        world.fresh(&a, "notifications", doc! { "user_id": a.tenant.admin.id, "title": &mine }).await;
        let event = stream.next().await.expect("an event");
        assert_eq!(event.data["title"], mine, "{event:?}");
        assert_eq!(event.data["company_id"], a.tenant.id.to_hex());
    }
    drop(stream);
    // Neither does a place in B's stream bring B's back.
    let mut theirs = EventStream::open(&world.app, &b.tenant.admin, None).await;
    world.fresh(&b, "notifications", doc! { "user_id": b.tenant.admin.id }).await;
    let place = theirs.next().await.expect("an event").id;
    drop(theirs);
    let mut again = EventStream::open(&world.app, &a.tenant.admin, Some(&place)).await;
    world.fresh(&a, "notifications", doc! { "user_id": a.tenant.admin.id, "title": "the last" }).await;
    loop {
        let event = again.next().await.expect("an event");
        assert!(!event.data.to_string().contains(&secret), "{event:?}");
        if event.data["title"] == "the last" {
            break;
        }
    }
    drop(again);
    world.app.finish().await;
}
