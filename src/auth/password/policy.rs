//! Which new passwords are accepted (NIST SP 800-63B-4, ASVS 6.2). No composition rules, no expiry, no change of the
//! text: neither its case nor its Unicode form.

use super::strength::is_guessable;
use crate::auth::email::EmailAddress;
use crate::errors::{AppError, Code, FieldErrors, Result};
use secrecy::{ExposeSecret, SecretString};

/// Shortest password that can exist, in bytes.
pub const MIN_BYTES: usize = 8;

/// Longest password that is hashed, in bytes. Longer ones are refused, never cut.
pub const MAX_BYTES: usize = 1024;

/// Fewest characters (Unicode code points) of a password that is the only factor.
pub const MIN_CHARS_ALONE: usize = 15;

/// Fewest characters of a password beside an enforced second factor.
pub const MIN_CHARS_WITH_MFA: usize = 8;

/// The product's name is a word of every context.
const PRODUCT: &str = "stoa";

/// Words of the context shorter than this occur by chance.
const MIN_CONTEXT_CHARS: usize = 3;

/// The rules for one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// Whether the account cannot be used without a second factor.
    pub mfa_enforced: bool,
}

impl PasswordPolicy {
    /// Checks a new password. `field` is its name in the request, `context` the result of [`context_words`].
    ///
    /// # Errors
    /// A 422 with the fault of `field`. It never quotes the password.
    pub fn check(self, field: &str, password: &SecretString, context: &[String]) -> Result<()> {
        check_max(field, password)?;
        let text = password.expose_secret();
        let least = if self.mfa_enforced { MIN_CHARS_WITH_MFA } else { MIN_CHARS_ALONE };
        if text.len() < MIN_BYTES || text.chars().count() < least {
            return Err(fault(field, format!("must have at least {least} characters")));
        }
        // Nobody types one on purpose, and forms drop some of them.
        if text.chars().any(char::is_control) {
            return Err(fault(field, "must have no control characters".to_owned()));
        }
        if is_guessable(text, context) {
            let message = "is too easy to guess: it is common, or made of common words, sequences or names";
            return Err(fault(field, message.to_owned()));
        }
        Ok(())
    }
}

/// Refuses what is longer than [`MAX_BYTES`], before any hashing; for log-in as well as for new passwords.
pub(super) fn check_max(field: &str, password: &SecretString) -> Result<()> {
    if password.expose_secret().len() > MAX_BYTES {
        return Err(fault(field, format!("must have at most {MAX_BYTES} bytes")));
    }
    Ok(())
}

/// The words that a guesser of this account's password would try: product, company name, local part of the address;
/// each as written, without its punctuation, and by its parts.
pub fn context_words(company: Option<&str>, email: Option<&EmailAddress>) -> Vec<String> {
    let names = [Some(PRODUCT), company, email.map(EmailAddress::local_part)];
    let mut words: Vec<String> = names
        .into_iter()
        .flatten()
        .flat_map(|name| {
            let lower = name.to_lowercase();
            let joined = lower.chars().filter(|character| character.is_alphanumeric()).collect();
            let parts = lower.split(|character: char| !character.is_alphanumeric()).map(str::to_owned);
            parts.chain([joined, lower.clone()]).collect::<Vec<String>>()
        })
        .filter(|word| word.chars().count() >= MIN_CONTEXT_CHARS)
        .collect();
    words.sort();
    words.dedup();
    words
}

fn fault(field: &str, message: String) -> AppError {
    FieldErrors::one(field, Code::ValidationFailed, message).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(password: &str, mfa_enforced: bool) -> bool {
        let email = EmailAddress::parse("jo.brightwater@example.com").unwrap();
        let context = context_words(Some("Umbra & Söhne"), Some(&email));
        PasswordPolicy { mfa_enforced }.check("password", &password.to_owned().into(), &context).is_ok()
    }

    #[test]
    fn lengths_are_exact() {
        let text = "q9!Wz7$kLm2#Rt5&Xb8*Yv3%";
        let cases = [(7, false, false), (8, false, true), (14, false, true), (15, true, true)];
        for (length, alone, with_mfa) in cases {
            assert_eq!(
                (verdict(&text[..length], false), verdict(&text[..length], true)),
                (alone, with_mfa),
                "{length}"
            );
        }
        let long: String = (0..1025).map(|i| char::from(b'!' + (i * i % 89) as u8)).collect();
        assert!(verdict(&long[..1024], false) && !verdict(&long, false));
        // 14 characters in 28 bytes are 14 characters.
        assert!(!verdict("жщэюяфъыцчшёйх", false) && verdict("жщэюяфъыцчшёйхг", false));
    }

    #[test]
    fn control_characters_are_refused_and_everything_else_that_can_be_typed_is_taken() {
        for character in ['\0', '\t', '\n', '\x1f', '\x7f', '\u{80}', '\u{9b}'] {
            assert!(!verdict(&format!("q9!Wz7$kLm2#Rt5{character}Xb8*"), false), "{character:?}");
        }
        for character in [' ', '\u{a0}', 'ß', '🔑', '\u{10655c}'] {
            assert!(verdict(&format!("q9!Wz7$kLm2#Rt5{character}Xb8*"), false), "{character:?}");
        }
    }

    #[test]
    fn context_is_refused() {
        for password in
            ["UmbraSöhne12345", "brightwater12345", "Jo.Brightwater!", "Stoa1234", "Umbra & Söhne 1"]
        {
            assert!(!verdict(password, true), "{password}");
        }
    }

    #[test]
    fn context_words_are_whole_and_parts() {
        let words = context_words(Some("Umbra & Söhne"), EmailAddress::parse("jo.x@example.com").as_ref());
        assert_eq!(words, ["jo.x", "jox", "stoa", "söhne", "umbra", "umbra & söhne", "umbrasöhne"]);
    }
}
