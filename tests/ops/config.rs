//! Tests of settings: order of the sources, faults, and the documented list of variables.

use std::collections::BTreeSet;
use stoa::config::{Environment, LogFormat, Settings, variables};

fn env(pairs: &[(&str, &str)]) -> Environment {
    pairs.iter().copied().collect()
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_defaults() {
    let file = "[server]\nbind = \"127.0.0.1:1\"\ndrain_s = 7\n[log]\nformat = \"json\"\n";
    let settings = Settings::from_sources(file, &env(&[("STOA_SERVER__BIND", "0.0.0.0:2")])).unwrap();
    assert_eq!(settings.server.bind, "0.0.0.0:2".parse().unwrap());
    assert_eq!(settings.server.drain_s, 7);
    assert_eq!(settings.log.format, LogFormat::Json);
    assert_eq!(settings.server.shutdown_s, 25);
}

#[test]
fn lists_are_read_from_files_and_from_variables() {
    let file = "[server]\ncors_origins = [\"https://a.example\", \"https://b.example\"]\n";
    let proxies = env(&[("STOA_SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1")]);
    let settings = Settings::from_sources(file, &proxies).unwrap();
    assert_eq!(settings.server.cors_origins, ["https://a.example", "https://b.example"]);
    assert_eq!(settings.server.trusted_proxies.len(), 2);
}

#[test]
fn a_text_of_digits_stays_a_text() {
    let settings = Settings::from_sources("", &env(&[("STOA_SECRETS__AWS_SECRET_ID", "0123456")])).unwrap();
    assert_eq!(settings.secrets.aws_secret_id.as_deref(), Some("0123456"));
}

#[test]
fn all_faults_of_all_sources_are_reported_at_once() {
    let file = "typo = 1\n[server]\nbnid = \"x\"\ndrain_s = \"soon\"\n[dashboard]\nfolder = \"\"\n";
    let variables = env(&[
        ("STOA_SERVR__BIND", "127.0.0.1:1"),
        ("STOA_AUTH__ACCESS_TTL_S", "5"),
        ("STOA_DATABASE__NAME", "a.b"),
        ("STOA_SERVER__CORS_ORIGINS", "https://a.example/"),
        ("STOA_SERVER__TRUSTED_PROXIES", "10.0.0.0/99"),
        ("STOA_LOG__FILTER", "stoa=loud"),
        ("STOA_SERVER__PUBLIC_URL", "https://user:hunter2@a.example"),
    ]);
    let faults = Settings::from_sources(file, &variables).unwrap_err();
    let text = faults.to_string();
    for key in [
        "typo",
        "server.bnid",
        "server.drain_s",
        "servr.bind",
        "auth.access_ttl_s",
        "database.name",
        "server.cors_origins",
        "server.trusted_proxies",
        "log.filter",
        "server.public_url",
        "dashboard.folder",
    ] {
        assert!(
            faults.iter().any(|fault| fault.starts_with(&format!("{key}: "))),
            "{key} is missing in {text}"
        );
    }
    assert_eq!(faults.iter().count(), 11, "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn a_broken_file_does_not_hide_a_broken_variable() {
    let faults = Settings::from_sources("[server", &env(&[("STOA_NO__SUCH", "1")])).unwrap_err();
    assert_eq!(faults.iter().count(), 2, "{faults}");
}

#[test]
fn variables_set_to_nothing_and_those_of_the_scripts_are_ignored() {
    let variables = env(&[("STOA_SERVER__BIND", ""), ("STOA_PROFILE", "release"), ("PATH", "/bin")]);
    assert_eq!(Settings::from_sources("", &variables).unwrap(), Settings::default());
}

#[test]
fn the_variable_mongod_names_the_program_unless_the_setting_does() {
    let one = Settings::from_sources("", &env(&[("MONGOD", "/a")])).unwrap();
    assert_eq!(one.mongod.path, Some("/a".into()));
    let both = Settings::from_sources("", &env(&[("MONGOD", "/a"), ("STOA_MONGOD__PATH", "/b")])).unwrap();
    assert_eq!(both.mongod.path, Some("/b".into()));
}

#[test]
fn the_example_file_lists_every_variable_and_no_other() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example")).unwrap();
    let listed: BTreeSet<String> = text
        .lines()
        .filter_map(|line| line.trim_start_matches("# ").split_once('=').map(|(name, _)| name.to_owned()))
        .filter(|name| {
            name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        })
        .collect();
    let mut known: BTreeSet<String> = variables().into_iter().collect();
    for name in stoa::secrets::NAMES {
        known.insert((*name).to_owned());
        known.insert(format!("{name}_FILE"));
    }
    known.extend(["MONGOD", "STOA_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(str::to_owned));
    known.extend(["AWS_SESSION_TOKEN", "ADMIN_PASSWORD"].map(str::to_owned));
    assert_eq!(listed, known);
}

#[test]
fn the_example_file_gives_the_defaults() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example")).unwrap();
    // Machine dependent: the number of processors.
    let lines = text.lines().filter_map(|line| line.strip_prefix("# ")?.split_once('='));
    let given: Environment =
        lines.filter(|(name, _)| name.starts_with("STOA_") && *name != "STOA_AUTH__ARGON2_THREADS").collect();
    assert_eq!(Settings::from_sources("", &given).unwrap(), Settings::default());
}

#[test]
fn the_effective_settings_name_every_setting() {
    let text = Settings::default().effective();
    assert_eq!(text.lines().count(), variables().len());
    assert!(text.contains("server.bind = \"127.0.0.1:8080\""), "{text}");
}
