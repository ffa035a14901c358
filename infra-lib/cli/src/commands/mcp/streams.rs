//! Provides the streams of the protocol: standard input and output, or those of a test.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;

use crate::process::duplicate_standard_output;

/// Returns standard output as a stream of its own.
pub(super) fn standard_output() -> io::Result<tokio::fs::File> {
    Ok(tokio::fs::File::from_std(duplicate_standard_output()?))
}

/// A stream that records everything written to it.
#[derive(Clone, Debug, Default)]
pub(super) struct RecordedStream(Arc<Mutex<Vec<u8>>>);

impl RecordedStream {
    /// Returns the recorded output, and clears it.
    pub(super) fn take_output(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl AsyncWrite for RecordedStream {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
