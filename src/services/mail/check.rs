//! Checks a template when it is saved: only what is declared, only what is harmless, with the place of each fault.

use super::catalog::{Template, Variable};
use super::render::{FILTERS, Fault, Texts, environment, render};
use crate::errors::Code;
use serde_json::{Map, Value};

/// Words of the language that stand where variables do.
const WORDS: &[&str] =
    &["and", "or", "not", "in", "true", "false", "none", "True", "False", "None", "if", "else"];
/// Statements that there are: with conditions alone, a template cannot make much of little.
const STATEMENTS: &[&str] = &["if", "elif", "else", "endif"];

/// What is wrong with a part of a template, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `subject`, `html` or `text`.
    pub part: &'static str,
    /// `unknown_variable` or `invalid_template`.
    pub code: Code,
    /// In words.
    pub message: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Everything that is wrong with the texts of a template.
pub fn check(template: &Template, texts: &Texts) -> Vec<Finding> {
    let parts = [("subject", &texts.subject), ("html", &texts.html), ("text", &texts.text)];
    let mut findings: Vec<Finding> =
        parts.iter().flat_map(|(part, source)| Scanner::new(template, part, source).scan()).collect();
    if findings.is_empty() {
        findings.extend(parts.iter().filter_map(|(part, source)| syntax(part, source)));
    }
    if findings.is_empty()
        && let Err(Fault { part, message, line }) = render(template, texts, &samples(template))
    {
        let part = parts.iter().map(|(name, _)| *name).find(|name| *name == part).unwrap_or("html");
        findings.push(Finding {
            part,
            code: Code::InvalidTemplate,
            message,
            line: line.unwrap_or(1),
            column: 1,
        });
    }
    findings
}

/// The sample of each variable.
pub fn samples(template: &Template) -> Value {
    let mut whole = Map::new();
    for Variable { path, sample, .. } in template.variables {
        match path.split_once('.') {
            None => drop(whole.insert((*path).to_owned(), Value::from(*sample))),
            Some((group, name)) => {
                let group = whole.entry(group).or_insert_with(|| Value::Object(Map::new()));
                if let Some(members) = group.as_object_mut() {
                    members.insert(name.to_owned(), Value::from(*sample));
                }
            }
        }
    }
    Value::Object(whole)
}

fn syntax(part: &&'static str, source: &str) -> Option<Finding> {
    let environment = environment();
    let error = environment.template_from_named_str("check", source).err()?;
    let (line, column) = match error.range() {
        Some(range) => place(source, range.start),
        None => (error.line().unwrap_or(1), 1),
    };
    let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    Some(Finding { part, code: Code::InvalidTemplate, message, line, column })
}

/// Line and column of a byte.
fn place(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    (line, column)
}

/// Walks through the tags of one part.
struct Scanner<'a> {
    template: &'a Template,
    part: &'static str,
    source: &'a str,
    findings: Vec<Finding>,
}

impl<'a> Scanner<'a> {
    fn new(template: &'a Template, part: &'static str, source: &'a str) -> Self {
        Self { template, part, source, findings: Vec::new() }
    }

    fn scan(mut self) -> Vec<Finding> {
        let mut at = 0;
        while let Some(found) = self.source[at..].find('{').map(|offset| at + offset) {
            let rest = &self.source[found..];
            let end = match rest.as_bytes().get(1) {
                Some(b'#') => rest.find("#}").map(|end| found + end + 2),
                Some(b'{') => Some(self.inside(found + 2, "}}", false)),
                Some(b'%') => Some(self.inside(found + 2, "%}", true)),
                _ => Some(found + 1),
            };
            // A comment without end is for the parser to tell.
            let Some(end) = end else { break };
            at = end.min(self.source.len());
        }
        self.findings
    }

