//! Calls to real listeners on this machine: names that lead inwards, names that change, redirects, and bounds.

use super::{Zone, egress};
use crate::support::{Receiver, Served};
use http::{HeaderMap, HeaderValue, Method};
use std::sync::Arc;
use std::time::{Duration, Instant};
use stoa::egress::{CallError, Egress, Outgoing, Target};

fn get(egress: &Egress, url: &str, redirects: usize) -> Outgoing {
    let target = Target::parse(egress, url, true).expect("an address");
    Outgoing {
        method: Method::GET,
        body: Default::default(),
        redirects,
        plain: true,
        most_body: usize::MAX,
        ..Outgoing::post_json(egress, target, "")
    }
}

#[tokio::test]
async fn names_that_lead_inwards_are_not_connected_to() {
    let receiver = Receiver::start().await;
    let zone = Zone::default()
        .name("inside.example", &[&["127.0.0.1"]])
        .name("localhost", &[&["127.0.0.1", "::1"]])
        .name("metadata.example", &[&["169.254.169.254", "fd00:ec2::254"]])
        .name("mapped.example", &[&["::ffff:127.0.0.1"]])
        .name("private.example", &[&["10.0.0.1", "192.168.0.1"]]);
    let zone = Arc::new(zone);
    let egress = egress(&[], &zone);
    for name in ["inside", "metadata", "mapped", "private"] {
        for scheme in ["http", "https"] {
            let request = get(&egress, &format!("{scheme}://{name}.example/"), 0);
            assert_eq!(egress.call(&request).await.unwrap_err(), CallError::NotAllowed, "{scheme} {name}");
        }
        assert!(egress.resolve(&format!("{name}.example"), 25).await.is_err(), "{name}");
    }
    for name in ["localhost", "localhost.", "LOCALHOST"] {
        let request = get(&egress, &format!("http://{name}/"), 0);
        assert_eq!(egress.call(&request).await.unwrap_err(), CallError::NotAllowed, "{name}");
    }
    assert_eq!(receiver.count(), 0);
}

#[tokio::test]
async fn a_name_with_a_public_and_an_inner_address_never_leads_inwards() {
    // 192.0.2.1 would be the public one: nobody answers there. What counts is that the listener hears nothing.
    let receiver = Receiver::start().await;
    let mixed: &[&[&str]] = &[&["127.0.0.1", "2001:4860:4860::8888"]];
    let zone = Arc::new(Zone::default().name("mixed.example", mixed));
    let egress = egress(&[], &zone);
    let found = egress.resolve("mixed.example", 443).await.unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].is_ipv6(), "only the public one is left");
    assert_eq!(receiver.count(), 0);
}

#[tokio::test]
async fn a_name_that_changes_its_address_is_checked_at_every_connection() {
    let receiver = Receiver::start().await;
    let port = receiver.port();
    // The first answer passes any check that is made beforehand; the second is what would be connected to.
    let zone = Zone::default().name("rebind.example", &[&["8.8.8.8"], &["127.0.0.1"]]);
    let zone = Arc::new(zone);
    let egress = egress(&[], &zone);
    assert!(egress.resolve("rebind.example", port).await.is_ok(), "it looks public");
    assert_eq!(zone.asked(), 1);
    let request = get(&egress, "http://rebind.example/", 0);
    assert_eq!(egress.call(&request).await.unwrap_err(), CallError::NotAllowed);
    assert!(zone.asked() >= 2, "it was asked for again");
    assert_eq!(receiver.count(), 0);
}

#[tokio::test]
async fn an_unusual_port_of_a_name_is_called_on_allowed_networks_only() {
    let receiver = Receiver::start().await;
    let zone = Arc::new(
        Zone::default().name("own.example", &[&["127.0.0.1"]]).name("public.example", &[&["8.8.8.8"]]),
    );
    let egress = egress(&["127.0.0.0/8"], &zone);
    let url = format!("http://own.example:{}/x", receiver.port());
    let answer = egress.call(&get(&egress, &url, 0)).await.expect("an answer");
    assert_eq!(answer.status, 200);
    let url = format!("http://public.example:{}/x", receiver.port());
    assert_eq!(egress.call(&get(&egress, &url, 0)).await.unwrap_err(), CallError::NotAllowed);
}

#[tokio::test]
async fn redirects_are_followed_where_asked_and_each_is_checked() {
    let receiver = Receiver::start().await;
    let zone = Arc::new(Zone::default().name("inside.example", &[&["10.0.0.1"]]));
    let egress = egress(&["127.0.0.0/8"], &zone);
    let start = receiver.url("/a");
    let to = |url: &str| Served::status(302).with("location", url);
    for inwards in [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://2852039166/",
        "//169.254.169.254/",
        "http://inside.example/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "http://user:password@127.0.0.1/",
    ] {
        receiver.serve([to(inwards)]);
        let refused = egress.call(&get(&egress, &start, 3)).await.unwrap_err();
        assert_eq!(refused, CallError::NotAllowed, "{inwards}");
    }
    // Nobody asked for it: the redirect is the answer.
    receiver.serve([to("http://169.254.169.254/")]);
    assert_eq!(egress.call(&get(&egress, &start, 0)).await.unwrap().status, 302);
    // One that is in order, to another origin: what was meant for the first is not sent on.
    let other = Receiver::start().await;
    receiver.serve([to(&other.url("/b"))]);
    let mut request = get(&egress, &start, 3);
    request.headers = HeaderMap::from_iter([
        (http::header::AUTHORIZATION, HeaderValue::from_static("Bearer secret")),
        (http::header::COOKIE, HeaderValue::from_static("a=b")),
    ]);
    assert_eq!(egress.call(&request).await.unwrap().status, 200);
    let heard = other.taken();
    assert_eq!(heard.len(), 1);
    assert!(!heard[0].headers.contains_key("authorization") && !heard[0].headers.contains_key("cookie"));
    // One without end.
    receiver.serve((0..9).map(|_| to("/a")).collect::<Vec<_>>());
    assert_eq!(egress.call(&get(&egress, &start, 5)).await.unwrap_err(), CallError::Redirects);
}

#[tokio::test]
async fn answers_are_bounded_in_time_and_length() {
    let receiver = Receiver::start().await;
    let egress = egress(&["127.0.0.0/8"], &Arc::default());
    let url = receiver.url("/");
    // Without end: 10 MiB are read of it, whatever is asked for.
    receiver.serve([Served::endless()]);
    let answer = egress.call(&get(&egress, &url, 0)).await.unwrap();
    assert!(answer.cut);
    assert_eq!(answer.body.len(), 10 << 20);
    let started = Instant::now();
    receiver.serve([Served::never()]);
    assert_eq!(egress.call(&get(&egress, &url, 0)).await.unwrap_err(), CallError::Timeout);
    assert!(started.elapsed() < Duration::from_secs(20), "the limit is two seconds");
    // A body that drips: the status counts, and what came in time.
    receiver.serve([Served::dripping()]);
    let answer = egress.call(&get(&egress, &url, 0)).await.unwrap();
    assert!(answer.cut && answer.status == 200);
    // Nothing is unpacked: a small body cannot become a large one.
    receiver.serve([Served::status(200).with("content-encoding", "gzip").body("not unpacked")]);
    assert_eq!(egress.call(&get(&egress, &url, 0)).await.unwrap().body, b"not unpacked");
    let heard = receiver.taken();
    assert!(heard.iter().all(|request| request.headers["accept-encoding"] == "identity"));
    assert!(heard[0].headers["user-agent"].to_str().unwrap().starts_with("Stoa/"));
}
