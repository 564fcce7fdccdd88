//! The collections of accounts: what is waited for, second factors, known devices.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::doc;

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collections of account tokens, second factors and known devices.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one would let people in without their second factor.
    compatible_from: None,
};

fn changes() -> Vec<Change> {
    vec![
        Change::collection("account_tokens", None).with(vec![
            doc! { "name": "account_token_link", "key": { "link_hash": 1 } },
            doc! { "name": "account_token_user", "key": { "user_id": 1 } },
            doc! { "name": "account_token_expiry", "key": { "expires_at": 1 }, "expireAfterSeconds": 0 },
        ]),
        Change::collection("known_devices", None).with(vec![
            doc! { "name": "known_device_expiry", "key": { "expires_at": 1 }, "expireAfterSeconds": 0 },
        ]),
        Change::collection("mfa_factors", None),
    ]
}

fn undo() -> Vec<Change> {
    vec![
        Change::DropCollection { name: "account_tokens" },
        Change::DropCollection { name: "known_devices" },
        Change::DropCollection { name: "mfa_factors" },
    ]
}
