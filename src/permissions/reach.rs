//! How far a permission goes: the cells of the table.

crate::text_enum! {
    /// Which records a permission covers. Each model says what a reach means for it; unknown ones cover nothing.
    pub enum Reach {
        /// No record: the role lacks the permission.
        None = "none",
        /// All records of the company.
        All = "all",
        /// Records that the actor created or asked for.
        Own = "own",
        /// Records in which the actor takes part: requester or copied.
        Part = "part",
        /// Tickets within the writer's ticket scope: own, department or all.
        Scope = "scope",
        /// Tickets assigned to the actor, or unassigned in one of the actor's departments.
        Assigned = "assigned",
        /// The actor's own user record.
        Myself = "self",
        /// The actor and the company's staff.
        Staff = "staff",
        /// Clients of the company.
        Clients = "clients",
        /// Users below the actor's rank, and peers for company administrators.
        Ranked = "ranked",
        /// What is marked public.
        Public = "public",
        /// Departments that the actor leads.
        Lead = "lead",
        /// Records shared with the actor, and the actor's own.
        Shared = "shared",
        /// Records that the actor created, as long as nothing names them.
        Unlinked = "unlinked",
        /// Public messages of visible tickets.
        PublicPart = "public_part",
    }
}
