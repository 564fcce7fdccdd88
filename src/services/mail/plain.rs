//! Plain text out of HTML, for the part of a mail that needs no browser.

/// Longest name of an element that is looked at.
const LONGEST_NAME: usize = 12;

/// The text of HTML: blocks become paragraphs, links tell their address, everything else loses its marks.
pub fn plain_of(html: &str) -> String {
    let mut out = Writer::default();
    let (mut rest, mut hidden, mut link) = (html, None::<String>, None::<(String, usize)>);
    while let Some(at) = rest.find('<') {
        if hidden.is_none() {
            out.text(&rest[..at]);
        }
        let tag = &rest[at + 1..];
        let Some(end) = end_of(tag) else {
            rest = "";
            break;
        };
        let (inside, after) = (&tag[..end], &tag[end + 1..]);
        rest = after;
        let closing = inside.starts_with('/');
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(LONGEST_NAME)
            .collect::<String>()
            .to_ascii_lowercase();
        if let Some(until) = &hidden {
            if closing && name == *until {
                hidden = None;
            }
            continue;
        }
        match (name.as_str(), closing) {
            ("style" | "script" | "head" | "title", false) => hidden = Some(name),
            ("br", _) => out.line(1),
            ("li", false) => {
                out.line(1);
                out.text("- ");
            }
            ("p" | "div" | "ul" | "ol" | "table" | "blockquote" | "h1" | "h2" | "h3" | "h4", _) => {
                out.line(2)
            }
            ("tr", _) => out.line(1),
            ("a", false) => link = attribute(inside, "href").map(|address| (address, out.text.len())),
            ("a", true) => {
                if let Some((address, from)) = link.take() {
                    let label = out.text.get(from..).unwrap_or_default().trim().to_owned();
                    if !address.is_empty() && label != address {
                        out.raw(&format!(" ({address})"));
                    }
                }
            }
            _ => {}
        }
    }
    if hidden.is_none() {
        out.text(rest);
    }
    let lines: Vec<&str> = out.text.trim().lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n"))
}

/// Where a tag ends: the first `>` outside of quotes.
fn end_of(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at),
            _ => {}
        }
    }
    None
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
    let value = tag.get(at..)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split_whitespace().next()?,
    };
    Some(unescape(value))
}

/// Text without the escapes of HTML.
fn unescape(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        whole.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        let known = end.and_then(|end| named(&rest[1..end]).map(|c| (c, end)));
        let (c, taken) = known.map_or(('&', 0), |(c, end)| (c, end));
        whole.push(c);
        rest = &rest[taken + 1..];
    }
    whole.push_str(rest);
    whole
}

fn named(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number).filter(|c| !c.is_control())
        }
    }
}

/// The text so far: blanks run together, lines end where blocks do.
#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn text(&mut self, html: &str) {
        let plain = unescape(html);
        for (at, word) in plain.split([' ', '\n', '\r', '\t']).enumerate() {
            let blank = at > 0 && !self.text.is_empty() && !self.text.ends_with([' ', '\n']);
            if blank {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    fn raw(&mut self, text: &str) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push_str(text);
    }

    /// Ends the line, with `breaks` line breaks at least.
    fn line(&mut self, breaks: usize) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        let there = self.text.len() - self.text.trim_end_matches('\n').len();
        if !self.text.is_empty() {
            self.text.extend(std::iter::repeat_n('\n', breaks.saturating_sub(there)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_reads_as_text() {
        for (html, text) in [
            ("<p>Hello Ada,</p>\n<p>a &lt;b&gt; &amp; c</p>", "Hello Ada,\n\na <b> & c\n"),
            (
                "<p><a href=\"https://x.example/?a=1&amp;b=2\">Open</a></p>",
                "Open (https://x.example/?a=1&b=2)\n",
            ),
            ("<a href='https://x.example'>https://x.example</a>", "https://x.example\n"),
            ("one<br>two<br>\nthree", "one\ntwo\nthree\n"),
            ("<style>p { color: red }</style><ul><li>a<li>b</ul>", "- a\n- b\n"),
            ("<p title='a > b'>x</p", "x\n"),
            ("a && b &unknown; &#169; &#xe9; &", "a && b &unknown; © é &\n"),
            ("", "\n"),
            ("<p>Gr\u{fc}\u{df}e <b>\u{1f600}</b></p>", "Gr\u{fc}\u{df}e \u{1f600}\n"),
        ] {
            assert_eq!(plain_of(html), text, "{html}");
        }
    }
}
