//! The body of an answer on its way out: its connection knows that a request is at hand until it is sent.

use super::watch::Entered;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use hyper::body::{Frame, SizeHint};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body that ends the request when it is dropped, which is when it was sent or nobody wants it.
pub(super) struct Answer {
    body: Body,
    _entered: Entered,
}

impl Answer {
    pub(super) fn new(body: Body, entered: Entered) -> Self {
        Self { body, _entered: entered }
    }
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut frame = self.body.frame();
        Pin::new(&mut frame).poll(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
