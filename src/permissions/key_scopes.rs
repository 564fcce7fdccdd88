//! Which permissions may ever be put on an API key: the column of keys beside the table. What is not listed is closed.

use super::{
    AuditRead, CategoriesCreate, CategoriesRead, CategoriesUpdate, CompaniesRead, DepartmentsRead,
    EventsRead, MessagesCreate, MessagesRead, MessagesUpdate, Permission, ReportsRead, Row, TagsCreate,
    TagsRead, TagsUpdate, TicketsAssign, TicketsCreate, TicketsRead, TicketsTransition, TicketsUpdate,
    UsersRead, UsersUpdate,
};

/// The permissions that a key can hold. None of them reaches accounts, roles, keys, settings, or anything that asks for
/// the password once more: who finds a key cannot make themselves another way in.
pub const KEY_SCOPES: &[&Row] = &[
    CompaniesRead::ROW,
    UsersRead::ROW,
    UsersUpdate::ROW,
    DepartmentsRead::ROW,
    CategoriesRead::ROW,
    CategoriesCreate::ROW,
    CategoriesUpdate::ROW,
    TagsRead::ROW,
    TagsCreate::ROW,
    TagsUpdate::ROW,
    TicketsRead::ROW,
    TicketsCreate::ROW,
    TicketsUpdate::ROW,
    TicketsTransition::ROW,
    TicketsAssign::ROW,
    MessagesRead::ROW,
    MessagesCreate::ROW,
    MessagesUpdate::ROW,
    EventsRead::ROW,
    ReportsRead::ROW,
    AuditRead::ROW,
];

/// Their names, as the scopes of a key spell them.
pub const KEY_SCOPE_NAMES: &[&str] = &{
    let mut names = [""; KEY_SCOPES.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = KEY_SCOPES[at].name;
        at += 1;
    }
    names
};

/// The permission that a scope names, if a key may hold it.
pub fn key_scope(name: &str) -> Option<&'static Row> {
    KEY_SCOPES.iter().copied().find(|row| row.name == name)
}
