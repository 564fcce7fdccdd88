//! Fills templates: a small part of Jinja, with bounds on work and output and no way to files or the network.

use super::catalog::{Missing, Template};
use super::plain::plain_of;
use minijinja::value::Value as Jinja;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Longest part of a mail in bytes.
pub const LONGEST: usize = 256 * 1024;
/// Steps that a template may take: a hundred times what the platform's own take, a millisecond or two.
const FUEL: u64 = 20_000;
/// Longest subject in characters.
const SUBJECT: usize = 500;

/// The texts of a template.
#[derive(Clone, Debug)]
pub struct Texts {
    /// Language that they are in.
    pub locale: String,
    /// Subject.
    pub subject: String,
    /// HTML.
    pub html: String,
    /// Plain text; made of the HTML when empty.
    pub text: String,
}

/// A mail as the recipient sees it.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Subject: one line.
    pub subject: String,
    /// HTML, a whole document.
    pub html: String,
    /// The same as plain text.
    pub text: String,
}

/// Why a template cannot be filled.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Part of the template: `subject`, `html` or `text`; the variable when a value is missing.
    pub part: String,
    /// What is wrong, in words.
    pub message: String,
    /// Line, from 1.
    pub line: Option<usize>,
}

/// Fills the texts of a template with values; variables that have none follow their declaration.
pub fn render(template: &Template, texts: &Texts, values: &Value) -> Result<Rendered, Fault> {
    let context = context(template, &texts.locale, values)?;
    let subject = fill("subject", &texts.subject, &context)?;
    let html = fill("html", &texts.html, &context)?;
    let text = match texts.text.trim() {
        "" => plain_of(&html),
        _ => fill("text", &texts.text, &context)?,
    };
    let subject = one_line(&subject).chars().take(SUBJECT).collect::<String>();
    if subject.is_empty() {
        return Err(Fault { part: "subject".to_owned(), message: "Is empty.".to_owned(), line: None });
    }
    let language = super::texts::language_of(&texts.locale);
    Ok(Rendered { html: document(language, &subject, &html), subject, text })
}

/// A text without line breaks and other control characters: what goes into headers is one line, whatever it is made of.
pub fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if is_break(c) { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The declared variables with their values, and nothing else of what is given.
fn context(template: &Template, locale: &str, values: &Value) -> Result<Value, Fault> {
    let mut whole = Map::new();
    for variable in template.variables {
        let pointer = format!("/{}", variable.path.replace('.', "/"));
        let given = match values.pointer(&pointer) {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let value = match (given, variable.missing) {
            (Some(text), _) => text,
            (None, Missing::Empty) => String::new(),
            (None, Missing::Or(_, german)) if super::texts::language_of(locale) == "de" => german.to_owned(),
            (None, Missing::Or(english, _)) => english.to_owned(),
            (None, Missing::Fails) => {
                let message = format!("There is no value for {}.", variable.path);
                return Err(Fault { part: variable.path.to_owned(), message, line: None });
            }
        };
        match variable.path.split_once('.') {
            None => drop(whole.insert(variable.path.to_owned(), Value::String(value))),
            Some((group, name)) => {
                let group = whole.entry(group).or_insert_with(|| Value::Object(Map::new()));
                if let Some(members) = group.as_object_mut() {
                    members.insert(name.to_owned(), Value::String(value));
                }
            }
        }
    }
    Ok(Value::Object(whole))
}

/// Fills one part.
pub(super) fn fill(part: &str, source: &str, context: &Value) -> Result<String, Fault> {
    let environment = environment();
    let fault = |error: &Error| Fault { part: part.to_owned(), message: sentence(error), line: error.line() };
    let name = if part == "html" { "html.html" } else { "plain.txt" };
    let template = environment.template_from_named_str(name, source).map_err(|error| fault(&error))?;
    let mut output = Bounded(Vec::new());
    let rendered = template.render_captured_to(jinja(context), &mut output);
    rendered.map_err(|error| fault(&error))?;
    String::from_utf8(output.0).map_err(|_| Fault {
        part: part.to_owned(),
        message: "The result is no text.".to_owned(),
        line: None,
    })
}

/// Values for the template engine; there are texts and groups of texts only.
fn jinja(value: &Value) -> Jinja {
    match value {
        Value::Object(members) => {
            Jinja::from_pairs(members.iter().map(|(name, value)| (name.as_str(), jinja(value))))
        }
        Value::String(text) => Jinja::from(text.as_str()),
        _ => Jinja::from(()),
    }
}

/// Filters that a template may use; none of them makes much of little.
pub(super) const FILTERS: &[&str] = &[
    "upper",
    "lower",
    "title",
    "capitalize",
    "trim",
    "default",
    "length",
    "first",
    "last",
    "escape",
    "e",
    "lines",
];

/// The language of templates. It knows no files, so there is nothing to include, and no functions.
pub(super) fn environment() -> Environment<'static> {
    use minijinja::filters;
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
    });
    environment.add_filter("upper", filters::upper);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("title", filters::title);
    environment.add_filter("capitalize", filters::capitalize);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("default", filters::default);
    environment.add_filter("length", filters::length);
    environment.add_filter("first", filters::first);
    environment.add_filter("last", filters::last);
    environment.add_filter("escape", filters::escape);
    environment.add_filter("e", filters::escape);
    environment.add_filter("lines", lines);
    environment
}

/// Text with its line breaks kept: escaped and with `<br>` in HTML, as it is elsewhere.
fn lines(state: &minijinja::State<'_, '_>, text: &str) -> Jinja {
    match state.auto_escape() {
        AutoEscape::Html => {
            Jinja::from_safe_string(escape(text).replace("\r\n", "\n").replace('\n', "<br>\n"))
        }
        _ => Jinja::from(text),
    }
}

/// Text as part of HTML.
pub(super) fn escape(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => whole.push_str("&amp;"),
            '<' => whole.push_str("&lt;"),
            '>' => whole.push_str("&gt;"),
            '"' => whole.push_str("&quot;"),
            '\'' => whole.push_str("&#x27;"),
            other => whole.push(other),
        }
    }
    whole
}

fn sentence(error: &Error) -> String {
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    match error.kind() {
        ErrorKind::OutOfFuel => "Takes too many steps.".to_owned(),
        ErrorKind::WriteFailure => "Makes too long a text.".to_owned(),
        kind => format!("{kind}{detail}.").chars().take(300).collect(),
    }
}

fn document(language: &str, subject: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body style=\"font-family:sans-serif;line-height:1.5\">\n{body}\n</body></html>\n",
        escape(language),
        escape(subject)
    )
}

/// Takes no more than the longest part of a mail.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(io::Error::other("too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
