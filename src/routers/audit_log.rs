//! The audit log: list, show, and the check of its chain.

use crate::app::App;
use crate::errors::{Code, FieldErrors, Result};
use crate::models::AuditEntry;
use crate::permissions::{AuditVerify, Authorized};
use crate::schema::FieldSpec;
use crate::services::audit_log;
use crate::web::{AnswerDoc, Doc, Pairs, Reply, Routes, reads};
use axum::extract::State;

const VERIFICATION: &[FieldSpec] = &[
    FieldSpec::flag(true).named("valid", "What was checked of the chain is whole."),
    FieldSpec::int(0, i64::MAX).named("checked", "Entries that were found sound."),
    FieldSpec::int(0, i64::MAX).named("last_seq", "Number of the last entry."),
    FieldSpec::text(64, 64)
        .named("last_hash", "Hash of the last entry; kept elsewhere it proves later what came before it."),
    FieldSpec::int(1, i64::MAX).nullable().named("first_invalid_seq", "First entry that is not sound."),
    FieldSpec::one_of(&["missing", "altered", "head_mismatch", "beyond_head"])
        .nullable()
        .named("fault", "What is wrong with it."),
    FieldSpec::int(1, i64::MAX)
        .nullable()
        .named("next_seq", "Entry with which to go on; null at the end of the chain and after a fault."),
];

const FROM: &[FieldSpec] = &[FieldSpec::int(1, i64::MAX)
    .named("from_seq", "Number of the first entry to check; 1, the beginning, is the default.")];

/// Routes of the audit log.
pub fn routes() -> Routes {
    let doc = Doc::new(
        "Check that no entry of the company's audit log was changed, removed or moved. A long log is checked in parts: \
         ask again with from_seq until next_seq is null. Only one check of a company's log runs at a time.",
    )
    .answer(AnswerDoc::Fields(VERIFICATION))
    .query(FROM);
    reads::<AuditEntry>().get("/api/audit_log/verify", "verify", doc, verify)
}

async fn verify(
    Authorized(permit): Authorized<AuditVerify>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
) -> Result<Reply> {
    Reply::json(&audit_log::verify(&app, &permit, from_seq(&pairs)?).await?)
}

fn from_seq(pairs: &[(String, String)]) -> Result<i64> {
    let mut from = 1;
    for (key, value) in pairs {
        let number = value.parse().ok().filter(|number| key == "from_seq" && *number >= 1);
        let fault =
            || FieldErrors::one(key, Code::InvalidParameter, "Send from_seq with a number from 1 on.");
        from = number.ok_or_else(fault)?;
    }
    Ok(from)
}
