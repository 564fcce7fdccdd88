//! What a request costs: more where one request does the work of many.

use http::Method;

/// Records of a list that cost one.
const ROWS: u32 = 100;

/// Cost of an operation by its method and path, without what the query asks for.
pub fn route_cost(method: &Method, route: &str) -> u32 {
    let reads = method == Method::GET || method == Method::HEAD;
    let about_many = matches!(*method, Method::PATCH | Method::DELETE) && !route.contains('{');
    let dear = ["/verify", "/export", "/import"].iter().any(|end| route.ends_with(end));
    match route {
        _ if dear => 20,
        _ if route.ends_with("/bulk") || (about_many && route.starts_with("/api/")) => 10,
        _ if route.starts_with("/api/reports/") => 5,
        _ if reads => 1,
        _ => 2,
    }
}

/// Cost of a request: long pages cost one more for every further hundred records.
pub fn cost(method: &Method, route: &str, query: Option<&str>) -> u32 {
    let rows = if *method == Method::GET { rows(query.unwrap_or_default()) } else { 0 };
    route_cost(method, route) + rows.saturating_sub(1) / ROWS
}

/// How many records a list asks for, in any of its dialects. What is wrong with it is told later.
fn rows(query: &str) -> u32 {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let (mut rows, mut start) = (0, 0);
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*key {
            "per_page" | "limit" | "_limit" => rows = number(&value).unwrap_or_default(),
            "_start" => start = number(&value).unwrap_or_default(),
            "_end" => rows = number(&value).unwrap_or_default().saturating_sub(start),
            "range" => {
                let span = value.trim_matches(['[', ']']).split_once(',');
                let span = span.and_then(|(from, to)| Some(number(to)?.saturating_sub(number(from)?) + 1));
                rows = span.unwrap_or_default();
            }
            _ => {}
        }
    }
    rows.min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_the_work_of_many_costs_more() {
        for (method, route, query, expected) in [
            (Method::GET, "/api/tickets", "", 1),
            (Method::GET, "/api/tickets", "page=2&per_page=100", 1),
            (Method::GET, "/api/tickets", "per_page=1000", 10),
            (Method::GET, "/api/tickets", "range=%5B0%2C999%5D", 10),
            (Method::GET, "/api/tickets", "_start=100&_end=350", 3),
            (Method::GET, "/api/tickets", "limit=4294967295", 10),
            (Method::POST, "/api/tickets", "per_page=1000", 2),
            (Method::PATCH, "/api/tickets/{id}", "", 2),
            (Method::PATCH, "/api/tickets", "", 10),
            (Method::DELETE, "/api/tickets", "", 10),
            (Method::POST, "/api/tickets/bulk", "", 10),
            (Method::GET, "/api/reports/overview", "days=30", 5),
            (Method::GET, "/api/audit_log/verify", "", 20),
        ] {
            assert_eq!(cost(&method, route, Some(query)), expected, "{method} {route}?{query}");
        }
    }
}
