//! Measures the running program beside the plain driver doing the same database work: `scripts/bench`.

#![recursion_limit = "256"]
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measuring program reports on its output and stops at the first surprise"
)]

mod cases;
mod load;
mod raw;
mod report;
mod seed;
mod server;
mod timing;

use std::time::Duration;

/// How the measurement runs; set by the environment.
struct Plan {
    uri: String,
    large: u64,
    small: u64,
    seconds: Duration,
    connections: Vec<usize>,
    only: String,
}

impl Plan {
    fn read() -> Self {
        let number = |name: &str, usual: u64| {
            std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
        };
        Self {
            uri: std::env::var("STOA_BENCH_MONGO_URI")
                .expect("run scripts/bench, which sets STOA_BENCH_MONGO_URI"),
            large: number("STOA_BENCH_LARGE", 100_000),
            small: number("STOA_BENCH_SMALL", 1_000),
            seconds: Duration::from_secs(number("STOA_BENCH_SECONDS", 3)),
            connections: std::env::var("STOA_BENCH_CONNECTIONS")
                .map_or_else(|_| vec![1, 32, 128], |list| list.split(',').flat_map(str::parse).collect()),
            only: std::env::var("STOA_BENCH_ONLY").unwrap_or_default(),
        }
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("runtime");
    runtime.block_on(run(Plan::read()));
}

async fn run(plan: Plan) {
    let name = format!("bench_{}", stoa::auth::random::base62(8));
    let seeded = seed::seed(&plan.uri, &name, plan.large, plan.small).await;
    let server = server::Server::start(&plan.uri, &name);
    println!(
        "large company: {} tickets, small company: {} tickets, {} s a row",
        plan.large,
        plan.small,
        plan.seconds.as_secs()
    );
    println!("server memory at rest: {:.1} MB", server.resident_mb());
    report::header();
    let large = cases::log_in(server.address, &seeded.large).await;
    let small = cases::log_in(server.address, &seeded.small).await;
    for connections in &plan.connections {
        let all = cases::all(&seeded, &large, &small);
        for case in all.into_iter().filter(|case| case.name.contains(&plan.only)) {
            let http = load::http(server.address, *connections, plan.seconds, &case).await;
            let driver = raw::measure(&seeded.database, *connections, plan.seconds, &case.raw).await;
            report::row(case.name, *connections, &http, driver.as_ref(), server.resident_mb());
        }
    }
    if "timing of refused log-ins".contains(&plan.only) {
        timing::compare(server.address, &seeded.large).await;
    }
    println!("server memory at its highest: {:.1} MB", server.peak_mb());
    server.stop().await;
    seeded.database.drop().await.expect("drop the database");
}
