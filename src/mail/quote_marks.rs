//! How mail programs mark what they quote, in the languages that most of them speak.

/// Lines that begin a quoted or forwarded original, as they stand between dashes.
const BANNERS: &[&str] = &[
    "original message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "mensaje original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "mensagem original",
    "forwarded message",
    "weitergeleitete nachricht",
    "message transféré",
    "mensaje reenviado",
];
/// Lines that begin a forwarded original without dashes.
const OPENINGS: &[&str] = &[
    "begin forwarded message:",
    "anfang der weitergeleiteten nachricht:",
    "début du message transféré",
    "debut du message transfere",
];
/// Names of the sender's field in a block of headers, and of those one of which follows.
const FROM: &[&str] = &["from", "von", "de", "da", "van"];
const SENT: &[&str] = &[
    "sent",
    "date",
    "gesendet",
    "datum",
    "envoyé",
    "enviado",
    "inviato",
    "data",
    "verzonden",
    "to",
    "an",
    "à",
    "para",
    "a",
    "aan",
    "subject",
    "betreff",
    "objet",
    "asunto",
    "oggetto",
    "onderwerp",
];
/// What ends the line that tells who wrote what follows, with how it begins.
const WROTE: &[(&str, &str)] = &[
    ("on ", "wrote:"),
    ("am ", "schrieb"),
    ("le ", "a écrit"),
    ("el ", "escribió"),
    ("il ", "ha scritto"),
    ("op ", "schreef"),
    ("em ", "escreveu"),
];
/// The line under which the program asks people not to write.
pub(super) const REPLY_ABOVE: &str = "##- ";

/// Whether a line begins the original in the manner of Outlook or a forward.
pub(super) fn is_banner(row: &str) -> bool {
    let row = row.trim().trim_start_matches('>').trim();
    let lower = row.to_lowercase();
    let dashed = row.starts_with("--") && row.ends_with("--");
    (dashed && BANNERS.iter().any(|banner| lower.trim_matches(['-', ' ']).starts_with(banner)))
        || (row.starts_with("---------- ") && BANNERS.iter().any(|banner| lower.contains(banner)))
        || OPENINGS.iter().any(|opening| lower.starts_with(opening))
}

/// Whether a block of headers begins with this line and goes on with the next ones.
pub(super) fn is_header_block(rows: &[&str]) -> bool {
    let name = |row: &str| {
        let row = row.trim().trim_start_matches('>').trim().trim_matches('*');
        row.split_once(':').map(|(name, _)| name.trim().trim_matches('*').to_lowercase())
    };
    let Some(first) = rows.first().and_then(|row| name(row)) else { return false };
    let rest = rows.iter().skip(1).filter(|row| !row.trim().is_empty()).take(4);
    FROM.contains(&first.as_str())
        && rest.filter_map(|row| name(row)).filter(|name| SENT.contains(&name.as_str())).count() >= 2
}

/// How many lines tell who wrote what follows: none, one, or two or three where the program wrapped it.
pub(super) fn attribution(rows: &[&str]) -> usize {
    let first = rows.first().map(|row| row.trim().to_lowercase()).unwrap_or_default();
    if first.starts_with('>') {
        return 0;
    }
    for lines in 1..=3.min(rows.len()) {
        let joined =
            rows.iter().take(lines).map(|row| row.trim()).collect::<Vec<_>>().join(" ").to_lowercase();
        let dated = joined.chars().any(|c| c.is_ascii_digit());
        let ends = joined.ends_with(':');
        let told = WROTE.iter().any(|(begin, end)| joined.starts_with(begin) && joined.contains(end));
        if told && ends && dated && joined.chars().count() <= 300 {
            return lines;
        }
    }
    0
}
