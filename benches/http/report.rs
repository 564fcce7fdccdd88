//! Figures of one measurement and the table in which they are printed.

use std::time::Duration;

/// Times of single requests and the time of all.
pub struct Figures {
    pub micros: Vec<u32>,
    pub wall: Duration,
    pub failures: u64,
}

impl Figures {
    pub fn new(mut micros: Vec<u32>, wall: Duration, failures: u64) -> Self {
        micros.sort_unstable();
        Self { micros, wall, failures }
    }

    pub fn rate(&self) -> f64 {
        self.micros.len() as f64 / self.wall.as_secs_f64()
    }

    pub fn quantile_ms(&self, q: f64) -> f64 {
        let last = self.micros.len().saturating_sub(1);
        self.micros.get((last as f64 * q) as usize).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    }
}

pub fn header() {
    println!(
        "{:<34}{:>6}{:>10}{:>9}{:>9}{:>7}{:>12}{:>9}{:>8}{:>9}",
        "case", "conns", "req/s", "p50 ms", "p99 ms", "fail", "driver/s", "p50 ms", "ratio", "RSS MB"
    );
}

pub fn row(name: &str, connections: usize, http: &Figures, driver: Option<&Figures>, rss: f64) {
    let beside = driver.map_or_else(
        || format!("{:>12}{:>9}{:>8}", "-", "-", "-"),
        |driver| {
            let ratio = http.rate() / driver.rate();
            format!("{:>12.0}{:>9.2}{:>8.2}", driver.rate(), driver.quantile_ms(0.5), ratio)
        },
    );
    println!(
        "{name:<34}{connections:>6}{:>10.0}{:>9.2}{:>9.2}{:>7}{beside}{rss:>9.1}",
        http.rate(),
        http.quantile_ms(0.5),
        http.quantile_ms(0.99),
        http.failures,
    );
}
