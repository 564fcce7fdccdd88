//! Routes of a ticket's life: filing, reading, changing, trash and status.

mod create;
mod delete;
mod read;
mod status;
mod update;

use crate::web::Routes;

/// The list of tickets.
const ALL: &str = "/api/tickets";
/// One ticket, by id or number.
const ONE: &str = "/api/tickets/{id}";

/// All of them.
pub fn routes() -> Routes {
    create::routes()
        .merge(read::routes())
        .merge(update::routes())
        .merge(delete::routes())
        .merge(status::routes())
}
