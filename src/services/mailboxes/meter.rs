//! A connection to a server that a company names, which reads no more of it than is allowed: what the server says would
//! otherwise decide how much memory the program takes.

use lettre::transport::smtp::client::AsyncTokioStream;
use std::fmt::Debug;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// Bytes of an answer in IMAP outside of its literals: each part that arrives is read with all before it.
const LINE: usize = 1 << 17;
/// Literals of an answer in IMAP.
const LITERALS: usize = 64;

/// A connection with bounds.
#[derive(Debug)]
pub(crate) struct Metered<T> {
    inner: T,
    left: usize,
    imap: Option<Scan>,
}

/// Where in an answer of an IMAP server the connection is.
#[derive(Debug, Default)]
struct Scan {
    line: usize,
    literals: usize,
    /// Bytes of a literal that are still to come.
    literal: usize,
    mark: Mark,
}

/// How much of `{n}` and the end of the line was read.
#[derive(Clone, Copy, Debug, Default)]
enum Mark {
    #[default]
    None,
    Number(usize),
    Closed(usize),
    Return(usize),
}

impl<T> Metered<T> {
    /// At most `most` bytes are read until the next [`Metered::allow`].
    pub(crate) fn new(inner: T, most: usize) -> Self {
        Self { inner, left: most, imap: None }
    }

    /// As [`Metered::new`] for IMAP: a literal that is longer than what may still be read is refused when it is announced,
    /// before anyone makes room for it.
    pub(crate) fn imap(inner: T, most: usize) -> Self {
        Self { inner, left: most, imap: Some(Scan::default()) }
    }

    /// So many bytes may be read from now on.
    pub(crate) fn allow(&mut self, most: usize) {
        self.left = most;
    }

    /// The connection without bounds.
    pub(crate) fn into_inner(self) -> T {
        self.inner
    }

    fn count(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.left = self.left.checked_sub(bytes.len()).ok_or_else(too_much)?;
        let left = self.left;
        self.imap.as_mut().map_or(Ok(()), |scan| scan.read(bytes, left))
    }
}

impl Scan {
    /// Follows the answer. `left` bytes may be read after these.
    fn read(&mut self, mut bytes: &[u8], left: usize) -> io::Result<()> {
        while let Some((byte, rest)) = bytes.split_first() {
            if self.literal > 0 {
                let part = self.literal.min(bytes.len());
                self.literal -= part;
                bytes = bytes.get(part..).unwrap_or_default();
                continue;
            }
            bytes = rest;
            self.line += 1;
            if self.line > LINE {
                return Err(too_much());
            }
            self.mark = match (self.mark, byte) {
                (_, b'{') => Mark::Number(0),
                (Mark::Number(n), b'0'..=b'9') => {
                    Mark::Number(n.saturating_mul(10).saturating_add(usize::from(byte - b'0')))
                }
                (Mark::Number(n), b'+') => Mark::Number(n),
                (Mark::Number(n), b'}') => Mark::Closed(n),
                (Mark::Closed(n), b'\r') => Mark::Return(n),
                (Mark::Return(n), b'\n') => {
                    self.literals += 1;
                    if n > left.saturating_add(bytes.len()) || self.literals > LITERALS {
                        return Err(too_much());
                    }
                    self.literal = n;
                    Mark::None
                }
                (_, b'\n') => {
                    (self.line, self.literals) = (0, 0);
                    Mark::None
                }
                _ => Mark::None,
            };
        }
        Ok(())
    }
}

fn too_much() -> io::Error {
    io::Error::other("the server sends more than it may")
}

impl<T: AsyncRead + Unpin> AsyncRead for Metered<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buf))?;
        Poll::Ready(self.count(buf.filled().get(before..).unwrap_or_default()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Metered<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Metered<TcpStream> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.inner.peer_addr()
    }
}

impl AsyncTokioStream for Metered<TlsStream<TcpStream>> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.inner.get_ref().0.peer_addr()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether all of these parts may be read, when `most` bytes are allowed.
    fn passes(most: usize, parts: &[&[u8]]) -> bool {
        let mut metered = Metered::imap((), most);
        parts.iter().all(|part| metered.count(part).is_ok())
    }

    #[test]
    fn a_literal_that_is_too_long_is_refused_when_it_is_announced() {
        assert!(passes(1000, &[b"* 1 FETCH (UID 1 BODY[] {900}\r\n"]));
        assert!(!passes(1000, &[b"* 1 FETCH (UID 1 BODY[] {1000}\r\n"]));
        assert!(!passes(1000, &[b"* 1 FETCH (UID 1 BODY[] {", b"40000", b"0000}\r", b"\n"]));
        assert!(!passes(1000, &[b"{99999999999999999999999999}\r\n"]));
        // What a literal holds announces nothing.
        assert!(passes(1000, &[b"{12}\r\n", b"{9999}\r", b"\nabc)\r\n", b"* OK\r\n"]));
        assert!(passes(1000, &[b"* 1 FETCH (UID 1 BODY[] {4}\r\nabcd)\r\n"]));
    }

    #[test]
    fn neither_bytes_nor_lines_nor_literals_go_on_for_ever() {
        assert!(!passes(10, &[b"123456", b"78901"]));
        let part = [b'x'; 1 << 13];
        let endless: Vec<&[u8]> = (0..17).map(|_| &part[..]).collect();
        assert!(!passes(usize::MAX, &endless));
        assert!(passes(usize::MAX, &[&part, b"\r\n", &part]));
        let many: Vec<&[u8]> = (0..65).map(|_| &b"{1}\r\nx"[..]).collect();
        assert!(!passes(usize::MAX, &many));
    }
}
