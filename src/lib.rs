//! Stoa: a multi-tenant helpdesk backend on MongoDB.

/// Shared state of the program and the router made of it.
pub mod app;
/// Authentication primitives: passwords, tokens, throttles.
pub mod auth;
/// The command line.
pub mod cli;
/// Typed settings from file, `.env` and environment.
pub mod config;
/// The wall around the database.
pub mod db;
/// Two companies to look at, loaded through the API itself.
pub mod demo;
/// Connections to addresses that users name.
pub mod egress;
/// Lists, reads and writes as all resources share them.
pub mod engine;
/// The error type and its codes.
pub mod errors;
/// The condition of the program: starting, ready, draining.
pub mod health;
/// The job queue and its workers.
pub mod jobs;
/// Reading mail: texts, headers, what is automatic, what bounced.
pub mod mail;
/// Migrations of the database.
pub mod migrate;
/// The steps of the database, in order.
#[path = "../migrations/mod.rs"]
pub mod migrations;
/// Records and their fields.
pub mod models;
/// The embedded database server for those who have none.
pub mod mongod;
/// The OpenAPI document.
pub mod openapi;
/// Roles, the permission table, scopes and permits.
pub mod permissions;
/// How much of the program one caller may take.
pub mod quota;
/// The HTTP side: one file a resource.
pub mod routers;
/// Descriptions of fields.
pub mod schema;
/// Secrets from AWS Secrets Manager, files or the environment, and their rotation.
pub mod secrets;
/// Serving over HTTP: start, connections, graceful end.
pub mod server;
/// The rules of each resource.
pub mod services;
/// The end of the program: graceful, then forced.
pub mod shutdown;
/// Files: a bucket that speaks S3, or a folder behind the same protocol.
pub mod storage;
/// The clock.
pub mod support;
/// Log lines and metrics.
pub mod telemetry;
/// What every route shares: bodies, answers, layers, the route registry.
pub mod web;
