//! Files: one code path over S3, whose server is a bucket at AWS, any server that speaks S3, or a folder behind one of our own.

mod failure;
mod limits;
mod local;
mod object;
mod presign;
mod store;
mod writer;

pub use limits::StorageLimits;
pub use object::{Content, Facts, Listed, Listing};
pub use presign::{Presigned, PutTerms};
pub use store::Storage;
pub use writer::{Received, Writer};
