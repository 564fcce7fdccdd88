//! An IMAP server made of a few lines, for what a real one cannot be made to do: refuse, fall silent, lie, close.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

/// What a command does instead of what it should.
#[derive(Clone)]
pub enum Fault {
    /// `NO`.
    Refuse,
    /// The connection ends.
    Close,
    /// These bytes come, and nothing after them.
    Say(String),
    /// It is answered when the server behaves again.
    Hold,
}

/// What the server holds and how it behaves.
#[derive(Default)]
pub struct State {
    pub validity: u32,
    pub next: u32,
    /// Mails with whether they were read.
    pub mails: BTreeMap<u32, (String, bool)>,
    /// By a part of the command.
    pub faults: BTreeMap<&'static str, Fault>,
    /// Mails that are listed and not given.
    pub withheld: BTreeSet<u32>,
    pub commands: Vec<String>,
}

pub struct FakeImap {
    pub port: u16,
    shared: Arc<(Mutex<State>, Condvar)>,
}

impl FakeImap {
    /// A server with mails 1 to `mails`, of which those in `read` were read.
    pub fn start(mails: u32, read: impl Fn(u32) -> bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("port");
        let port = listener.local_addr().expect("address").port();
        let mails: BTreeMap<u32, (String, bool)> = (1..=mails).map(|n| (n, (mail(n), read(n)))).collect();
        let next = u32::try_from(mails.len()).expect("few") + 1;
        let state = State { validity: 7, next, mails, ..State::default() };
        let shared = Arc::new((Mutex::new(state), Condvar::new()));
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&theirs);
                std::thread::spawn(move || drop(serve(stream, &shared)));
            }
        });
        Self { port, shared }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.shared.0.lock().expect("state")
    }

    /// One more mail.
    pub fn deliver(&self, read: bool) -> u32 {
        let mut state = self.state();
        let uid = state.next;
        state.mails.insert(uid, (mail(uid), read));
        state.next += 1;
        uid
    }

    pub fn fault(&self, command: &'static str, fault: Fault) {
        self.state().faults.insert(command, fault);
    }

    pub fn behave(&self) {
        self.state().faults.clear();
        self.shared.1.notify_all();
    }
}

pub fn mail(n: u32) -> String {
    format!(
        "From: fake@example.com\r\nTo: x\r\nSubject: fake {n}\r\nMessage-ID: <fake{n}@x.example>\r\n\r\nhello {n}\r\n"
    )
}

fn serve(mut stream: TcpStream, (state, behaves): &(Mutex<State>, Condvar)) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    write!(stream, "* OK ready\r\n")?;
    while let Some(Ok(line)) = lines.next() {
        let Some((tag, command)) = line.split_once(' ') else { continue };
        let fault = {
            let mut state = state.lock().expect("state");
            state.commands.push(command.to_owned());
            let found = state.faults.iter().find(|(part, _)| command.contains(**part));
            found.map(|(_, fault)| fault.clone())
        };
        match fault {
            None | Some(Fault::Hold) => {
                let held = state.lock().expect("state");
                let is_held = |state: &mut State| fault.is_some() && !state.faults.is_empty();
                drop(behaves.wait_while(held, is_held).expect("state"));
                let answer = answer(command, &mut state.lock().expect("state"));
                write!(stream, "{answer}{tag} OK done\r\n")?;
            }
            Some(Fault::Refuse) => write!(stream, "{tag} NO [LIMIT] Server busy\r\n")?,
            Some(Fault::Close) => return Ok(()),
            Some(Fault::Say(bytes)) => write!(stream, "{bytes}")?,
        }
        if command == "LOGOUT" {
            return Ok(());
        }
    }
    Ok(())
}

fn answer(command: &str, state: &mut State) -> String {
    let words: Vec<&str> = command.split(' ').collect();
    match *words.as_slice() {
        ["SELECT" | "EXAMINE", ..] => format!(
            "* {} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {}] numbers\r\n* OK [UIDNEXT {}] next\r\n",
            state.mails.len(),
            state.validity,
            state.next
        ),
        ["UID", "SEARCH", "UID", range, ref criteria @ ..] => {
            let (from, to) = range.split_once(':').unwrap_or((range, range));
            let last = state.mails.keys().last().copied().unwrap_or_default();
            let from: u32 = from.parse().expect("a number");
            let to = to.parse().unwrap_or(last.max(from));
            let wanted = |uid: &u32, read: bool| {
                // `n:*` has the last mail, whatever n is.
                ((from..=to).contains(uid) || (range.ends_with('*') && *uid == last))
                    && (!read || criteria.first() != Some(&"UNSEEN"))
            };
            let found = state.mails.iter().filter(|(uid, (_, read))| wanted(uid, *read));
            let found: Vec<String> = found.map(|(uid, _)| uid.to_string()).collect();
            format!("* SEARCH {}\r\n", found.join(" "))
        }
        ["UID", "FETCH", uid, .., what] => {
            let uid: u32 = uid.parse().expect("a number");
            match state.mails.get(&uid).filter(|_| !state.withheld.contains(&uid)) {
                None => String::new(),
                Some((raw, _)) if what.starts_with("RFC822") => {
                    format!("* 1 FETCH (UID {uid} RFC822.SIZE {})\r\n", raw.len())
                }
                Some((raw, _)) => format!("* 1 FETCH (UID {uid} BODY[] {{{}}}\r\n{raw})\r\n", raw.len()),
            }
        }
        ["UID", "STORE", uid, ..] => {
            if let Some(mail) = state.mails.get_mut(&uid.parse().expect("a number")) {
                mail.1 = true;
            }
            String::new()
        }
        _ => String::new(),
    }
}
