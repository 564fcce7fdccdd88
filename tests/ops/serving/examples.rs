//! The examples of `docs/api.md`, run as pasted.

use super::process::Process;
use std::process::Command;
use tokio::task::spawn_blocking;

/// Every example, in order, in one shell; a refused request or a failed command fails.
pub async fn work_as_pasted(process: &Process) {
    let page = include_str!("../../../docs/api.md");
    let blocks: Vec<&str> =
        page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 4, "the page has lost its examples");
    let pasted = blocks.join("\n").replace("http://127.0.0.1:8080", &process.url);
    let script = format!(
        "set -euo pipefail\nshopt -s inherit_errexit\ncurl() {{ command curl --fail-with-body \"$@\"; }}\n{pasted}"
    );
    // A failure inside a function that ends with `echo` would go unseen.
    let script = script.replace("; echo; }", " && echo; }");
    let run = move || Command::new("bash").args(["-c", &script]).output().unwrap();
    let output = spawn_blocking(run).await.unwrap();
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{text}");
}
