//! The condition that stands around every query of a tenant collection, built in this one place.

use super::{Expr, TenantModel};
use crate::permissions::TenantScope;
use bson::{Document, oid::ObjectId};

/// Scope, reach and trash condition of one reader or writer.
#[derive(Clone, Debug)]
pub(super) struct Wall {
    scope_field: &'static str,
    company: Option<ObjectId>,
    reach: Expr,
    pub(super) trash: bool,
    pub(super) comment: String,
}

impl Wall {
    /// The wall of a scope. A platform scope spans companies and says so in the comment, where the monitor sees it.
    pub(super) fn of<M: TenantModel>(scope: &TenantScope, reach: Expr) -> Self {
        let company = scope.company();
        let comment = match company {
            Some(_) => scope.request_id().to_owned(),
            None => format!("across:{}:{}", scope.reason(), scope.request_id()),
        };
        Self { scope_field: M::SCOPE_FIELD, company, reach, trash: false, comment }
    }

    /// The whole filter: the scope first, then everything else ANDed, so that no part can widen another.
    pub(super) fn around(&self, filter: &Expr) -> Document {
        let mut document = Document::new();
        if let Some(company) = self.company {
            document.insert(self.scope_field, bson::doc! { "$eq": company });
        }
        if !self.trash {
            document.insert("deleted_at", bson::doc! { "$eq": null });
        }
        let parts: Vec<Document> = [&self.reach, filter]
            .into_iter()
            .filter(|part| **part != Expr::All)
            .map(Expr::to_document)
            .collect();
        if !parts.is_empty() {
            document.insert("$and", parts);
        }
        document
    }

    /// Company to stamp on new records.
    pub(super) fn company(&self) -> Option<ObjectId> {
        self.company
    }

    /// Whether a record that is about to be stored lies inside the wall.
    pub(super) fn admits(&self, document: &Document) -> bool {
        let inside = match self.company {
            Some(company) => document.get_object_id(self.scope_field).is_ok_and(|found| found == company),
            None => true,
        };
        inside && self.reach.matches(document)
    }
}
