//! Texts of mails as companies word them.

use super::company::is_locale;
use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::permissions::EmailTemplatesRead;
use crate::schema::{Default, FieldSpec, Kind};
use bson::Document;

/// Keys of the mails that companies may word themselves.
pub const TEMPLATE_KEYS: &[&str] =
    &["ticket_created", "ticket_reply", "ticket_assigned", "ticket_status", "ticket_updated", "test"];

crate::text_enum! {
    /// Whether what is written is what is sent.
    pub enum TemplateStatus {
        /// There are changes that are not published, or nothing was published yet.
        Draft = "draft",
        /// The text is the one that is sent.
        Published = "published",
    }
}

/// What one version keeps.
const VERSION: &[FieldSpec] = &[
    FieldSpec::int(1, i64::MAX).named("number", "Number of the version."),
    FieldSpec::text(1, 500).named("subject", "Subject."),
    FieldSpec::prose(1, 65_536).named("html", "HTML."),
    FieldSpec::prose(0, 65_536).named("text", "Plain text; made of the HTML when empty."),
    FieldSpec::time().named("published_at", "When it was published."),
    FieldSpec::id_of("users").nullable().named("published_by", "Who published it."),
];

model! {
    /// How a company words a mail in a language. What is written is a draft until it is published; the platform's own
    /// text is sent where a company has published none.
    tenant EmailTemplate in "email_templates" as "email_templates" {
        /// Mail, such as `ticket_reply`.
        key: String = FieldSpec::one_of(TEMPLATE_KEYS).required().create_only().filter();
        /// Language.
        locale: String = FieldSpec::new(Kind::Format(is_locale, "a language tag such as en or pt-BR")).required().create_only().filter();
        /// Subject, with variables such as `{{ ticket.reference }}`.
        subject: String = FieldSpec::text(1, 500).required();
        /// HTML, with variables; their values are escaped.
        html: String = FieldSpec::prose(1, 65_536).required();
        /// Plain text, with variables; made of the HTML when empty.
        text: String = FieldSpec::prose(0, 65_536).default(Default::Text(""));
        /// Whether what is written is what is sent.
        status: TemplateStatus = FieldSpec::one_of(TemplateStatus::NAMES).read_only().default(Default::Text("draft")).filter();
        /// Number of the version that is sent; null while none is.
        published_version: Option<i64> = FieldSpec::int(1, i64::MAX).read_only().nullable();
        /// The last versions that were published, oldest first.
        versions: Vec<Document> = FieldSpec::new(Kind::Objects { fields: VERSION, max: 10 }).hidden();
    }
    indexes &[
        Index::on("template_key", &[("key", Up), ("locale", Up)]).unique(),
        Index::on("template_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("template_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("template_status", &[("status", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("template_locale", &[("locale", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for EmailTemplate {
    type Read = EmailTemplatesRead;
}

impl EmailTemplate {
    /// The version that is sent.
    pub fn published(&self) -> Option<&Document> {
        self.version_numbered(self.published_version?)
    }

    /// A version that is still kept.
    pub fn version_numbered(&self, number: i64) -> Option<&Document> {
        self.versions.iter().find(|version| version.get_i64("number").is_ok_and(|n| n == number))
    }
}