    /// Looks through one tag and tells where it ends.
    fn inside(&mut self, from: usize, close: &str, statement: bool) -> usize {
        let bytes = self.source.as_bytes();
        let (mut at, mut named, mut filter) = (from, !statement, false);
        while at < bytes.len() {
            if self.source[at..].starts_with(close) {
                return at + close.len();
            }
            match bytes[at] {
                quote @ (b'"' | b'\'') => at = end_of_text(bytes, at, quote),
                b'|' => {
                    filter = true;
                    at += 1;
                }
                b'~' | b'*' | b'+' | b'[' | b'{' => {
                    self.note(
                        at,
                        Code::InvalidTemplate,
                        format!("`{}` cannot be used.", char::from(bytes[at])),
                    );
                    at += 1;
                }
                byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                    let end = end_of_path(bytes, at);
                    let word = &self.source[at..end];
                    match (named, filter) {
                        (false, _) => {
                            named = true;
                            if !STATEMENTS.contains(&word) {
                                let message =
                                    format!("There is no `{word}` here; there are if, elif, else, endif.");
                                self.note(at, Code::InvalidTemplate, message);
                            }
                        }
                        (true, true) => {
                            if !FILTERS.contains(&word) {
                                let message =
                                    format!("There is no filter `{word}`; there are {}.", FILTERS.join(", "));
                                self.note(at, Code::InvalidTemplate, message);
                            }
                        }
                        (true, false) => self.variable(at, word),
                    }
                    filter = false;
                    at = end;
                }
                byte if byte.is_ascii_digit() => at = end_of_path(bytes, at),
                byte if byte.is_ascii() => at += 1,
                _ => {
                    // Names in other letters are none of ours.
                    let c = self.source[at..].chars().next().unwrap_or(' ');
                    self.note(at, Code::InvalidTemplate, format!("`{c}` cannot stand here."));
                    at += c.len_utf8();
                }
            }
        }
        at
    }

    fn variable(&mut self, at: usize, word: &str) {
        if WORDS.contains(&word) || self.template.variable(word).is_some() {
            return;
        }
        let known: Vec<&str> = self.template.variables.iter().map(|variable| variable.path).collect();
        let message = format!("There is no variable `{word}` here; there are {}.", known.join(", "));
        self.note(at, Code::UnknownVariable, message);
    }

    fn note(&mut self, at: usize, code: Code, message: String) {
        let (line, column) = place(self.source, at);
        self.findings.push(Finding { part: self.part, code, message, line, column });
    }
}

/// Behind the closing quote.
fn end_of_text(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from + 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.saturating_add(1).min(bytes.len())
}

/// Behind a name with its members.
fn end_of_path(bytes: &[u8], from: usize) -> usize {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    from + bytes[from..].iter().take_while(|byte| part(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::super::catalog::template;
    use super::*;

    fn findings(html: &str) -> Vec<(Code, usize, usize)> {
        let texts = Texts {
            locale: "en".to_owned(),
            subject: "x".to_owned(),
            html: html.to_owned(),
            text: String::new(),
        };
        check(template("ticket_reply").unwrap(), &texts)
            .into_iter()
            .map(|finding| (finding.code, finding.line, finding.column))
            .collect()
    }

    #[test]
    fn faults_are_told_with_their_place() {
        use Code::{InvalidTemplate, UnknownVariable};
        for (html, wanted) in [
            ("{{ ticket.reference }} {{ message.body | lines }}", vec![]),
            (
                "{% if message.body and not ticket.status == 'x }}' %}a{% elif company %}b{% else %}c{% endif %}",
                vec![],
            ),
            ("{# {{ nothing }} #}{{ recipient_name|default('you')|upper }}", vec![]),
            ("a\n  {{ ticket.notes }}", vec![(UnknownVariable, 2, 6)]),
            ("\u{1f600}{{ password }}", vec![(UnknownVariable, 1, 5)]),
            ("{{ ticket }}", vec![(UnknownVariable, 1, 4)]),
            ("{{ ticket['x'] }}", vec![(UnknownVariable, 1, 4), (InvalidTemplate, 1, 10)]),
            ("{{ company ~ company }}", vec![(InvalidTemplate, 1, 12)]),
            ("{{ 'a' * 100000000 }}", vec![(InvalidTemplate, 1, 8)]),
            (
                "{% for x in company %}{% endfor %}",
                vec![(InvalidTemplate, 1, 4), (UnknownVariable, 1, 8), (InvalidTemplate, 1, 26)],
            ),
            ("{% set x = 1 %}", vec![(InvalidTemplate, 1, 4), (UnknownVariable, 1, 8)]),
            ("{% include '/etc/passwd' %}", vec![(InvalidTemplate, 1, 4)]),
            ("{{ company|safe }}", vec![(InvalidTemplate, 1, 12)]),
            ("{{ range(100000) }}", vec![(UnknownVariable, 1, 4)]),
            ("{{ company", vec![(InvalidTemplate, 1, 4)]),
            ("a\n{% if company %}", vec![(InvalidTemplate, 2, 15)]),
            (
                "{% raw %}{{ x }}{% endraw %}",
                vec![(InvalidTemplate, 1, 4), (UnknownVariable, 1, 13), (InvalidTemplate, 1, 20)],
            ),
            (
                "{{ firmenn\u{e4}me }}",
                vec![(UnknownVariable, 1, 4), (InvalidTemplate, 1, 11), (UnknownVariable, 1, 12)],
            ),
            ("{{ 'x", vec![(InvalidTemplate, 1, 6)]),
        ] {
            assert_eq!(findings(html), wanted, "{html}");
        }
    }

    #[test]
    fn the_platforms_own_texts_pass() {
        for template in super::super::catalog::ALL {
            for language in ["en", "de"] {
                let texts = super::super::texts::platform(template, &[language.to_owned()]);
                assert_eq!(check(template, &texts), [], "{} {language}", template.key);
            }
        }
    }

    #[test]
    fn a_text_that_grows_too_long_is_refused() {
        let html = "{{ message.body }}".repeat(20_000);
        assert_eq!(findings(&html).len(), 1, "steps or length");
    }
}
