//! Departments: groups of staff that share a queue.

use crate::db::{
    Direction::{Down, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, DepartmentsRead, Reach};
use crate::schema::{Default, FieldSpec};
use bson::oid::ObjectId;

crate::text_enum! {
    /// How new tickets of a department find their assignee.
    pub enum AssignmentStrategy {
        /// They wait until someone takes them.
        Manual = "manual",
        /// In turn.
        RoundRobin = "round_robin",
        /// To whom has the fewest open tickets.
        LeastOpen = "least_open",
        /// To whom has the skill that the category asks for, fewest open tickets first.
        Skill = "skill",
    }
}

model! {
    /// A group of staff that shares a queue of tickets.
    tenant Department in "departments" as "departments" {
        /// Name, unique in the company.
        name: String = FieldSpec::text(1, 80).required().filter().sort().fold();
        /// What the department does.
        description: Option<String> = FieldSpec::prose(0, 2000).nullable();
        /// Department above it.
        parent_id: Option<ObjectId> = FieldSpec::id_of("departments").nullable().filter();
        /// People who lead it.
        lead_ids: Vec<ObjectId> = FieldSpec::ids_of("users", 50);
        /// Clients may see and choose it.
        is_public: bool = FieldSpec::flag(true).filter();
        /// How new tickets are assigned.
        assignment_strategy: AssignmentStrategy = FieldSpec::one_of(AssignmentStrategy::NAMES).default(Default::Text("manual"));
        /// The person who got the last ticket in turn.
        assignment_pointer: Option<ObjectId> = FieldSpec::id_of("").hidden().nullable();
        /// How many tickets were assigned in this way; each one writes it, so no two choose at the same time.
        assignment_turns: Option<i64> = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
        /// In use.
        is_active: bool = FieldSpec::flag(true).filter();
    }
    indexes &[
        Index::on("department_name", &[("name_fold", Up)]).unique(),
        Index::on("department_name_sort", &[("name_fold", Up), ("_id", Up)]),
        Index::on("department_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("department_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("department_parent", &[("parent_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("department_public", &[("is_public", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("department_active", &[("is_active", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for Department {
    type Read = DepartmentsRead;

    fn rows(reach: Reach, actor: &Actor) -> Expr {
        match reach {
            Reach::All => Expr::All,
            Reach::Public => Expr::eq("is_public", true).and(Expr::eq("is_active", true)),
            Reach::Lead => Expr::eq("lead_ids", actor.user_id()),
            _ => Expr::Nothing,
        }
    }
}
