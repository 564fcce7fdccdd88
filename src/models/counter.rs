//! Counters: ticket numbers and the sizes of long lists.

use crate::model;
use crate::schema::FieldSpec;

model! {
    /// A number that only the server changes; its key names company and use.
    global Counter in "counters" keyed String {
        /// The number.
        value: i64 = FieldSpec::int(i64::MIN, i64::MAX);
    }
    indexes &[]
}
