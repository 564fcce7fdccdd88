//! The five roles and the lattice of who may act on whom.

crate::text_enum! {
    /// Role of a user, from most to least powerful.
    pub enum Role {
        /// Operator of the platform.
        Superadmin = "superadmin",
        /// Owner of a company.
        CompanyAdmin = "company_admin",
        /// Support lead and editor.
        ContentManager = "content_manager",
        /// Agent and writer.
        ContentWriter = "content_writer",
        /// Requester and approver.
        Client = "client",
    }
}

impl Role {
    /// Rank; more is more powerful.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Superadmin => 100,
            Self::CompanyAdmin => 80,
            Self::ContentManager => 60,
            Self::ContentWriter => 40,
            Self::Client => 20,
        }
    }

    /// Position of the role's column in the table.
    pub const fn column(self) -> usize {
        match self {
            Self::Superadmin => 0,
            Self::CompanyAdmin => 1,
            Self::ContentManager => 2,
            Self::ContentWriter => 3,
            Self::Client => 4,
        }
    }

    /// Whether the role works for the company, as opposed to being served by it.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Client)
    }

    /// Whether a user of this role may make someone a `target`.
    pub const fn may_grant(self, target: Role) -> bool {
        match self {
            Self::Superadmin => true,
            Self::CompanyAdmin => !matches!(target, Self::Superadmin),
            Self::ContentManager => matches!(target, Self::Client),
            Self::ContentWriter | Self::Client => false,
        }
    }
}
