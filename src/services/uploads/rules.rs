//! Which permissions writes of uploads need.

use crate::engine::Rules;
use crate::models::Upload;
use crate::permissions::{UploadsCreate, UploadsDelete};

impl Rules for Upload {
    type Create = UploadsCreate;
    type Update = UploadsCreate;
    type Delete = UploadsDelete;
}
