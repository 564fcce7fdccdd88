//! Tests of the end of the program: graceful, at the deadline, forced, and by real signals.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use stoa::shutdown::{Outcome, Shutdown};
use tokio_util::sync::CancellationToken;

const LONG: Duration = Duration::from_secs(60);
/// Tells a copy of this test that it is the one that gets the signals.
const SIGNALLED: &str = "STOA_TEST_SIGNALLED";

/// Sets a flag when it is dropped.
struct OnDrop(Arc<AtomicBool>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn tasks_finish_what_they_do() {
    let shutdown = Shutdown::new();
    let soft = shutdown.soft();
    let task = shutdown.spawn(async move {
        soft.cancelled().await;
        tokio::task::yield_now().await;
        "finished"
    });
    shutdown.request();
    assert_eq!(shutdown.finish(LONG).await, Outcome::Clean);
    assert_eq!(task.await.unwrap(), Some("finished"));
}

#[tokio::test]
async fn a_task_that_does_not_end_is_cut_off_at_the_deadline() {
    let shutdown = Shutdown::new();
    let dropped = Arc::new(AtomicBool::new(false));
    let guard = OnDrop(dropped.clone());
    shutdown.spawn(async move {
        let _guard = guard;
        std::future::pending::<()>().await;
    });
    assert_eq!(shutdown.finish(Duration::from_millis(20)).await, Outcome::Deadline);
    assert!(dropped.load(Ordering::SeqCst));
}

#[tokio::test]
async fn force_does_not_wait_for_the_deadline_nor_for_a_pause() {
    let shutdown = Shutdown::new();
    shutdown.spawn(std::future::pending::<()>());
    let other = shutdown.clone();
    let end = tokio::spawn(async move {
        other.pause(LONG).await;
        other.finish(LONG).await
    });
    shutdown.force();
    assert_eq!(tokio::time::timeout(LONG / 2, end).await.unwrap().unwrap(), Outcome::Forced);
}

#[tokio::test]
async fn the_first_signal_asks_and_the_second_forces() {
    if std::env::var_os(SIGNALLED).is_some() {
        return signal_oneself().await;
    }
    // In a process of its own: signals would reach other tests too.
    let name = "ops::shutdown::the_first_signal_asks_and_the_second_forces";
    let mut copy = Command::new(std::env::current_exe().unwrap());
    copy.args(["--exact", name]).env(SIGNALLED, "1").stdout(Stdio::null());
    assert!(copy.status().unwrap().success());
}

async fn signal_oneself() {
    let shutdown = Shutdown::new();
    shutdown.listen().unwrap();
    let cut: CancellationToken = shutdown.hard();
    shutdown.spawn(std::future::pending::<()>());
    send("TERM");
    tokio::time::timeout(LONG, shutdown.soft().cancelled()).await.unwrap();
    assert!(!cut.is_cancelled());
    send("INT");
    assert_eq!(shutdown.finish(LONG).await, Outcome::Forced);
}

fn send(name: &str) {
    let me = std::process::id().to_string();
    assert!(
        Command::new("sh").args(["-c", "kill -s \"$1\" \"$2\"", "sh", name, &me]).status().unwrap().success()
    );
}
