//! What our own mail server found out about a sender (RFC 8601), and nothing that any other server claims.

use super::ParsedEmail;

/// Most bytes of a field that is believed; a longer one may have lost its end.
const MAX_FIELD: usize = 8192;

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
    let Some(results) = results(top).filter(|_| top.len() <= MAX_FIELD) else { return Verdict::default() };
    let id = results.first().and_then(|words| words.first()).map(String::as_str).unwrap_or_default();
    if !id.eq_ignore_ascii_case(ours) {
        return Verdict::default();
    }
    let Some(domain) = mail.sender().map(|from| from.address.domain().to_ascii_lowercase()) else {
        return Verdict::default();
    };
    let about = |words: &[String]| {
        let told: Vec<&str> = words.iter().filter_map(|word| word.strip_prefix("header.from=")).collect();
        !told.is_empty() && told.iter().all(|about| about.trim_matches('"') == domain)
    };
    let passed = |method: &str, counts: &dyn Fn(&[String]) -> bool| {
        let mut found = results.iter().skip(1).filter_map(|words| {
            let (named, result) = words.first()?.split_once('=')?;
            (named.split('/').next() == Some(method)).then_some((result, words.as_slice()))
        });
        let first = found.next().is_some_and(|(result, words)| result == "pass" && counts(words));
        first && found.all(|(result, words)| result == "pass" && counts(words))
    };
    Verdict { dmarc: passed("dmarc", &about), spf: passed("spf", &|_| true) }
}

/// The parts of a field between semicolons, each as its words in small letters, without comments. What is quoted is part of
/// its word: addresses in it are the sender's and may hold anything. None when a quote or comment has no end.
fn results(field: &str) -> Option<Vec<Vec<String>>> {
    let (mut results, mut words, mut word) = (Vec::new(), Vec::new(), String::new());
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for c in field.chars() {
        let plain = depth == 0 && !quoted && !escaped;
        match c {
            _ if escaped => escaped = false,
            '\\' if depth > 0 || quoted => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ';' if plain => {
                words.push(std::mem::take(&mut word));
                results.push(joined(std::mem::take(&mut words)));
                continue;
            }
            _ if plain && c.is_whitespace() => {
                words.push(std::mem::take(&mut word));
                continue;
            }
            _ => {}
        }
        if depth == 0 && c != ')' {
            word.extend(c.to_lowercase());
        }
    }
    words.push(word);
    results.push(joined(words));
    (depth == 0 && !quoted).then_some(results)
}

/// Words with those that belong to them: blanks may stand on both sides of an equals sign.
fn joined(words: Vec<String>) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        match whole.last_mut() {
            Some(last) if last.ends_with('=') || word.starts_with('=') => last.push_str(&word),
            _ => whole.push(word),
        }
    }
    whole
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
        assert!(
            found(&[r#"mx.stoa.test; spf = pass smtp.mailfrom="a;b"@example.com; dmarc/1=PASS header.from=Example.com"#])
                .is_verified()
        );
        for bad in [
            &["mx.other.test; spf=pass; dmarc=pass"][..],
            &["mx.other.test; dmarc=none", good],
            &["mx.stoa.test; spf=pass; dmarc=fail"],
            &["mx.stoa.test; spf=softfail; dmarc=pass"],
            &["mx.stoa.test; spf=pass; dmarc=pass header.from=evil.test"],
            &["mx.stoa.test; spf=pass; dmarc=none (dmarc=pass)"],
            &["mx.stoa.test; spf=pass; dmarc=pass"],
            // Words of the sender in what our server writes.
            &[r#"mx.stoa.test; spf=pass smtp.mailfrom="x; dmarc=pass header.from=example.com; y"@evil.test"#],
            &[
                r#"mx.stoa.test; spf=pass smtp.mailfrom="x\"; dmarc=pass header.from=example.com; y"@evil.test"#,
            ],
            &[r#"mx.stoa.test; spf=pass smtp.mailfrom="(; dmarc=pass header.from=example.com"#],
            &["mx.stoa.test; spf=pass (x) y); dmarc=fail (; dmarc=pass header.from=example.com)"],
            &["mx.stoa.test; dmarc=fail; dmarc=pass header.from=example.com; spf=pass"],
            &["mx.stoa.test; dmarc=pass header.from=example.com; spf=pass; dmarc = fail"],
            &["mx.stoa.test; dmarc=pass header.from=example.com; spf=pass; spf=fail"],
            &["mx.stoa.test; spf=pass; dmarc=pass header.from=example.com header.from=evil.test"],
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
