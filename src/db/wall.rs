//! The condition that stands around every query of a tenant collection, built in this one place.

use super::{Expr, TenantModel};
use crate::permissions::TenantScope;
use bson::{DateTime, Document, doc, oid::ObjectId};

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
        self.with(doc! { "$eq": null }, filter)
    }

    /// The same filter in other words. For `null` the database reads each record, because the keys of an index do not
    /// tell `null` from a missing field; that there is no time (after 1970) they do tell. Unique and partial indexes,
    /// though, know only the first form.
    pub(super) fn around_by_index(&self, filter: &Expr) -> Document {
        self.with(doc! { "$not": { "$gt": DateTime::from_millis(0) } }, filter)
    }

    fn with(&self, living: Document, filter: &Expr) -> Document {
        let mut document = Document::new();
        if let Some(company) = self.company {
            document.insert(self.scope_field, doc! { "$eq": company });
        }
        if !self.trash {
            document.insert("deleted_at", living);
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

    /// Walls that let nothing in common through, and together the same: one for each alternative of the reach, without
    /// what those before it let through.
    pub(super) fn parts(&self) -> Vec<Self> {
        let mut alternatives = Vec::new();
        collect(&self.reach, &mut alternatives);
        let part = |at: usize| {
            let (before, this) = (&alternatives[..at], alternatives[at].clone());
            let reach = match before {
                [] => this,
                _ => this.and(Expr::Not(Box::new(Expr::or(before.iter().cloned())))),
            };
            Self { reach, ..self.clone() }
        };
        (0..alternatives.len()).map(part).collect()
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

fn collect(reach: &Expr, alternatives: &mut Vec<Expr>) {
    match reach {
        Expr::Or(parts) => parts.iter().for_each(|part| collect(part, alternatives)),
        other => alternatives.push(other.clone()),
    }
}
