//! The embedded list of common passwords; where it is from says `data/README.md`.

use std::collections::HashSet;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../data/common_passwords.txt");

static LIST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| TEXT.lines().collect());

/// Length of the shortest entry in characters; all entries are ASCII.
pub(super) const MIN_LEN: usize = 4;

/// Length of the longest entry in characters.
pub(super) const MAX_LEN: usize = 20;

/// Whether a text, in lower case, is on the list.
pub(super) fn contains(lower: &str) -> bool {
    LIST.contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_is_what_its_readme_says() {
        let lines: Vec<&str> = TEXT.lines().collect();
        assert_eq!(lines.len(), 18_000);
        assert_eq!(
            lines.iter().filter(|line| line.len() >= 8).count(),
            12_000,
            "ASVS asks for 3 000 that the policy admits"
        );
        assert!(lines.is_sorted() && LIST.len() == lines.len(), "sorted and without repetition");
        assert!(
            lines
                .iter()
                .all(|line| line.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase()))
        );
        assert_eq!(lines.iter().map(|line| line.len()).min(), Some(MIN_LEN));
        assert_eq!(lines.iter().map(|line| line.len()).max(), Some(MAX_LEN));
    }
}
