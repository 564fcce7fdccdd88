//! `PUT` and `DELETE /api/tickets/{id}/presence`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, TicketsPresence};
use crate::services::tickets::features::presence::{self, BODY, OTHERS};
use crate::web::{AnswerDoc, BodyDoc, Doc, JsonObject, Path, Reply, Routes};
use axum::extract::State;
use http::Method;

const PATH: &str = "/api/tickets/{id}/presence";

pub fn routes() -> Routes {
    let here = Doc::new(
        "Say that one has a ticket open; answers with the others who have. Say it again every 10 seconds or so: who is \
         silent for 30 seconds has gone.",
    );
    let gone = Doc::new("Say that one has left a ticket; answers with those who have it open.");
    Routes::of("tickets")
        .on(
            Method::PUT,
            PATH,
            "presence",
            here.body(BodyDoc::Fields(BODY)).answer(AnswerDoc::Fields(OTHERS)).passing(),
            put,
        )
        .delete(PATH, "presence_end", gone.answer(AnswerDoc::Fields(OTHERS)).passing(), delete)
}

async fn put(
    Authorized(permit): Authorized<TicketsPresence>,
    State(app): State<App>,
    Path(id): Path<String>,
    JsonObject(body): JsonObject,
) -> Result<Reply> {
    presence::announce(app.db(), &permit, &id, &body).await
}

async fn delete(
    Authorized(permit): Authorized<TicketsPresence>,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply> {
    presence::leave(app.db(), &permit, &id).await
}
