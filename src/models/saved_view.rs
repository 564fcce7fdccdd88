//! Saved views: lists that a person wants to find again.

use crate::db::{
    Direction::{Down, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, Reach, SavedViewsRead};
use crate::schema::{Default, FieldSpec, Kind};
use bson::oid::ObjectId;

crate::text_enum! {
    /// Who else sees a view.
    pub enum Sharing {
        /// Nobody.
        Private = "private",
        /// The people of the named departments.
        Departments = "departments",
        /// All staff of the company.
        Staff = "staff",
    }
}

model! {
    /// A list with filter, order and columns that a person saved.
    tenant SavedView in "saved_views" as "saved_views" {
        /// Name, unique among the owner's views of the resource.
        name: String = FieldSpec::text(1, 80).required().filter().sort().fold();
        /// The resource that the view lists.
        resource: String = FieldSpec::one_of(&["tickets", "users", "departments", "categories", "tags", "audit_log"]).default(Default::Text("tickets")).filter();
        /// Filter as lists take it.
        filter: bson::Document = FieldSpec::new(Kind::Json { max_bytes: 8192 }).required();
        /// Sort as lists take it.
        sort: Option<String> = FieldSpec::text(0, 120).nullable();
        /// Columns shown.
        columns: Vec<String> = FieldSpec::new(Kind::Texts { max: 40, max_len: 60 });
        /// Person whose view it is.
        owner_id: ObjectId = FieldSpec::id_of("users").read_only().filter();
        /// Who else sees it.
        sharing: Sharing = FieldSpec::one_of(Sharing::NAMES).default(Default::Text("private")).filter();
        /// Departments that see it, when shared with departments.
        department_ids: Vec<ObjectId> = FieldSpec::ids_of("departments", 50);
    }
    indexes &[
        Index::on("saved_view_name", &[("owner_id", Up), ("resource", Up), ("name_fold", Up)]).unique(),
        Index::on("saved_view_owner", &[("owner_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("saved_view_name_sort", &[("name_fold", Up), ("_id", Up)]),
        Index::on("saved_view_resource", &[("resource", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("saved_view_sharing", &[("sharing", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("saved_view_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("saved_view_updated", &[("updated_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for SavedView {
    type Read = SavedViewsRead;

    fn rows(reach: Reach, actor: &Actor) -> Expr {
        let own = Expr::eq("owner_id", actor.user_id());
        match reach {
            Reach::Own => own,
            Reach::Shared => Expr::or([
                own,
                Expr::eq("sharing", Sharing::Staff),
                Expr::eq("sharing", Sharing::Departments)
                    .and(Expr::is_in("department_ids", actor.departments().iter().copied())),
            ]),
            _ => Expr::Nothing,
        }
    }
}
