//! Finds passwords that guessers try first: common ones, runs of the alphabet or keyboard, repetitions, names of the
//! context, and short combinations of these (NIST SP 800-63B section 3.1.1.2, ASVS 6.2.4 and 6.2.11).

use super::common;

/// Rows along which fingers and minds walk; each is read in both directions.
const ROWS: [&str; 5] = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// A common password counts this many parts.
const WORD: usize = 2;

/// A run, a repeated character, a word of the context or a single further character counts this many.
const PIECE: usize = 1;

/// With at most this many parts a password is guessed early: two common ones, one and `123!`, four runs.
const GUESSABLE: usize = 4;

/// Whether a password is among the first that a guesser tries. `context` are words in lower case, such as the
/// company's name. Case is ignored; the password itself is never changed.
pub(super) fn is_guessable(password: &str, context: &[String]) -> bool {
    let lower: Vec<char> = password.to_lowercase().chars().collect();
    let unit = &lower[..period(&lower)];
    let repeated = unit.len() < lower.len();
    // The whole too: what only begins as it ends is no repetition, and cut short it is no word any more.
    (repeated && unit.len() < super::MIN_BYTES)
        || parts(unit, context) <= GUESSABLE
        || parts(&lower, context) <= GUESSABLE
}

/// Length of the shortest start whose repetition, the last one perhaps cut short, gives the whole text.
fn period(text: &[char]) -> usize {
    // Failure function of Knuth, Morris and Pratt: the longest border of each prefix.
    let mut border = vec![0; text.len()];
    for end in 1..text.len() {
        let mut length = border[end - 1];
        while length > 0 && text[end] != text[length] {
            length = border[length - 1];
        }
        border[end] = length + usize::from(text[end] == text[length]);
    }
    text.len() - border.last().copied().unwrap_or(0)
}

/// The least number of parts into which a text can be cut; stops counting when it cannot be guessable any more.
fn parts(text: &[char], context: &[String]) -> usize {
    // best[i] is the least number for the first i characters.
    let mut best = vec![usize::MAX; text.len() + 1];
    best[0] = 0;
    for start in 0..text.len() {
        let so_far = best[start];
        if so_far > GUESSABLE {
            continue;
        }
        let rest = &text[start..];
        let mut reach = |length: usize, cost: usize| {
            let end = start + length;
            best[end] = best[end].min(so_far + cost);
        };
        reach(1, PIECE);
        let longest = run(rest);
        (3..=longest).for_each(|length| reach(length, PIECE));
        for word in context {
            if word.chars().count() <= rest.len() && word.chars().zip(rest).all(|(a, b)| a == *b) {
                reach(word.chars().count(), PIECE);
            }
        }
        let mut piece = String::new();
        for (index, character) in rest.iter().take(common::MAX_LEN).enumerate() {
            piece.push(*character);
            if index + 1 >= common::MIN_LEN && common::contains(&piece) {
                reach(index + 1, WORD);
            }
        }
    }
    best[text.len()]
}

/// Length of the longest start that repeats one character or walks along a row.
fn run(text: &[char]) -> usize {
    let same = text.iter().take_while(|character| **character == text[0]).count();
    let along = ROWS.iter().flat_map(|row| [walk(text, row.chars()), walk(text, row.chars().rev())]);
    along.max().unwrap_or(0).max(same)
}

/// Length of the longest start of `text` that `row` contains.
fn walk(text: &[char], row: impl Iterator<Item = char> + Clone) -> usize {
    let length = |skip: usize| text.iter().zip(row.clone().skip(skip)).take_while(|(a, b)| **a == *b).count();
    (0..row.clone().count()).map(length).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_guesses_are_found() {
        let context: Vec<String> =
            ["stoa", "examplecorp", "ada", "nora.x-7-y.moran"].map(str::to_owned).into();
        #[rustfmt::skip]
        let guesses = [
            "password", "PassWord", "passwordpassword", "PasswordPassword!", "password12345678",
            "aaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "123456789012345", "0987654321098765",
            "qwertyuiopasdfghjkl", "abcdefghijklmnopqrst", "stoastoastoastoa", "examplecorp1234",
            "ExampleCorpStoa!", "ada12345678901234", "sunshinepassword", "qwertyuiopasdfghjklzxcvbnm",
            "letmeinletmein2", "zzzzzzzzzzzzzzzzzzzz1", "Nora.X-7-Y.Moran",
        ];
        for password in guesses {
            assert!(is_guessable(password, &context), "{password}");
        }
    }

    #[test]
    fn others_are_let_through() {
        let context = vec!["stoa".to_owned()];
        for password in [
            "correct horse battery staple",
            "vf8#kQz2!mRw",
            "stoa is where zeno taught",
            "Rindfleisch-Etikett 7",
            "пароль которого нет в списке",
            "tr0mbone-gravel-62-ibis",
            "日本語のとても長い合言葉です",
        ] {
            assert!(!is_guessable(password, &context), "{password}");
        }
    }

    #[test]
    fn longest_input_is_quick() {
        let context = vec!["stoa".to_owned()];
        for unit in ["a", "ab", "password", "zq7!", "é"] {
            let long: String =
                unit.chars().cycle().take(500).chain("x!7".chars()).cycle().take(512).collect();
            let start = std::time::Instant::now();
            is_guessable(&long, &context);
            assert!(start.elapsed() < std::time::Duration::from_secs(1), "{unit}");
        }
    }
}
