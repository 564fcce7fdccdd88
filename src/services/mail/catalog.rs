//! The mails that the program sends: their keys, the variables that each declares, and the texts that they have by default.

use Missing::{Empty, Fails, Or};

/// What happens when a variable has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The mail is not sent: it would say something senseless.
    Fails,
    /// It stands empty; templates ask with `{% if %}`.
    Empty,
    /// This stands instead: in English, in German.
    Or(&'static str, &'static str),
}

/// A variable of a template.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Name, with points.
    pub path: &'static str,
    /// What it holds.
    pub doc: &'static str,
    /// Value in previews without a record.
    pub sample: &'static str,
    /// What happens without a value.
    pub missing: Missing,
}

/// A mail that the program sends.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Key.
    pub key: &'static str,
    /// When it is sent.
    pub doc: &'static str,
    /// Companies may word it themselves. Not so what carries credentials or warns people: a changed text could carry
    /// the credential elsewhere, or hide the warning.
    pub editable: bool,
    /// What it may print.
    pub variables: &'static [Variable],
    /// English, as `subject`, empty line, HTML.
    english: &'static str,
    /// German.
    german: &'static str,
}

impl Template {
    /// The platform's text in a language, with the language it is really in; none when there is no such translation.
    pub fn default_text(&self, language: &str) -> Option<(&'static str, &'static str)> {
        let whole = match language {
            "en" => self.english,
            "de" => self.german,
            _ => return None,
        };
        whole.split_once("\n\n")
    }

    /// The declaration of a variable.
    pub fn variable(&self, path: &str) -> Option<&'static Variable> {
        self.variables.iter().find(|variable| variable.path == path)
    }
}

/// The mail of a key.
pub fn template(key: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.key == key)
}

const fn var(path: &'static str, doc: &'static str, sample: &'static str, missing: Missing) -> Variable {
    Variable { path, doc, sample, missing }
}

const NAME: Variable = var("name", "Name of the person.", "Ada Lovelace", Or("there", "zusammen"));
const RECIPIENT: Variable =
    var("recipient_name", "Name of who gets the mail.", "Ada Lovelace", Or("there", "zusammen"));
const COMPANY: Variable = var("company", "Name of the company.", "Acme", Fails);
const LINK: Variable = var("link", "Address to go on at.", "https://help.example.com/x", Fails);
const CODE: Variable = var("code", "Code to type instead of following the link.", "123456", Empty);
const AT: Variable = var("at", "When it happened.", "2026-01-31 09:30 UTC", Fails);
const IP: Variable = var("ip", "Address that it came from.", "203.0.113.7", Empty);
const AGENT: Variable = var("user_agent", "Program that it came from.", "Firefox on Linux", Empty);
const REFERENCE: Variable =
    var("ticket.reference", "Number of the ticket with its prefix.", "ACME-123", Fails);
const SUBJECT: Variable = var("ticket.subject", "Subject of the ticket.", "Printer on fire", Fails);
const STATUS: Variable = var("ticket.status", "Status of the ticket.", "open", Fails);
const TICKET_LINK: Variable =
    var("ticket.link", "Address of the ticket.", "https://help.example.com/tickets/1/show", Fails);
const BODY: &str = "Text of the message; empty unless clients may read it.";
const WORDS: &str = "It burns again.\nPlease help.";
const AUTHOR: &str = "Who wrote the message.";

const TICKET: &[Variable] = &[
    RECIPIENT,
    REFERENCE,
    SUBJECT,
    STATUS,
    TICKET_LINK,
    var("message.body", BODY, WORDS, Empty),
    var("message.author_name", AUTHOR, "Grace Hopper", Empty),
    COMPANY,
];

const REPLY: &[Variable] = &[
    RECIPIENT,
    REFERENCE,
    SUBJECT,
    STATUS,
    TICKET_LINK,
    var("message.body", BODY, WORDS, Fails),
    var("message.author_name", AUTHOR, "Grace Hopper", Fails),
    COMPANY,
];

macro_rules! templates {
    ($($key:literal $editable:literal $doc:literal: $variables:expr;)*) => {
        /// Every mail.
        pub const ALL: &[Template] = &[$(Template {
            key: $key,
            doc: $doc,
            editable: $editable,
            variables: $variables,
            english: include_str!(concat!("defaults/en/", $key, ".html")),
            german: include_str!(concat!("defaults/de/", $key, ".html")),
        },)*];
    };
}

templates! {
    "invitation" false "Someone is invited to a company.": &[
        NAME, COMPANY, var("inviter", "Who invites.", "Grace Hopper", Fails), LINK,
        var("expires_at", "How long the invitation holds.", "2026-02-07 09:30 UTC", Fails),
    ];
    "email_verification" false "An address has to be confirmed.": &[NAME, LINK, CODE];
    "password_reset" false "Someone asks for a new password.": &[
        NAME, LINK, CODE, var("minutes", "Minutes that link and code hold.", "30", Fails),
    ];
    "already_registered" false "Someone registers who has an account.": &[NAME, LINK];
    "security_notice" false "Something changed that protects an account.": &[
        NAME, var("event", "What happened, by name.", "password_changed", Fails), AT, IP, AGENT,
        var("recovery_codes_left", "Recovery codes that are left after one was used.", "7", Empty),
    ];
    "new_device" false "Someone logs in from a device not seen before.": &[NAME, AT, IP, AGENT];
    "ticket_created" true "A ticket was opened.": TICKET;
    "ticket_reply" true "A ticket got a public message.": REPLY;
    "ticket_assigned" true "A ticket was assigned.": TICKET;
    "ticket_status" true "The status of a ticket changed.": TICKET;
    "ticket_updated" true "Something else happened to a ticket.": TICKET;
    "mail_too_large" false "A mail was too large to be taken in.": &[
        RECIPIENT,
        var("subject", "Subject of that mail.", "Printer on fire", Or("(no subject)", "(ohne Betreff)")),
        var("limit_mb", "Largest mail that is taken in, in MiB.", "25", Fails),
        COMPANY,
    ];
    "test" true "Someone wants to see whether mail arrives.": &[RECIPIENT, COMPANY];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_agree() {
        let editable: Vec<&str> = ALL.iter().filter(|one| one.editable).map(|one| one.key).collect();
        assert_eq!(editable, crate::models::TEMPLATE_KEYS);
        for template in ALL {
            for language in ["en", "de"] {
                let (subject, html) = template.default_text(language).unwrap();
                assert!(
                    !subject.is_empty() && !subject.contains('\n') && html.starts_with("<p>"),
                    "{}",
                    template.key
                );
            }
        }
    }
}
