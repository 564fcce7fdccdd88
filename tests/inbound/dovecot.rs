//! A Dovecot of its own on a free port, with one Maildir; it ends with the value.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Dovecot {
    pub port: u16,
    folder: PathBuf,
    child: Child,
}

impl Dovecot {
    /// Starts one, or fails with what to install.
    pub fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("stoa-dovecot-{}", stoa::auth::random::base62(10)));
        for part in ["run", "mail/cur", "mail/new", "mail/tmp"] {
            std::fs::create_dir_all(folder.join(part)).expect("folder");
        }
        let port = TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address").port();
        // Root starts it as nobody, everyone else as themselves.
        let id = |flag: &str| {
            let out = Command::new("id").arg(flag).output().expect("id").stdout;
            String::from_utf8(out).expect("text").trim().to_owned()
        };
        let root = id("-u") == "0";
        let (user, group) =
            if root { ("nobody".to_owned(), "nogroup".to_owned()) } else { (id("-un"), id("-gn")) };
        let at = folder.display();
        let config = format!(
            "base_dir = {at}/run\nstate_dir = {at}/run\nlog_path = {at}/log\nprotocols = imap\nlisten = 127.0.0.1\nssl = no\n\
             disable_plaintext_auth = no\nmail_location = maildir:{at}/mail\nfirst_valid_uid = 0\nfirst_valid_gid = 0\n\
             default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n  inet_listener imaps {{\n    port = 0\n  }}\n}}\n\
             service anvil {{\n  chroot =\n}}\npassdb {{\n  driver = static\n  args = password=secret\n}}\n\
             userdb {{\n  driver = static\n  args = uid={user} gid={group} home={at}\n}}\n"
        );
        std::fs::write(folder.join("dovecot.conf"), config).expect("configuration");
        let server = Self { port, child: spawn(&folder), folder };
        server.hand_over();
        let deadline = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "{:?}", std::fs::read_to_string(server.folder.join("log")));
            std::thread::yield_now();
        }
        server
    }

    /// Puts a new mail into the folder, as a mail server does.
    pub fn deliver(&self, name: &str, raw: &[u8]) {
        std::fs::write(self.folder.join("mail/new").join(name), raw).expect("mail");
        self.hand_over();
    }

    /// Puts in a mail of last week that someone has read.
    pub fn deliver_seen(&self, name: &str, raw: &[u8]) {
        let path = self.folder.join("mail/cur").join(format!("{name}:2,S"));
        std::fs::write(&path, raw).expect("mail");
        let file = std::fs::File::options().append(true).open(path).expect("mail");
        file.set_modified(std::time::SystemTime::now() - Duration::from_secs(7 * 86_400)).expect("time");
        self.hand_over();
    }

    /// Number of mails that nobody has read.
    pub fn unseen(&self) -> usize {
        let count = |part: &str| self.names(part).iter().filter(|name| !name.contains(":2,S")).count();
        count("new") + count("cur")
    }

    /// Takes the mark of being read off every mail but the one that was read by others.
    pub fn forget_flags(&self) {
        let cur = self.folder.join("mail/cur");
        for name in self.names("cur").iter().filter(|name| !name.starts_with("old")) {
            std::fs::rename(cur.join(name), cur.join(name.replace(":2,S", ":2,"))).expect("flags");
        }
    }

    /// Makes the server number its mails anew, under another UIDVALIDITY.
    pub fn recount(&self) {
        for name in std::fs::read_dir(self.folder.join("mail")).expect("mail").flatten() {
            if name.file_name().to_string_lossy().starts_with("dovecot") {
                std::fs::remove_file(name.path()).expect("index");
            }
        }
        let list = "3 V99999 N1\n";
        std::fs::write(self.folder.join("mail/dovecot-uidlist"), list).expect("numbers");
        self.hand_over();
    }

    fn names(&self, part: &str) -> Vec<String> {
        let listed = std::fs::read_dir(self.folder.join("mail").join(part)).expect("mail");
        listed.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    /// The server's user owns the mail; for others than root that is so already.
    fn hand_over(&self) {
        let mut chown = Command::new("chown");
        chown.args(["-R", "nobody:nogroup"]).arg(self.folder.join("mail")).stderr(Stdio::null());
        drop(chown.status());
    }
}

fn spawn(folder: &std::path::Path) -> Child {
    let program = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"]
        .into_iter()
        .find(|path| std::path::Path::new(path).exists());
    let program = program.expect("dovecot is missing: scripts/setup --tests installs it");
    let conf = folder.join("dovecot.conf");
    let mut command = Command::new(program);
    command.arg("-F").arg("-c").arg(conf).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("dovecot")
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // It ends its own processes when asked to; killing it would leave them.
        drop(Command::new("kill").arg(self.child.id().to_string()).status());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
