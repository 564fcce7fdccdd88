//! Mail as text: reading a raw message, what its headers say of it, what of its text is new. No database, no network.

mod addresses;
mod automatic;
mod bounce;
mod charset;
mod forward;
mod headers;
mod parse;
mod parts;
mod quote;
mod quote_marks;
mod shield;
mod verdict;

pub use addresses::{Party, local_part_is_robot};
pub use automatic::{Automatic, automatic};
pub use bounce::Bounce;
pub use forward::{Forwarded, forwarded};
pub use headers::Headers;
pub use parse::{MAX_HEAD, ParsedEmail, Peek, parse, peek};
pub use parts::{MailPart, part_content};
pub use quote::new_text;
pub use shield::Unreadable;
pub use verdict::{Verdict, verdict};

/// Largest mail that is taken in, in bytes.
pub const MAX_MAIL: usize = 25 << 20;
