//! A body that is given out one chunk at a time, for readers that would take in all that has arrived.

use axum::body::Body;
use futures::StreamExt;
use std::task::Poll;

/// The same body, which after each chunk says that there is none yet. A reader of forms keeps whatever it is given until
/// that is used up: a sender that is quicker than the storage would fill the memory with the whole file.
pub fn in_sips(body: Body) -> Body {
    let (mut chunks, mut given) = (body.into_data_stream(), false);
    Body::from_stream(futures::stream::poll_fn(move |context| {
        if std::mem::take(&mut given) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let chunk = chunks.poll_next_unpin(context);
        given = matches!(chunk, Poll::Ready(Some(_)));
        chunk
    }))
}
