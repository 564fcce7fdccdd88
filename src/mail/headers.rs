//! The header fields of a mail as they were written, unfolded, in their order.

/// Most header fields that are looked at; nobody but attackers sends more.
const MAX_FIELDS: usize = 1000;
/// Most characters of one field.
const MAX_VALUE: usize = 16_384;

/// Header fields by lower-cased name.
#[derive(Clone, Debug, Default)]
pub struct Headers {
    fields: Vec<(String, String)>,
}

impl Headers {
    /// Takes fields over, each on one line and without control characters.
    pub fn of<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let fields = fields.take(MAX_FIELDS).map(|(name, value)| {
            let line: String =
                value.chars().take(MAX_VALUE).map(|c| if c.is_control() { ' ' } else { c }).collect();
            (name.trim().to_ascii_lowercase(), line.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        Self { fields: fields.collect() }
    }

    /// All values of a field, topmost first.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The topmost value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether there is such a field.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}
