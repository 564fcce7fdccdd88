//! What can be done with tickets beside their plain life.

pub mod archive;
pub mod assignment;
pub mod bulk;
pub mod followers;
pub mod merge;
pub mod mute;
pub mod presence;
pub mod spam;
pub mod split;
pub mod unmerge;
