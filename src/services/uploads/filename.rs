//! Names of files: made harmless for people's eyes and for headers; never a part of a path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Most bytes of a name, as file systems have it.
const MAX_BYTES: usize = 255;

/// What is left unencoded in the `filename*` of RFC 8187 (`attr-char`).
const ATTRIBUTE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Endings of files that systems run when they are opened.
const PROGRAMS: &[&str] = &[
    "ade",
    "adp",
    "apk",
    "app",
    "appimage",
    "application",
    "appx",
    "bat",
    "cab",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "deb",
    "dll",
    "dmg",
    "docm",
    "dotm",
    "elf",
    "exe",
    "gadget",
    "hta",
    "inf",
    "ins",
    "iso",
    "isp",
    "jar",
    "jnlp",
    "js",
    "jse",
    "lnk",
    "mde",
    "mjs",
    "msc",
    "msi",
    "msix",
    "msp",
    "mst",
    "ocx",
    "pif",
    "pkg",
    "pl",
    "potm",
    "ppam",
    "ppsm",
    "pptm",
    "ps1",
    "psm1",
    "py",
    "reg",
    "rpm",
    "run",
    "scf",
    "scr",
    "sh",
    "sys",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vxd",
    "wasm",
    "website",
    "wsc",
    "wsf",
    "wsh",
    "xlam",
    "xlsm",
    "xltm",
];

/// The name without path and without what people cannot see or what turns the order of letters around.
pub fn harmless(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    // Windows drops spaces and points at the end: what follows the last point would be another ending.
    let name = cut(seen.trim_matches([' ', '.']).trim());
    if name.is_empty() { "file".to_owned() } else { name }
}

/// Whether a system would run the file when it is opened.
pub fn is_program(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_lowercase());
    ending.is_some_and(|ending| PROGRAMS.contains(&ending.as_str()))
}

/// `Content-Disposition` of RFC 6266 with the name in ASCII for old programs, and in full for all others.
pub fn disposition(kind: &str, name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ATTRIBUTE))
}

/// Format characters: without width, turning direction, tags, and the like.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The name within the bytes, with its ending.
fn cut(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 16 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut end = MAX_BYTES - ending.len();
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", &stem[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_paths_and_what_cannot_be_seen() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\report.pdf", "report.pdf"),
            ("in\u{202e}gpj.exe", "ingpj.exe"),
            ("a\r\nSet-Cookie: x.png", "aSet-Cookie: x.png"),
            ("..", "file"),
            ("\u{200b}\u{feff}", "file"),
            ("evil.exe . ", "evil.exe"),
            ("Prüfung 2026 ✓.pdf", "Prüfung 2026 ✓.pdf"),
        ] {
            assert_eq!(harmless(given), kept, "{given:?}");
        }
        let long = harmless(&format!("{}.pdf", "ü".repeat(255)));
        assert!(long.len() <= 255 && long.ends_with("ü.pdf"), "{long}");
    }

    #[test]
    fn a_header_holds_nothing_but_the_name() {
        let told = disposition("attachment", "a\";x=\"b\r\nüx.png");
        assert_eq!(
            told,
            "attachment; filename=\"a__x__b___x.png\"; filename*=UTF-8''a%22%3Bx%3D%22b%0D%0A%C3%BCx.png"
        );
        assert!(http::HeaderValue::from_str(&told).is_ok());
    }

    #[test]
    fn programs_are_known_by_their_endings() {
        assert!(["a.exe", "a.PDF.Bat", "x.JS", "run.sh", "b.docm"].into_iter().all(is_program));
        assert!(!["a.pdf", "exe", "a.exe.txt", "b.docx"].into_iter().any(is_program));
    }
}
