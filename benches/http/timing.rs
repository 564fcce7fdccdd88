//! Whether the time of a refused log-in tells who has an account: nobody, a wrong password and a disabled person, one
//! after another, compared by the Mann-Whitney U test.

use super::load::{connect, json, send};
use super::seed::{PASSWORD, Tenant};
use serde_json::json;
use std::net::SocketAddr;
use std::time::Instant;

/// Tries of each kind.
const TRIES: usize = 60;

pub async fn compare(address: SocketAddr, tenant: &Tenant) {
    let mut sender = connect(address).await;
    let mut times = [const { Vec::new() }; 3];
    for n in 0..TRIES {
        let nobody = (format!("nobody{n}@large.example"), "wrong password");
        let wrong = (tenant.emails[n % tenant.emails.len()].clone(), "wrong password");
        // Even the right password must not tell that the person is disabled.
        let disabled = (tenant.disabled[n % tenant.disabled.len()].clone(), PASSWORD);
        for (kind, (email, password)) in [nobody, wrong, disabled].into_iter().enumerate() {
            let body = json!({ "grant_type": "password", "username": email, "password": password });
            let mut request = json("POST", "/auth/token", "", &body);
            let from = format!("10.{}.{n}.1", 200 + kind);
            request.headers_mut().insert("x-forwarded-for", from.parse().expect("header"));
            let begun = Instant::now();
            let (status, body) = send(&mut sender, request).await;
            times[kind].push(begun.elapsed().as_secs_f64() * 1000.0);
            assert_eq!(status.as_u16(), 401, "{}", String::from_utf8_lossy(&body));
        }
    }
    println!("refused log-ins, {TRIES} of each kind, one after another:");
    let [nobody, wrong, disabled] = &times;
    for (name, one) in [("nobody", nobody), ("wrong password", wrong), ("disabled", disabled)] {
        println!("  {name:<16} median {:.2} ms", median(one));
    }
    for (name, one) in [("wrong password", wrong), ("disabled", disabled)] {
        println!("  nobody against {name}: Mann-Whitney p = {:.3}", p_value(nobody, one));
    }
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// Two-sided, by the normal approximation, which holds from twenty values on.
fn p_value(left: &[f64], right: &[f64]) -> f64 {
    let pairs = left.iter().flat_map(|l| right.iter().map(move |r| l.total_cmp(r)));
    let u: f64 = pairs.map(|order| [0.0, 0.5, 1.0][(order as i8 + 1) as usize]).sum();
    let (n, m) = (left.len() as f64, right.len() as f64);
    let z = (u - n * m / 2.0).abs() / (n * m * (n + m + 1.0) / 12.0).sqrt();
    // The complementary error function by Abramowitz and Stegun, 7.1.26; its error is below 2e-7.
    let t = 1.0 / (1.0 + 0.327_591_1 * z / std::f64::consts::SQRT_2);
    let factors = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    t * factors.iter().fold(0.0, |sum, factor| sum * t + factor) * (-z * z / 2.0).exp()
}
