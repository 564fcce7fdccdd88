//! The shape of the permission table and the macro that reads it.

use super::{Reach, Role};

/// One permission and its reach for each role.
#[derive(Debug)]
pub struct Row {
    /// `resource.action`.
    pub name: &'static str,
    /// Resource on the wire.
    pub resource: &'static str,
    /// Action.
    pub action: &'static str,
    /// Reach by role, in the order of [`Role::column`].
    pub reach: [Reach; 5],
    /// A superadmin may use it outside any company.
    pub global: bool,
    /// What it allows.
    pub meaning: &'static str,
}

impl Row {
    /// The cell of a role.
    pub const fn reach_of(&self, role: Role) -> Reach {
        self.reach[role.column()]
    }
}

/// Reads the table: makes a type of each row, and the list of all rows.
#[macro_export]
macro_rules! permission_table {
    ($($permission:ident $([$global:ident])? $model:ident $resource:literal $action:literal :
        $sa:ident $ca:ident $cm:ident $cw:ident $cl:ident, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub struct $permission;

            impl $crate::permissions::Permission for $permission {
                type Resource = $crate::models::$model;
                const ROW: &'static $crate::permissions::Row = &$crate::permissions::Row {
                    name: concat!($resource, ".", $action),
                    resource: $resource,
                    action: $action,
                    reach: [
                        $crate::permissions::Reach::$sa, $crate::permissions::Reach::$ca,
                        $crate::permissions::Reach::$cm, $crate::permissions::Reach::$cw,
                        $crate::permissions::Reach::$cl,
                    ],
                    global: $crate::permission_table!(@global $($global)?),
                    meaning: $meaning,
                };
            }
        )*

        /// Every permission, in the order of the table.
        pub const TABLE: &[&$crate::permissions::Row] =
            &[$(<$permission as $crate::permissions::Permission>::ROW,)*];
    };
    (@global) => { false };
    (@global global) => { true };
}
