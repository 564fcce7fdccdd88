//! Mailboxes: addresses under which a company receives and sends mail, and the servers behind them.

use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::permissions::MailboxesRead;
use crate::schema::{Default, FieldSpec, Kind};
use bson::oid::ObjectId;

crate::text_enum! {
    /// How a connection to a mail server is protected. Certificates are always checked.
    pub enum MailSecurity {
        /// TLS from the first byte.
        Tls = "tls",
        /// Plain text that must turn into TLS before anything is said.
        Starttls = "starttls",
        /// Plain text: for servers on the same machine or network only.
        None = "none",
    }
}

const SMTP: &[FieldSpec] = &[
    FieldSpec::new(Kind::Format(is_host, HOST)).required().named("host", "Server."),
    FieldSpec::int(1, 65_535).required().named("port", "Port, such as 465 or 587."),
    FieldSpec::one_of(MailSecurity::NAMES)
        .default(Default::Text("starttls"))
        .named("security", "How the connection is protected."),
    FieldSpec::text(1, 254)
        .nullable()
        .named("username", "Name to log in with; none when the server wants none."),
];

const IMAP: &[FieldSpec] = &[
    FieldSpec::new(Kind::Format(is_host, HOST)).required().named("host", "Server."),
    FieldSpec::int(1, 65_535).required().named("port", "Port, such as 993 or 143."),
    FieldSpec::one_of(MailSecurity::NAMES)
        .default(Default::Text("tls"))
        .named("security", "How the connection is protected."),
    FieldSpec::text(1, 254).required().named("username", "Name to log in with."),
    FieldSpec::text(1, 200)
        .default(Default::Text("INBOX"))
        .named("folder", "Folder that new mail arrives in."),
];

const DKIM: &[FieldSpec] = &[
    FieldSpec::text(1, 63).named("selector", "Name of the key, the first part of the DNS name."),
    FieldSpec::text(1, 253).named("domain", "Domain that signs."),
    FieldSpec::text(1, 20).named("algorithm", "`rsa-sha256` or `ed25519-sha256`."),
    FieldSpec::text(1, 320).named("dns_name", "Where the TXT record belongs."),
    FieldSpec::text(1, 1000).named("dns_value", "What the TXT record says."),
];

const HOST: &str = "a host name or an address such as mail.example.com";

model! {
    /// An address under which a company receives and sends mail.
    tenant Mailbox in "mailboxes" as "mailboxes" {
        /// Address; no other mailbox of any company has it.
        address: String = FieldSpec::new(Kind::Email).required().create_only().filter().sort();
        /// Further addresses whose mail arrives here; no other mailbox has them either.
        aliases: Vec<String> = FieldSpec::new(Kind::Texts { max: 20, max_len: 254 });
        /// Name that recipients see as the sender; the company's when empty.
        from_name: Option<String> = FieldSpec::text(0, 120).nullable();
        /// Department whose tickets use it; without one it serves all that have none of their own.
        department_id: Option<ObjectId> = FieldSpec::id_of("departments").nullable().filter();
        /// Server to send by; without it mail goes by the platform's, if there is one.
        smtp: Option<bson::Document> = FieldSpec::new(Kind::Object(SMTP)).nullable();
        /// Password of the SMTP server. It has to be given again when host, port, security or user name change.
        smtp_password: Option<String> = FieldSpec::text(1, 1000).write_only().nullable();
        /// Server to fetch mail from; without it nothing is fetched.
        imap: Option<bson::Document> = FieldSpec::new(Kind::Object(IMAP)).nullable();
        /// Password of the IMAP server. It has to be given again when host, port, security or user name change.
        imap_password: Option<String> = FieldSpec::text(1, 1000).write_only().nullable();
        /// The server delivers `name+anything@` to this mailbox: replies then find their ticket by a signed address.
        subaddressing: bool = FieldSpec::flag(true);
        /// It sends and receives.
        is_active: bool = FieldSpec::flag(true).filter();
        /// Who writes is told that a ticket was opened.
        auto_reply: bool = FieldSpec::flag(false);
        /// How outgoing mail is signed (DKIM); null while it is not. Made by its own action.
        dkim: Option<bson::Document> = FieldSpec::new(Kind::Object(DKIM)).read_only().nullable();
        /// Private key of the signature, sealed.
        dkim_key: Option<String> = FieldSpec::prose(0, 10_000).hidden().nullable();
        /// Name by which the company's own mail server signs what it found out about senders (`Authentication-Results`).
        /// Without it no mail counts as one of the staff.
        authserv_id: Option<String> = FieldSpec::text(1, 253).nullable();
        /// People who have no account may open tickets by mail; an account without password is made for them.
        accepts_unknown: bool = FieldSpec::flag(true);
        /// What a mail becomes that answers a ticket but comes from someone who has no part in it.
        strangers: String = FieldSpec::one_of(&["new_ticket", "untrusted_message"]).default(Default::Text("new_ticket"));
        /// Mail is taken in over the signed address; made by its own action.
        webhook_active: bool = FieldSpec::flag(false).read_only();
        /// How far the folder was read.
        imap_state: Option<bson::Document> = FieldSpec::new(Kind::Json { max_bytes: 4096 }).hidden().nullable();
        /// What went wrong last, in words; null when the last attempt went well.
        last_error: Option<String> = FieldSpec::text(0, 500).read_only().nullable();
        /// When the servers were last spoken to.
        last_checked_at: Option<bson::DateTime> = FieldSpec::time().read_only().nullable();
    }
    indexes &[
        Index::on("mailbox_address", &[("address", Up), ("_id", Up)]),
        Index::on("mailbox_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("mailbox_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("mailbox_department", &[("department_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("mailbox_sweep", &[("is_active", Up), ("_id", Up)]).global(),
        Index::on("mailbox_active", &[("is_active", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for Mailbox {
    type Read = MailboxesRead;
}

/// A host name, an IPv4 address or an IPv6 address; whether it may be connected to is asked at each connection.
fn is_host(text: &str) -> bool {
    let name = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let address = text.parse::<std::net::Ipv6Addr>().is_ok();
    address || (1..=253).contains(&text.len()) && text.split('.').all(name)
}
