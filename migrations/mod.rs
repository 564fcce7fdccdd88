//! The steps of the database, in order. README.md tells how to write one.

use crate::migrate::Step;

macro_rules! steps {
    ($($step:ident,)*) => {
        $(mod $step;)*

        /// All steps; a new one goes to the end.
        pub const STEPS: &[Step] = &[
            $($step::STEP.named(stringify!($step), include_str!(concat!(stringify!($step), ".rs"))),)*
        ];
    };
}

steps! {
    m20261120_01_collections,
    m20261121_01_reports,
    m20261121_02_presences,
    m20261121_03_jobs,
    m20261121_04_workers,
    m20261121_05_accounts,
    m20261121_06_api_keys,
    m20261121_07_uploads,
    m20261121_08_mail,
    m20261121_09_inbound,
    m20261121_10_webhooks,
}
