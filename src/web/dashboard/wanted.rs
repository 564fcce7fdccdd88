//! What a request outside of all routes asks of the dashboard, told by its method, its path and `Accept`.

use http::{HeaderMap, Method, header};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// First parts of the paths of routes. Nothing below them is ever a page or a file: an address that does not exist there
/// is a problem document, also for a browser.
pub const NOT_OURS: &[&str] = &["api", "auth", "docs", "redoc", "health", "metrics", "email"];

/// What the dashboard should answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Nothing: the request is none of its business.
    Nothing,
    /// A file whose name changes with its content.
    Asset,
    /// Another file.
    File {
        /// The page instead, when there is no such file.
        or_page: bool,
    },
    /// The page, which finds out by itself what the path means.
    Page,
}

impl Wanted {
    /// Judges a request that no route takes.
    pub(crate) fn of(method: &Method, path: &str, headers: &HeaderMap) -> Self {
        let Some(parts) = parts(path).filter(|_| matches!(*method, Method::GET | Method::HEAD)) else {
            return Self::Nothing;
        };
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        let html = accepts(headers, "text/html");
        match parts.as_slice() {
            [first, ..] if NOT_OURS.contains(first) => Self::Nothing,
            ["index.html"] => Self::Page,
            ["assets", _, ..] => Self::Asset,
            ["assets"] => Self::Nothing,
            // Nothing else is at the root, so a program that takes anything gets the page too.
            [""] if html || accepts(headers, "*/*") || !headers.contains_key(header::ACCEPT) => Self::Page,
            [.., last] if last.contains('.') => Self::File { or_page: html },
            _ if html => Self::Page,
            _ => Self::Nothing,
        }
    }

    /// Whether a person may be waiting for a page.
    pub(crate) fn is_page(self) -> bool {
        matches!(self, Self::Page | Self::File { or_page: true })
    }
}

/// The decoded parts of a path; none when one of them could lead out of the folder or to what is hidden in it, or when
/// the path has an empty part before its end (`//elsewhere`, which a browser could take for another host).
fn parts(path: &str) -> Option<Vec<Cow<'_, str>>> {
    let raw: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    let sound = |part: &str| !part.starts_with('.') && !part.contains(['/', '\\', '\0']);
    let decoded = raw.iter().enumerate().map(|(at, part)| {
        let part = percent_decode_str(part).decode_utf8().ok()?;
        (sound(&part) && (!part.is_empty() || at + 1 == raw.len())).then_some(part)
    });
    decoded.collect()
}

/// Whether `Accept` names this type (RFC 9110, section 12.5.1). `*/*` does not name it: so say programs that take what
/// comes, and they are better off with a problem document than with a page.
fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    let named = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let same = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(kind));
        let refused = |part: &str| {
            let weight = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
            weight.is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0))
        };
        same && !parts.any(refused)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(path: &str, accept: &str) -> Wanted {
        let accept = http::HeaderValue::from_str(accept).unwrap();
        Wanted::of(&Method::GET, path, &HeaderMap::from_iter([(header::ACCEPT, accept)]))
    }

    #[test]
    fn browsers_get_pages_and_programs_problems() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (path, to_browser, to_program) in [
            ("/", Wanted::Page, Wanted::Page),
            ("/index.html", Wanted::Page, Wanted::Page),
            ("/tickets/65f/show", Wanted::Page, Wanted::Nothing),
            ("/tickets/", Wanted::Page, Wanted::Nothing),
            ("/apiary", Wanted::Page, Wanted::Nothing),
            ("/favicon.svg", Wanted::File { or_page: true }, Wanted::File { or_page: false }),
            ("/assets/a-1b.js", Wanted::Asset, Wanted::Asset),
            ("/assets/", Wanted::Asset, Wanted::Asset),
            ("/assets", Wanted::Nothing, Wanted::Nothing),
        ] {
            assert_eq!((wanted(path, browser), wanted(path, "*/*")), (to_browser, to_program), "{path}");
        }
        assert_eq!(wanted("/", "application/json"), Wanted::Nothing);
        assert_eq!(wanted("/tickets", "text/html;q=0, */*"), Wanted::Nothing);
        assert_eq!(wanted("/tickets", "Text/HTML; charset=utf-8;q=0.3"), Wanted::Page);
    }

    #[test]
    fn what_belongs_to_others_or_leads_astray_is_nothing() {
        for path in [
            "/api",
            "/api/",
            "/api/x",
            "/%61pi/x",
            "/auth/x",
            "/docs/",
            "/redoc/x",
            "/health",
            "/metrics/x",
            "//x/y",
            "/x//y",
            "/..",
            "/../x",
            "/%2e%2e/x",
            "/..%2fx",
            "/assets/..%2f..%2fCargo.toml",
            "/assets/%00",
            "/x%5cy",
            "/.env",
            "/assets/.git/config",
            "/%2eenv",
            "/%ff",
            "*",
            "",
        ] {
            assert_eq!(wanted(path, "text/html"), Wanted::Nothing, "{path}");
        }
        let accept = HeaderMap::from_iter([(header::ACCEPT, http::HeaderValue::from_static("text/html"))]);
        assert_eq!(Wanted::of(&Method::POST, "/", &accept), Wanted::Nothing);
        assert_eq!(Wanted::of(&Method::HEAD, "/", &accept), Wanted::Page);
    }
}
