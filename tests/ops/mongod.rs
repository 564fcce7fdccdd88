//! Tests of the embedded database with a real mongod: start, stop, and recovery from every kind of crash.

use super::temp_dir::TempDir;
use mongodb::Client;
use mongodb::bson::doc;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use stoa::mongod::{Embedded, EmbeddedOptions, MongodError};
use tokio::time::{Instant, sleep};

/// Names the data folder to a copy of this test that is started to be killed.
const HOLD: &str = "STOA_TEST_HOLD";

fn options(folder: &Path) -> EmbeddedOptions {
    EmbeddedOptions {
        mongod: std::env::var_os("MONGOD").filter(|path| !path.is_empty()).map(Into::into),
        data_dir: folder.to_owned(),
    }
}

async fn start(folder: &Path) -> Embedded {
    Embedded::start(&options(folder)).await.unwrap()
}

/// Writes a record in a transaction, which only a replica set has, and gives the number of records.
async fn write(embedded: &Embedded) -> u64 {
    let client = Client::with_uri_str(embedded.uri()).await.unwrap();
    let records = client.database("test").collection("records");
    let mut session = client.start_session().await.unwrap();
    session.start_transaction().await.unwrap();
    records.insert_one(doc! { "a": 1 }).session(&mut session).await.unwrap();
    session.commit_transaction().await.unwrap();
    records.count_documents(doc! {}).await.unwrap()
}

fn alive(pid: u32) -> bool {
    // The command line of a process that ended and was not yet waited for is empty.
    std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < deadline, "not within 60 s: {what}");
        sleep(Duration::from_millis(10)).await;
    }
}

fn kill(pid: u32) {
    assert!(
        Command::new("sh").args(["-c", "kill -9 \"$1\"", "sh", &pid.to_string()]).status().unwrap().success()
    );
}

#[tokio::test]
async fn a_second_start_keeps_the_data_and_the_address() {
    let folder = TempDir::new();
    let first = start(folder.path()).await;
    assert_eq!(write(&first).await, 1);
    let (uri, pid) = (first.uri(), first.pid());
    first.shutdown().await.unwrap();
    assert!(!alive(pid), "shutdown waits for the end");
    let second = start(folder.path()).await;
    assert_eq!(second.uri(), uri);
    assert_eq!(write(&second).await, 2);
    second.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_second_instance_on_the_same_folder_is_told_so_and_harms_nothing() {
    let folder = TempDir::new();
    let first = start(folder.path()).await;
    let error = Embedded::start(&options(folder.path())).await.err().unwrap();
    assert!(matches!(error, MongodError::InUse { .. }), "{error}");
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    assert_eq!(write(&first).await, 1);
    first.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_crashed_database_is_noticed_and_the_next_start_recovers_it() {
    let folder = TempDir::new();
    let first = start(folder.path()).await;
    assert_eq!(write(&first).await, 1);
    kill(first.pid());
    let error = first.ended().await;
    assert!(matches!(error, MongodError::Ended { .. }), "{error}");
    drop(first);
    let second = start(folder.path()).await;
    assert_eq!(write(&second).await, 2);
    second.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_stranger_on_the_port_makes_the_database_move() {
    let folder = TempDir::new();
    let first = start(folder.path()).await;
    assert_eq!(write(&first).await, 1);
    let uri = first.uri();
    first.shutdown().await.unwrap();
    let port: u16 =
        std::fs::read_to_string(folder.path().join("mongod.port")).unwrap().trim().parse().unwrap();
    // It answers everybody by hanging up, as most servers do to what they do not understand.
    let stranger = TcpListener::bind(("127.0.0.1", port)).unwrap();
    std::thread::spawn(move || stranger.incoming().for_each(drop));
    let second = start(folder.path()).await;
    assert_ne!(second.uri(), uri);
    assert_eq!(write(&second).await, 2);
    second.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_database_left_behind_by_a_killed_run_is_stopped_and_its_data_kept() {
    let folder = TempDir::new();
    let first = start(folder.path()).await;
    assert_eq!(write(&first).await, 1);
    // The command line as it is, without the tie to this process.
    let line = std::fs::read_to_string(format!("/proc/{}/cmdline", first.pid())).unwrap();
    let words: Vec<String> = line.split_terminator('\0').map(str::to_owned).collect();
    first.shutdown().await.unwrap();
    let mut orphan = Command::new(&words[0]).args(&words[1..]).stdout(Stdio::null()).spawn().unwrap();
    let lock = folder.path().join("db/mongod.lock");
    let noted = format!("{}\n", orphan.id());
    until("the orphan holds its folder", || std::fs::read_to_string(&lock).is_ok_and(|text| text == noted))
        .await;

    // Somebody must wait for the orphan, as init does for real ones.
    let reaper = std::thread::spawn(move || orphan.wait().unwrap());
    let second = start(folder.path()).await;
    reaper.join().unwrap();
    assert_eq!(write(&second).await, 2);
    second.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_database_ends_when_the_program_is_killed() {
    if let Some(folder) = std::env::var_os(HOLD) {
        let embedded = start(Path::new(&folder)).await;
        write(&embedded).await;
        std::fs::write(Path::new(&folder).join("pid.part"), embedded.pid().to_string()).unwrap();
        std::fs::rename(Path::new(&folder).join("pid.part"), Path::new(&folder).join("pid")).unwrap();
        return std::future::pending().await;
    }
    let folder = TempDir::new();
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ops::mongod::the_database_ends_when_the_program_is_killed"])
        .env(HOLD, folder.path())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let noted = folder.path().join("pid");
    until("the program has its database", || noted.exists()).await;
    let pid: u32 = std::fs::read_to_string(&noted).unwrap().parse().unwrap();
    assert!(alive(pid));
    program.kill().unwrap();
    program.wait().unwrap();
    until("the database ended", || !alive(pid)).await;
    let again = start(folder.path()).await;
    assert_eq!(write(&again).await, 2);
    again.shutdown().await.unwrap();
}

#[tokio::test]
async fn faults_of_the_surroundings_are_told_in_words() {
    let folder = TempDir::new();
    let missing = EmbeddedOptions { mongod: Some("/nowhere/mongod".into()), ..options(folder.path()) };
    let error = Embedded::start(&missing).await.err().unwrap();
    assert!(
        matches!(&error, MongodError::NoProgram { tried } if tried.contains("/nowhere/mongod")),
        "{error}"
    );

    let file = folder.write("file", "");
    let error = Embedded::start(&options(Path::new(&file))).await.err().unwrap();
    assert!(matches!(error, MongodError::Folder { .. }), "{error}");

    // A folder whose files are not a database.
    std::fs::create_dir_all(folder.path().join("data/db")).unwrap();
    folder.write("data/db/WiredTiger", "no");
    folder.write("data/db/WiredTiger.wt", "no");
    folder.write("data/db/storage.bson", "no");
    let error = Embedded::start(&options(&folder.path().join("data"))).await.err().unwrap();
    assert!(matches!(error, MongodError::Ended { .. }), "{error}");
    assert!(error.to_string().contains("mongod.log"), "{error}");
}
