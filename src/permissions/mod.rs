//! The trusted base of authorisation: roles, the table, scopes and permits. Nothing outside can make a scope.

mod actor;
mod caller;
mod extract;
mod key_scopes;
mod markdown;
mod mask;
pub mod masks;
mod permit;
mod rbac;
mod reach;
mod role;
mod row;
mod scope;
pub mod system;
mod table;

pub use actor::{Acting, Actor, Origin};
pub use caller::Caller;
pub use extract::{Authorized, Guard, Guarded, Public, SignedIn};
pub use key_scopes::{KEY_SCOPE_NAMES, KEY_SCOPES, key_scope};
pub use markdown::markdown;
pub use mask::{ALWAYS, Mask};
pub use permit::{Permission, Permit};
pub use rbac::permissions_of;
pub use reach::Reach;
pub use role::Role;
pub use row::Row;
pub use scope::TenantScope;
pub use system::CrossTenant;
pub use table::*;
