//! Users: the people of a company, and the platform's operators.

use super::company::{is_locale, is_timezone};
use crate::auth::password::StoredPassword;
use crate::db::{
    Direction::{Down, Up},
    Expr, Index, Op, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, Reach, Role, UsersRead};
use crate::schema::{Default, FieldSpec, Kind};
use bson::oid::ObjectId;

crate::text_enum! {
    /// Whether a person may log in.
    pub enum UserStatus {
        /// May log in.
        Active = "active",
        /// May not.
        Disabled = "disabled",
        /// Was asked to take over the account and has not done so yet; may not.
        Invited = "invited",
    }
}

crate::text_enum! {
    /// Which tickets a content writer sees.
    pub enum TicketScope {
        /// Own and assigned tickets.
        Own = "own",
        /// Also those of the person's departments.
        Department = "department",
        /// All tickets of the company.
        All = "all",
    }
}

const OUT_OF_OFFICE: &[FieldSpec] = &[
    FieldSpec::time().required().named("from", "Begin of the absence."),
    FieldSpec::time().required().named("to", "End of the absence."),
];

model! {
    /// A person: staff or client of a company, or an operator of the platform.
    tenant User in "users" as "users" {
        /// Address for log-in and mail, unique on the platform.
        email: String = FieldSpec::new(Kind::Email).required().create_only().filter().sort();
        /// Display name.
        name: String = FieldSpec::text(1, 120).required().filter().sort().fold();
        /// Role; changed only by its own action.
        role: Role = FieldSpec::one_of(Role::NAMES).required().create_only().filter();
        /// Whether the person may log in; changed only by its own actions.
        status: UserStatus = FieldSpec::one_of(UserStatus::NAMES).read_only().default(Default::Text("active")).filter();
        /// The password as it is stored; without one the person cannot log in.
        password_hash: Option<StoredPassword> = FieldSpec::new(Kind::Json { max_bytes: 1024 }).hidden().nullable();
        /// The person must choose a password of their own before anything else.
        must_change_password: bool = FieldSpec::flag(false).read_only();
        /// Since when the person has a second factor; none without one.
        mfa_enrolled_at: Option<bson::DateTime> = FieldSpec::time().read_only().nullable();
        /// Picture.
        avatar_url: Option<String> = FieldSpec::text(0, 500).nullable();
        /// Telephone number.
        phone: Option<String> = FieldSpec::text(0, 40).nullable();
        /// Language.
        locale: Option<String> = FieldSpec::new(Kind::Format(is_locale, "a language tag such as en or pt-BR")).nullable();
        /// Time zone.
        timezone: Option<String> = FieldSpec::new(Kind::Format(is_timezone, "an IANA time zone such as Europe/Berlin")).nullable();
        /// Departments that the person works in.
        department_ids: Vec<ObjectId> = FieldSpec::ids_of("departments", 50).filter();
        /// Which tickets a content writer sees.
        ticket_scope: TicketScope = FieldSpec::one_of(TicketScope::NAMES).default(Default::Text("department"));
        /// Most open tickets that automatic assignment gives the person; 0 for no limit.
        capacity: i64 = FieldSpec::int(0, 10_000).default(Default::Int(0));
        /// What the person is good at, for assignment by skill.
        skills: Vec<String> = FieldSpec::new(Kind::Texts { max: 50, max_len: 60 });
        /// Absence during which nothing is assigned.
        out_of_office: Option<bson::Document> = FieldSpec::new(Kind::Object(OUT_OF_OFFICE)).nullable();
        /// What to be notified of, by event and relation to the ticket; the defaults when null.
        notification_preferences: Option<bson::Document> = FieldSpec::new(Kind::Object(super::NOTIFICATION_MATRIX)).nullable();
        /// When the person last logged in.
        last_login_at: Option<bson::DateTime> = FieldSpec::time().read_only().nullable().sort();
        /// Counts what ends all access tokens: password, role, company, disabling.
        epoch: i64 = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
    }
    indexes &[
        Index::on("user_name", &[("name_fold", Up), ("_id", Up)]),
        Index::on("user_role", &[("role", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("user_status", &[("status", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("user_departments", &[("department_ids", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("user_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("user_created_anywhere", &[("created_at", Down), ("_id", Down)]).global(),
        Index::on("user_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("user_last_login", &[("last_login_at", Down), ("_id", Down)]),
        Index::on("user_address", &[("email", Up), ("_id", Up)]),
    ]
}

impl TenantModel for User {
    type Read = UsersRead;

    fn rows(reach: Reach, actor: &Actor) -> Expr {
        let myself = Expr::eq("_id", actor.user_id());
        match reach {
            Reach::All => Expr::All,
            Reach::Myself => myself,
            Reach::Staff => Expr::or([myself, Expr::cmp("role", Op::Ne, Role::Client)]),
            Reach::Clients => Expr::or([myself, Expr::eq("role", Role::Client)]),
            Reach::Ranked => {
                let below = Role::ALL.iter().filter(|role| role.rank() <= actor.role().rank());
                Expr::is_in("role", below.copied())
            }
            _ => Expr::Nothing,
        }
    }
}
