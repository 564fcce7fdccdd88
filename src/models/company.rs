//! Companies: the tenants.

use crate::db::{
    Direction::{Down, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, CompaniesRead, Reach};
use crate::schema::{Default, FieldSpec, Kind};

crate::text_enum! {
    /// Whether a company may use the system.
    pub enum CompanyStatus {
        /// In use.
        Active = "active",
        /// Nobody of the company may log in.
        Suspended = "suspended",
    }
}

crate::text_enum! {
    /// What the platform's operators may do inside a company.
    pub enum SupportAccess {
        /// Nothing.
        Off = "off",
        /// Read.
        Read = "read",
        /// Read and write.
        Write = "write",
    }
}

const BRANDING: &[FieldSpec] = &[
    FieldSpec::text(0, 200).nullable().named("logo_url", "Address of the logo."),
    FieldSpec::new(Kind::Format(is_colour, "a colour such as #1a73e8"))
        .nullable()
        .named("colour", "Main colour."),
];

/// Roles of which a company can demand a second factor.
pub const MFA_ROLES: &[&str] = &["company_admin", "content_manager", "content_writer", "client"];

model! {
    /// A company on the platform, with its own people, tickets and settings.
    tenant Company in "companies" as "companies" {
        /// Name of the company.
        name: String = FieldSpec::text(1, 120).required().filter().sort().fold();
        /// Short name in addresses, unique on the platform.
        slug: String = FieldSpec::new(Kind::Format(is_slug, "2 to 40 lower-case letters, digits and hyphens, beginning with a letter")).required().create_only().filter().sort();
        /// Whether its people may log in.
        status: CompanyStatus = FieldSpec::one_of(CompanyStatus::NAMES).read_only().default(Default::Text("active")).filter();
        /// IANA name of the time zone, such as `Europe/Berlin`.
        timezone: String = FieldSpec::new(Kind::Format(is_timezone, "an IANA time zone such as Europe/Berlin")).default(Default::Text("UTC"));
        /// BCP 47 language tag, such as `en`.
        locale: String = FieldSpec::new(Kind::Format(is_locale, "a language tag such as en or pt-BR")).default(Default::Text("en"));
        /// Logo and colour.
        branding: Option<bson::Document> = FieldSpec::new(Kind::Object(BRANDING)).nullable();
        /// What the platform's operators may do inside the company.
        support_access: SupportAccess = FieldSpec::one_of(SupportAccess::NAMES).default(Default::Text("write"));
        /// Roles whose people must have a second factor.
        mfa_required_roles: Option<Vec<String>> = FieldSpec::new(Kind::Texts { max: 4, max_len: 20 }).among(MFA_ROLES);
        /// Number of active company administrators; never falls to zero while the company has one.
        active_admins: i64 = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
        /// What its files may take up, in bytes; the usual amount of the platform when null.
        storage_quota_bytes: Option<i64> = FieldSpec::int(0, 1 << 50).nullable();
        /// What its files take up, in bytes.
        storage_used_bytes: Option<i64> = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
    }
    indexes &[
        Index::on("company_slug", &[("slug", Up)]).global().unique_for_ever(),
        Index::on("company_name", &[("name_fold", Up), ("_id", Up)]).global(),
        Index::on("company_created", &[("created_at", Down), ("_id", Down)]).global(),
        Index::on("company_updated", &[("updated_at", Down), ("_id", Down)]).global(),
        Index::on("company_status", &[("status", Up), ("created_at", Down), ("_id", Down)]).global(),
    ]
}

impl TenantModel for Company {
    const SCOPE_FIELD: &'static str = "_id";
    type Read = CompaniesRead;

    fn rows(reach: Reach, _: &Actor) -> Expr {
        if reach == Reach::All { Expr::All } else { Expr::Nothing }
    }
}

fn is_slug(text: &str) -> bool {
    (2..=40).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].chars().all(|c| c.is_ascii_hexdigit())
}

/// Shape of an IANA name; whether the zone exists is for the calendar arithmetic to say.
pub(super) fn is_timezone(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+'))
}

/// Shape of a BCP 47 tag: language, then script or region.
pub(super) fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.chars().all(|c| c.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}
