//! Tests of the operational ground: settings, secrets, the embedded database, shutdown.

mod config;
mod migrations;
mod mongod;
mod moto;
mod secrets;
mod secrets_manager;
mod serving;
mod shutdown;
mod storage;
mod telemetry;
pub mod temp_dir;
