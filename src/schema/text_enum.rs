//! The macro for closed sets of names that are stored and sent as text.

/// Declares an enum whose values are stored and sent as the given names.
#[macro_export]
macro_rules! text_enum {
    ($(#[$outer:meta])* pub enum $name:ident { $($(#[doc = $doc:literal])* $variant:ident = $text:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[doc = $doc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every name, in order.
            pub const NAMES: &'static [&'static str] = &[$($text,)*];
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The name as stored and sent.
            pub const fn as_str(self) -> &'static str { match self { $($name::$variant => $text,)* } }

            /// What the value means.
            pub const fn meaning(self) -> &'static str { match self { $($name::$variant => concat!($($doc),*),)* } }

            /// The value of a name.
            pub fn parse(name: &str) -> Option<Self> { match name { $($text => Some($name::$variant),)* _ => None } }
        }

        impl From<$name> for bson::Bson {
            fn from(value: $name) -> Self { bson::Bson::String(value.as_str().to_owned()) }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}
