//! Small things that everything uses and that have no home of their own: the clock, turns, work beside requests.

mod aside;
mod clock;
mod one_each;

pub use aside::Aside;
pub use clock::{Clock, later};
pub use one_each::OneEach;
