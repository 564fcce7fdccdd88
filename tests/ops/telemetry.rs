//! Tests of metrics and of the log, the latter in a process of its own because there is one log per process.

use std::process::Command;
use stoa::config::{LogFormat, LogSettings};
use stoa::telemetry::Telemetry;

/// Tells a copy of this test that it is the one that logs.
const LOGGING: &str = "STOA_TEST_LOGGING";

#[test]
fn metrics_are_given_in_the_form_of_prometheus() {
    let telemetry = Telemetry::metrics_only().unwrap();
    metrics::counter!("stoa_test_total", "kind" => "a").increment(2);
    metrics::histogram!("stoa_test_seconds").record(0.003);
    let text = Telemetry::metrics_only().unwrap().metrics_text();
    assert!(text.contains("stoa_test_total{kind=\"a\"} 2"), "{text}");
    assert!(text.contains("stoa_test_seconds_bucket{le=\"0.0025\"} 0"), "{text}");
    assert!(text.contains("stoa_test_seconds_bucket{le=\"0.005\"} 1"), "{text}");
    assert_eq!(telemetry.metrics_text().matches("stoa_build_info{").count(), 1);
}

#[test]
fn log_lines_are_json_with_the_fields_of_their_span_and_panics_are_lines_too() {
    if std::env::var_os(LOGGING).is_some() {
        let settings = LogSettings { format: LogFormat::Json, filter: "info".into() };
        Telemetry::install(&settings).unwrap();
        let _span = tracing::info_span!("request", request_id = "r-1").entered();
        tracing::info!(status = 200, "answered");
        tracing::debug!("not told");
        std::panic::catch_unwind(|| panic!("hunter2")).unwrap_err();
        return;
    }
    let name = "ops::telemetry::log_lines_are_json_with_the_fields_of_their_span_and_panics_are_lines_too";
    let mut copy = Command::new(std::env::current_exe().unwrap());
    let output = copy.args(["--exact", name, "--nocapture"]).env(LOGGING, "1").output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert_eq!(lines[0]["message"], "answered");
    assert_eq!(lines[0]["status"], 200);
    assert_eq!(lines[0]["span"]["request_id"], "r-1");
    assert!(lines[1]["place"].as_str().unwrap().contains("telemetry.rs"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}
