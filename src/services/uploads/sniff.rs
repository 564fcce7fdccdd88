//! Tells from the first bytes of a file what it is, whatever its name says.

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sniffed {
    /// Something that a system runs.
    Program,
    /// One thing for one program, and a page for browsers that look for one.
    Polyglot,
    /// A page, a picture with script, or another text that browsers run.
    Active(&'static str),
    /// Plain text.
    Text,
    /// What its signature says.
    Known(&'static str),
    /// Nothing that is known.
    Unknown,
}

/// Signatures that are names of types which systems run.
const PROGRAMS: &[&str] = &[
    "application/vnd.microsoft.portable-executable",
    "application/x-msdownload",
    "application/x-executable",
    "application/x-mach-binary",
    "application/java",
    "application/x-java-applet",
    "application/wasm",
    "application/x-shellscript",
    "text/x-shellscript",
    "application/vnd.android.dex",
    "application/vnd.android.dey",
    "application/x-ms-shortcut",
    "application/llvm",
    "application/vnd.debian.binary-package",
    "application/x-rpm",
];

/// Beginnings of programs that have no name, or none of a type.
const MAGIC: &[&[u8]] = &[
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\x00asm",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"dex\n",
    // A shortcut of Windows.
    b"L\0\0\0\x01\x14\x02\0",
];

/// What makes a text a page (WHATWG MIME Sniffing 7.1, and script in XML), and what reveals one in another file.
const PAGE: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a ",
    "<style",
    "<title",
    "<b>",
    "<br",
    "<p>",
    "<p ",
    "<img",
    "<object",
    "<embed",
    "<form",
    "<meta",
    "<link",
    "<base",
    "<svg",
];
const HIDDEN: &[&str] =
    &["<script", "<html", "<!doctype html", "<svg", "<iframe", "<?php", "javascript:", "<body"];

/// What the first bytes of a file say.
pub fn sniff(bytes: &[u8]) -> Sniffed {
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return Sniffed::Program;
    }
    let known = infer::get(bytes).map(|found| found.mime_type());
    if known.is_some_and(|mime| PROGRAMS.contains(&mime)) {
        return Sniffed::Program;
    }
    // Tags in every second byte are tags too: UTF-16.
    let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let lower = String::from_utf8_lossy(&narrow).to_lowercase();
    let text = lower.trim_start_matches('\u{feff}').trim_start();
    let by_text = known.is_none_or(|mime| mime.starts_with("text/") || mime.contains("xml"));
    if by_text {
        return match known {
            _ if text.contains("<svg") => Sniffed::Active("image/svg+xml"),
            _ if text.starts_with('<') && PAGE.iter().any(|tag| text.contains(tag)) => {
                Sniffed::Active("text/html")
            }
            _ if text.starts_with("<?xml") || text.starts_with("<!doctype") => Sniffed::Active("text/xml"),
            _ if is_text(bytes) => Sniffed::Text,
            // Bytes that are no text, and yet a page for whoever looks for one.
            _ if HIDDEN.iter().any(|tag| text.contains(tag)) => Sniffed::Polyglot,
            _ => Sniffed::Unknown,
        };
    }
    if HIDDEN.iter().any(|tag| text.contains(tag)) {
        return Sniffed::Polyglot;
    }
    known.map_or(Sniffed::Unknown, Sniffed::Known)
}

/// UTF-8, perhaps cut in its last character, or UTF-16 with a mark, without control characters of machines.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // Text in other charsets has single bytes above ASCII, and no control characters either.
        Err(_) => return bytes.iter().all(|byte| *byte >= 0x20 || b"\t\n\r\x0c\x1b".contains(byte)),
    };
    text.chars().all(|c| !c.is_control() || "\t\n\r\u{c}\u{1b}\u{85}".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is() {
        let cases: &[(&[u8], Sniffed)] = &[
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Sniffed::Known("image/png")),
            (b"%PDF-1.7\n", Sniffed::Known("application/pdf")),
            (b"MZ\x90\0", Sniffed::Program),
            (b"\x7fELF\x02", Sniffed::Program),
            (b"#!/bin/sh\nrm -rf /", Sniffed::Program),
            (b"  <!DOCTYPE html><p>", Sniffed::Active("text/html")),
            (b"\xef\xbb\xbf<ScRiPt>alert(1)", Sniffed::Active("text/html")),
            (b"<?xml version='1.0'?><svg onload='x'/>", Sniffed::Active("image/svg+xml")),
            (b"<!-- x --><svg><script>1</script></svg>", Sniffed::Active("image/svg+xml")),
            (b"<?xml version='1.0'?><note/>", Sniffed::Active("text/xml")),
            (b"GIF89a/*<script>alert(1)</script>*/", Sniffed::Polyglot),
            (b"%PDF-1.4 <html><script>", Sniffed::Polyglot),
            (b"\x00\x01\x02<script>", Sniffed::Polyglot),
            (b"<\0s\0c\0r\0i\0p\0t\0>\0", Sniffed::Active("text/html")),
            (b"Hello, world\n", Sniffed::Text),
            (b"a;b;c\n1;2;3\n", Sniffed::Text),
            (b"Gr\xfc\xdfe", Sniffed::Text),
            (b"\x00\x01\x02\x03", Sniffed::Unknown),
        ];
        for (bytes, expected) in cases {
            assert_eq!(sniff(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
