//! What can be done with tickets beside their plain life.

mod archive;
mod assignment;
mod bulk;
mod followers;
mod merge;
mod presence;
mod split;
mod strategies;
mod unmerge;
