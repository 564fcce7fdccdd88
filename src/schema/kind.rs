//! The types that a field can have, and what each says to a client that got it wrong.

use super::FieldSpec;

/// Type and limits of a field's value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text of `min..=max` characters; control characters are refused, line breaks unless `lines`.
    Text {
        /// Fewest characters after trimming.
        min: usize,
        /// Most characters.
        max: usize,
        /// Line breaks are allowed.
        lines: bool,
    },
    /// An e-mail address, kept normalised.
    Email,
    /// Text that a function accepts; the second part names the format.
    Format(fn(&str) -> bool, &'static str),
    /// One of the names.
    Enum(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// Whole number.
    Int {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// RFC 3339 time, kept in UTC with milliseconds.
    Time,
    /// 24 hex digits naming a record of a resource.
    Id {
        /// The resource.
        of: &'static str,
    },
    /// Distinct ids.
    Ids {
        /// The resource.
        of: &'static str,
        /// Most ids.
        max: usize,
    },
    /// Distinct short texts.
    Texts {
        /// Most items.
        max: usize,
        /// Most characters of one.
        max_len: usize,
    },
    /// An object with fields of its own.
    Object(&'static [FieldSpec]),
    /// A list of objects with the same fields.
    Objects {
        /// Fields of each.
        fields: &'static [FieldSpec],
        /// Most objects.
        max: usize,
    },
    /// Any JSON object of at most so many bytes, kept as it is.
    Json {
        /// Most bytes of its text.
        max_bytes: usize,
    },
}

impl Kind {
    /// What a value has to be, in words.
    pub fn expectation(&self) -> String {
        match self {
            Self::Text { min: 0, max, .. } => format!("a text of at most {max} characters"),
            Self::Text { min, max, .. } => format!("a text of {min} to {max} characters"),
            Self::Email => "an e-mail address".to_owned(),
            Self::Format(_, name) => (*name).to_owned(),
            Self::Enum(names) => format!("one of {}", names.join(", ")),
            Self::Bool => "true or false".to_owned(),
            Self::Int { min, max } => format!("a whole number from {min} to {max}"),
            Self::Time => "a time such as 2026-01-31T09:30:00Z (RFC 3339)".to_owned(),
            Self::Id { .. } => "an id of 24 hex digits".to_owned(),
            Self::Ids { max, .. } => format!("a list of at most {max} ids of 24 hex digits"),
            Self::Texts { max, max_len } => {
                format!("a list of at most {max} texts of 1 to {max_len} characters")
            }
            Self::Object(fields) => {
                let names: Vec<_> = fields.iter().map(|field| field.name).collect();
                format!("an object with {}", names.join(", "))
            }
            Self::Objects { fields, max } => {
                let names: Vec<_> = fields.iter().map(|field| field.name).collect();
                format!("a list of at most {max} objects with {}", names.join(", "))
            }
            Self::Json { max_bytes } => format!(
                "a JSON object of at most {max_bytes} bytes, nested 8 deep at most, without names that are empty, begin with $ \
                 or have a dot"
            ),
        }
    }

    /// The resource that ids of this kind name.
    pub fn reference(&self) -> Option<&'static str> {
        match self {
            Self::Id { of } | Self::Ids { of, .. } if !of.is_empty() => Some(of),
            _ => None,
        }
    }

    /// Whether the stored value is a list.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Ids { .. } | Self::Texts { .. })
    }
}
