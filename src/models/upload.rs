//! Uploads: files that people send, and what hangs on them.

use crate::db::{
    Direction::{Down, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, Reach, UploadsRead};
use crate::schema::{Default, FieldSpec, Kind};
use bson::{Bson, DateTime, Document, oid::ObjectId};

crate::text_enum! {
    /// What has become of a file.
    pub enum UploadState {
        /// Announced; its bytes are not there, or not looked at yet.
        Pending = "pending",
        /// Looked at, and fit to be read and attached.
        Ready = "ready",
        /// Looked at, and never handed out.
        Quarantined = "quarantined",
        /// On its way out: the record goes when the bytes are gone.
        Deleting = "deleting",
    }
}

crate::text_enum! {
    /// Why a file is never handed out.
    pub enum QuarantineReason {
        /// It is a program.
        Executable = "executable",
        /// It claims to be harmless and is something that browsers run.
        TypeMismatch = "type_mismatch",
        /// It is one thing for one program and a page for another.
        Polyglot = "polyglot",
        /// Who sent it may not send this type.
        TypeNotAllowed = "type_not_allowed",
        /// It is longer or shorter than announced.
        SizeMismatch = "size_mismatch",
        /// It is another one than announced.
        ChecksumMismatch = "checksum_mismatch",
        /// Its bytes are gone from the storage.
        ObjectMissing = "object_missing",
    }
}

const LINK: &[FieldSpec] = &[
    FieldSpec::one_of(&["ticket_message"]).named("type", "What names it."),
    FieldSpec::id_of("").named("id", "Id of that."),
];

const TRANSFER: &[FieldSpec] = &[
    FieldSpec::flag(false)
        .named("direct", "The address is the storage's own: send no `Authorization` there."),
    FieldSpec::one_of(&["PUT"]).named("method", "Method."),
    FieldSpec::text(1, 4000).named("url", "Address; begins with `/api/` when the bytes go through the API."),
    FieldSpec::new(Kind::Json { max_bytes: 4096 }).named("headers", "Headers to send just so."),
    FieldSpec::time().named("expires_at", "Not valid any more from then on."),
];

model! {
    /// A file that somebody sent: announced, sent, looked at, and then attached to something within a day.
    tenant Upload in "uploads" as "uploads" {
        /// Name for people, made harmless: no path, no control or bidirectional characters, at most 255 bytes.
        filename: String = FieldSpec::text(1, 255).create_only().required();
        /// What the sender says that it is, such as `image/png`.
        content_type: String = FieldSpec::new(Kind::Format(is_media_type, "a media type such as image/png")).create_only().required();
        /// Bytes.
        size: i64 = FieldSpec::int(1, 5_242_880_000).create_only().required();
        /// SHA-256 in hex.
        sha256: Option<String> = FieldSpec::new(Kind::Format(is_sha256, "64 hex digits in lower case")).create_only().required();
        /// What it is for.
        purpose: String = FieldSpec::one_of(&["attachment"]).create_only().default(Default::Text("attachment"));
        /// What has become of it.
        state: UploadState = FieldSpec::one_of(UploadState::NAMES).read_only().default(Default::Text("pending")).filter();
        /// What its bytes say that it is; it is served as this.
        sniffed_type: Option<String> = FieldSpec::text(1, 120).read_only().nullable();
        /// Why it is in quarantine.
        quarantine_reason: Option<QuarantineReason> = FieldSpec::one_of(QuarantineReason::NAMES).read_only().nullable();
        /// What it is attached to.
        link: Option<Document> = FieldSpec::new(Kind::Object(LINK)).read_only().nullable();
        /// It is removed then, unless it is sent or attached before.
        expires_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// How to send the bytes; only in the answer to its creation.
        transfer: Option<Document> = FieldSpec::new(Kind::Object(TRANSFER)).read_only().nullable();
        /// Bytes that are counted in the company's use of the storage.
        counted_bytes: i64 = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
        /// Size and checksum were checked while the bytes came through the API.
        received: bool = FieldSpec::flag(false).hidden();
        /// Changes with the content: what was looked at is what is handed out.
        etag: Option<String> = FieldSpec::text(0, 200).hidden().nullable();
        /// Name of the parts at the storage while they come in.
        multipart: Option<String> = FieldSpec::text(0, 2000).hidden().nullable();
    }
    indexes &[
        Index::on("upload_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("upload_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("upload_owner", &[("created_by", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("upload_state", &[("state", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("upload_expiry", &[("expires_at", Up)]).global().where_present("expires_at"),
    ]
}

impl TenantModel for Upload {
    type Read = UploadsRead;

    /// What is attached is reached through what names it, which is looked at anew each time: see `services::uploads::find`.
    fn rows(reach: Reach, actor: &Actor) -> Expr {
        let own = Expr::eq("created_by", actor.user_id());
        match reach {
            Reach::All => Expr::All,
            Reach::Own => own,
            Reach::Unlinked => own.and(Expr::eq("link", Bson::Null)),
            _ => Expr::Nothing,
        }
    }
}

impl Upload {
    /// Where its bytes lie. Only ids are in it: nothing that anybody wrote.
    pub fn key(&self) -> String {
        let company = self.company_id.map(|id| id.to_hex()).unwrap_or_default();
        let day = self.created_at.to_time_0_3();
        format!("c/{company}/{:04}{:02}/{}", day.year(), u8::from(day.month()), self.id)
    }

    /// The upload whose bytes lie at a key.
    pub fn of_key(key: &str) -> Option<ObjectId> {
        let mut parts = key.split('/');
        let (first, company, month) = (parts.next()?, parts.next()?, parts.next()?);
        let sound = first == "c" && ObjectId::parse_str(company).is_ok() && month.len() == 6;
        let id = parts.next().filter(|_| sound && parts.next().is_none())?;
        ObjectId::parse_str(id).ok()
    }

    /// What it is served as: what was found, else bytes of no known meaning.
    pub fn served_type(&self) -> &str {
        self.sniffed_type.as_deref().unwrap_or("application/octet-stream")
    }
}

/// Type and subtype of RFC 6838 section 4.2, without parameters: they could carry anything.
pub(crate) fn is_media_type(text: &str) -> bool {
    let name = |part: &str| {
        (1..=63).contains(&part.len())
            && part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    text.split_once('/').is_some_and(|(kind, subtype)| name(kind) && name(subtype))
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
