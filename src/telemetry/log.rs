//! Log lines: JSON for machines or text for people, on standard error; results of commands have standard output.

use crate::config::{LogFormat, LogSettings};
use anyhow::Context;
use std::io::IsTerminal;
use std::panic::PanicHookInfo;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Sends log lines to standard error.
pub(super) fn install(settings: &LogSettings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.filter).context("read log.filter")?;
    let registry = tracing_subscriber::registry().with(filter);
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    match settings.format {
        LogFormat::Json => registry.with(lines.json().flatten_event(true).with_span_list(false)).try_init(),
        LogFormat::Text => registry.with(lines).try_init(),
    }
    .context("install the log")?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// A panic as one log line. Its message is left out: it may quote data. The place is enough to find it.
fn log_panic(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let backtrace = std::backtrace::Backtrace::capture();
    let thread = thread.name().unwrap_or("unnamed");
    tracing::error!(place, thread, %backtrace, "panic");
}
