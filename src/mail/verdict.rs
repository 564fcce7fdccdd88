//! What our own mail server found out about a sender (RFC 8601), and nothing that any other server claims.

use super::ParsedEmail;

/// Results of one server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The address in From belongs to whoever sent the mail.
    pub dmarc: bool,
    /// The sending server may send for the domain.
    pub spf: bool,
}

impl Verdict {
    /// Whether the sender is who From says.
    pub fn is_verified(self) -> bool {
        self.dmarc && self.spf
    }
}

/// What the server with this name says of the mail. Only the topmost field counts: our server puts its own on top and a
/// sender can write any below it. A field of another server on top means that ours said nothing.
pub fn verdict(mail: &ParsedEmail, authserv_id: Option<&str>) -> Verdict {
    let Some(ours) = authserv_id.map(str::trim).filter(|id| !id.is_empty()) else {
        return Verdict::default();
    };
    let Some(top) = mail.headers.get("authentication-results") else { return Verdict::default() };
    let plain = without_comments(top);
    let mut parts = plain.split(';').map(str::trim);
    let id = parts.next().and_then(|id| id.split_whitespace().next()).unwrap_or_default();
    if !id.eq_ignore_ascii_case(ours) {
        return Verdict::default();
    }
    let domain = mail.sender().map(|from| from.address.domain().to_owned());
    let mut verdict = Verdict::default();
    for result in parts {
        let mut words = result.split_whitespace();
        let Some((method, found)) = words.next().and_then(|word| word.split_once('=')) else { continue };
        let pass = found.eq_ignore_ascii_case("pass");
        match method.to_ascii_lowercase().as_str() {
            "dmarc" => {
                let about = words.find_map(|word| {
                    word.to_ascii_lowercase().strip_prefix("header.from=").map(str::to_owned)
                });
                verdict.dmarc =
                    pass && about.is_none_or(|about| Some(about.trim_matches('"')) == domain.as_deref());
            }
            "spf" => verdict.spf = pass,
            _ => {}
        }
    }
    verdict
}

/// Comments may hold anything, also what looks like a result.
fn without_comments(text: &str) -> String {
    let (mut kept, mut depth, mut escaped) = (String::new(), 0_u32, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(fields: &[&str]) -> Verdict {
        let mut raw = String::new();
        for field in fields {
            raw.push_str(&format!("Authentication-Results: {field}\r\n"));
        }
        raw.push_str("From: a@example.com\r\nSubject: x\r\n\r\nx");
        verdict(&crate::mail::parse(raw.as_bytes()).unwrap(), Some("mx.stoa.test"))
    }

    #[test]
    fn only_our_own_server_on_top_is_believed() {
        let good = "mx.stoa.test; spf=pass smtp.mailfrom=example.com; dmarc=pass header.from=example.com";
        assert!(found(&[good]).is_verified());
        assert!(
            found(&["MX.stoa.test 1; dmarc=pass (p=none) header.from=example.com; spf=pass"]).is_verified()
        );
        for bad in [
            &["mx.other.test; spf=pass; dmarc=pass"][..],
            &["mx.other.test; dmarc=none", good],
            &["mx.stoa.test; spf=pass; dmarc=fail"],
            &["mx.stoa.test; spf=softfail; dmarc=pass"],
            &["mx.stoa.test; spf=pass; dmarc=pass header.from=evil.test"],
            &["mx.stoa.test; spf=pass; dmarc=none (dmarc=pass)"],
            &["mx.stoa.test.evil.test; spf=pass; dmarc=pass"],
            &["x (mx.stoa.test); spf=pass; dmarc=pass"],
            &[],
        ] {
            assert!(!found(bad).is_verified(), "{bad:?}");
        }
        let mail =
            crate::mail::parse(b"Authentication-Results: ; dmarc=pass; spf=pass\r\nFrom: a@b.co\r\n\r\nx")
                .unwrap();
        assert!(!verdict(&mail, Some("")).is_verified() && !verdict(&mail, None).is_verified());
    }
}
