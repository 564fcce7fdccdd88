//! Categories: what tickets are about.

use super::Priority;
use crate::db::{
    Direction::{Down, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, CategoriesRead, Reach};
use crate::schema::{Default, FieldSpec, Kind};
use bson::oid::ObjectId;

/// Ticket fields that people fill in and that can be empty.
const REQUIRABLE: &[&str] =
    &["description", "cc_ids", "assignee_id", "department_id", "category_id", "tag_ids", "external_id"];

model! {
    /// What a ticket is about; decides department, priority and what must be known to solve it.
    tenant Category in "categories" as "categories" {
        /// Name, unique in the company.
        name: String = FieldSpec::text(1, 80).required().filter().sort().fold();
        /// When to choose it.
        description: Option<String> = FieldSpec::prose(0, 2000).nullable();
        /// Category above it.
        parent_id: Option<ObjectId> = FieldSpec::id_of("categories").nullable().filter();
        /// Department that gets its tickets.
        department_id: Option<ObjectId> = FieldSpec::id_of("departments").nullable().filter();
        /// Priority of tickets that do not name one.
        default_priority: Option<Priority> = FieldSpec::one_of(Priority::NAMES).nullable();
        /// Skill that automatic assignment looks for.
        skill: Option<String> = FieldSpec::text(0, 60).nullable();
        /// Ticket fields that must have a value before it can be solved.
        required_for_solved: Vec<String> = FieldSpec::new(Kind::Texts { max: 20, max_len: 60 }).among(REQUIRABLE);
        /// Clients may see and choose it.
        is_public: bool = FieldSpec::flag(true).filter();
        /// In use.
        is_active: bool = FieldSpec::flag(true).filter();
        /// Order among its siblings.
        position: i64 = FieldSpec::int(0, 1_000_000).default(Default::Int(0)).sort();
    }
    indexes &[
        Index::on("category_name", &[("name_fold", Up)]).unique(),
        Index::on("category_name_sort", &[("name_fold", Up), ("_id", Up)]),
        Index::on("category_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("category_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("category_position", &[("position", Up), ("_id", Up)]),
        Index::on("category_parent", &[("parent_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("category_department", &[("department_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("category_public", &[("is_public", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("category_active", &[("is_active", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for Category {
    type Read = CategoriesRead;

    fn rows(reach: Reach, _: &Actor) -> Expr {
        match reach {
            Reach::All => Expr::All,
            Reach::Public => Expr::eq("is_public", true).and(Expr::eq("is_active", true)),
            _ => Expr::Nothing,
        }
    }
}
