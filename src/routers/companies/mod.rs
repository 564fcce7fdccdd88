//! `/api/companies`: the shared routes, without bulk delete, and suspension.

mod delete;
mod status;

use crate::errors::Code;
use crate::models::Company;
use crate::web::{Doc, Routes, creates, reads, updates};

/// All routes of companies.
pub fn routes() -> Routes {
    let changed: &'static [Code] = &[Code::PreconditionFailed];
    Routes::of("companies")
        .merge(reads::<Company>())
        .merge(creates::<Company>())
        .merge(updates::<Company>())
        .delete(
            "/api/companies/{id}",
            "delete",
            Doc::new("Move a company to the trash. Its people are logged out.").codes(changed),
            delete::delete,
        )
        .post(
            "/api/companies/{id}/restore",
            "restore",
            Doc::new("Take a company back from the trash.")
                .codes(&[Code::Conflict, Code::PreconditionFailed]),
            delete::restore,
        )
        .post(
            "/api/companies/{id}/suspend",
            "suspend",
            Doc::new("Suspend a company. Its people are logged out.").codes(changed),
            status::suspend,
        )
        .post(
            "/api/companies/{id}/resume",
            "resume",
            Doc::new("Resume a suspended company.").codes(changed),
            status::resume,
        )
}
