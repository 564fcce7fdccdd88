//! Takes out of a mail's text what it quotes, so that a conversation shows each word once.

use super::quote_marks::{REPLY_ABOVE, attribution, is_banner, is_header_block};

/// The text without what it quotes. Answers between quoted lines are kept with them, for they mean nothing without; so is a
/// mail of which nothing would be left.
pub fn new_text(text: &str) -> String {
    let rows: Vec<&str> = text.lines().collect();
    let kept = match original_at(&rows) {
        Some(at) if has_words(&rows[..at]) => without_quotes(&rows[..at]),
        _ => without_quotes(&rows),
    };
    let kept = trimmed(&kept);
    if kept.is_empty() { text.trim().to_owned() } else { kept }
}

/// Where everything that follows is the original.
fn original_at(rows: &[&str]) -> Option<usize> {
    (0..rows.len()).find(|&at| {
        let row = rows[at].trim();
        let ruled = row.len() >= 20 && row.chars().all(|c| c == '_') && is_header_block(next_words(rows, at + 1));
        let told = attribution(&rows[at..]);
        row.starts_with(REPLY_ABOVE)
            || is_banner(row)
            || ruled
            || is_header_block(&rows[at..])
            // Without marks on the quoted lines, all that follows the line is the original.
            || (told > 0 && !next_words(rows, at + told).first().is_some_and(|row| row.trim_start().starts_with('>')))
    })
}

fn next_words<'a>(rows: &'a [&'a str], from: usize) -> &'a [&'a str] {
    let rest = rows.get(from..).unwrap_or_default();
    let blank = rest.iter().take_while(|row| row.trim().is_empty()).count();
    rest.get(blank..).unwrap_or_default()
}

fn is_quoted(row: &str) -> bool {
    row.trim_start().starts_with('>')
}

fn has_words(rows: &[&str]) -> bool {
    rows.iter().any(|row| !row.trim().is_empty() && !is_quoted(row))
}

/// Takes out one block of quoted lines at the beginning or the end; more than that is a conversation line by line.
fn without_quotes(rows: &[&str]) -> String {
    let Some(first) = rows.iter().position(|row| is_quoted(row)) else { return rows.join("\n") };
    let last = rows.iter().rposition(|row| is_quoted(row)).unwrap_or(first);
    let interleaved = rows[first..=last].iter().any(|row| !row.trim().is_empty() && !is_quoted(row));
    let introduced = (0..first).rev().find(|&at| {
        let told = attribution(&rows[at..first]);
        told > 0 && next_words(&rows[..first], at + told).is_empty()
    });
    let before = &rows[..introduced.unwrap_or(first)];
    let after = &rows[last + 1..];
    if interleaved || (has_words(before) && has_words(after)) && !is_signature(after) {
        return rows.join("\n");
    }
    [before, after].concat().join("\n")
}

/// A signature below the quoted text is no answer to it.
fn is_signature(rows: &[&str]) -> bool {
    rows.iter().find(|row| !row.trim().is_empty()).is_some_and(|row| row.trim_end() == "--")
}

fn trimmed(text: &str) -> String {
    text.trim_matches(['\n', ' ', '\t']).trim_end_matches(['_', '\n', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::new_text;

    #[test]
    fn each_program_quotes_in_its_way() {
        let cases = [
            (
                "Thanks!\n\nOn Mon, 16 Nov 2026 at 10:00, Acme Support <help@acme.test>\nwrote:\n\n> Hello\n> there\n",
                "Thanks!",
            ),
            ("Danke!\n\nAm 16.11.26 um 10:00 schrieb Acme Support:\n> Hallo\n", "Danke!"),
            ("Merci\n\nLe lun. 16 nov. 2026 à 10:00, Acme <help@acme.test> a écrit :\n\n> Bonjour", "Merci"),
            (
                "See below.\n\n-----Original Message-----\nFrom: Acme\nSent: Monday\nTo: me\nSubject: x\n\nHello",
                "See below.",
            ),
            (
                "Ok\n\n________________________________\nVon: Acme <help@acme.test>\nGesendet: Montag\nAn: ich\nBetreff: x\n\nHallo",
                "Ok",
            ),
            ("Fine.\n\n> On 16 Nov 2026, at 10:00, Acme <help@acme.test> wrote:\n> \n> Hello\n", "Fine."),
            ("On Mon, 16 Nov 2026 at 10:00, Acme wrote:\n> Which one?\n\nThe blue one.", "The blue one."),
            ("Above.\n\n##- Please write above this line -##\nEarlier text", "Above."),
            ("Done.\n\nOn 16 Nov 2026, Acme wrote:\nHello without marks", "Done."),
        ];
        for (text, kept) in cases {
            assert_eq!(new_text(text), kept, "{text}");
        }
    }

    #[test]
    fn what_would_lose_its_sense_is_kept_whole() {
        for text in [
            "> First?\nYes.\n> Second?\nNo.",
            "> only quoted",
            "From: my friend\nI heard of you",
            "On Monday we wrote: 5 letters and then\nsome more",
            "a > b\nand so on",
            "",
        ] {
            assert_eq!(new_text(text), text.trim(), "{text}");
        }
    }
}
