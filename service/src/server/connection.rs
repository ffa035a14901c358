//! One connection of a client.

use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::http::uri::Scheme;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Endpoint as _, Request};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::Server;
use crate::lifecycle::Phase;

/// What a connection without a request gets to send one when the process stops: it may be under way.
const LAST_REQUEST: Duration = Duration::from_secs(1);

/// Serves requests until the client, a time limit or the end of the process closes the connection.
pub(super) async fn serve(server: &Arc<Server>, stream: TcpStream) {
    // Headers and a short body are two writes; without this the second waits for the client's acknowledgement of the first.
    let _ = stream.set_nodelay(true);
    let (Ok(local), Ok(remote)) = (stream.local_addr(), stream.peer_addr()) else {
        return;
    };
    let state = Arc::new(State::default());
    let io = TimedStream::new(stream, Arc::clone(&state), server);
    let service = service_fn({
        let state = Arc::clone(&state);
        move |request: hyper::Request<hyper::body::Incoming>| {
            state.set(Doing::Answering);
            let answered = Answered(Arc::clone(&state));
            let server = Arc::clone(server);
            async move {
                let local = LocalAddr(Addr::SocketAddr(local));
                let remote = RemoteAddr(Addr::SocketAddr(remote));
                let request = Request::from((request, local, remote, Scheme::HTTP));
                let mut response: hyper::Response<_> =
                    server.endpoint.get_response(request).await.into();
                if server.lifecycle.phase() > Phase::Serving {
                    let close = HeaderValue::from_static("close");
                    response.headers_mut().insert(CONNECTION, close);
                }
                let (head, body) = response.into_parts();
                let body = GuardedBody {
                    body,
                    _answered: answered,
                };
                Ok::<_, Infallible>(hyper::Response::from_parts(head, body))
            }
        }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        // hyper counts from the end of the last response, so this is the time between requests; `TimedStream` counts the time of a head.
        .header_read_timeout(server.limits.idle_time)
        .max_header_size(server.limits.head_bytes as usize);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(io), service));
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = server.lifecycle.reached(Phase::Stopping) => {
            // Its answer will say that the connection closes, so that the client sends no other.
            let last = match state.get() {
                Doing::Answering => None,
                _ => timeout(LAST_REQUEST, connection.as_mut()).await.ok(),
            };
            if let Some(result) = last {
                result
            } else {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        }
    };
    if let Err(error) = result {
        tracing::debug!(error = &error as &dyn std::error::Error, %remote, "connection ended");
    }
}

/// What a connection does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
enum Doing {
    /// It waits for a request.
    #[default]
    Waiting,
    /// The head of a request is being read.
    Reading,
    /// A request is being answered.
    Answering,
}

/// What a connection does, told by those who do it.
#[derive(Debug, Default)]
struct State(AtomicU8);

impl State {
    fn get(&self) -> Doing {
        match self.0.load(Ordering::Relaxed) {
            0 => Doing::Waiting,
            1 => Doing::Reading,
            _ => Doing::Answering,
        }
    }

    fn set(&self, doing: Doing) {
        self.0.store(doing as u8, Ordering::Relaxed);
    }
}

/// Dropped when a request is answered.
#[derive(Debug)]
struct Answered(Arc<State>);

impl Drop for Answered {
    fn drop(&mut self) {
        self.0.set(Doing::Waiting);
    }
}

/// A body after which the request is answered.
struct GuardedBody<B> {
    body: B,
    _answered: Answered,
}

impl<B: Body<Data = Bytes> + Unpin> Body for GuardedBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream that fails when the client lets the head of a request, or a response, wait too long.
struct TimedStream {
    stream: TcpStream,
    state: Arc<State>,
    head_time: Duration,
    stalled_time: Duration,
    head_deadline: Option<Pin<Box<Sleep>>>,
    write_deadline: Option<Pin<Box<Sleep>>>,
}

impl TimedStream {
    fn new(stream: TcpStream, state: Arc<State>, server: &Server) -> Self {
        Self {
            stream,
            state,
            head_time: server.limits.head_time,
            stalled_time: server.limits.stalled_time,
            head_deadline: None,
            write_deadline: None,
        }
    }

    /// Of a write: pending for too long is an error, because a client that reads nothing would hold its connection, and a stream of events
    /// its place, forever.
    fn watch_write<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.write_deadline = None;
            return written;
        }
        let time = self.stalled_time;
        let deadline = self
            .write_deadline
            .get_or_insert_with(|| Box::pin(sleep(time)));
        ready!(deadline.as_mut().poll(context));
        Poll::Ready(Err(timed_out("the client takes no data")))
    }
}

fn timed_out(text: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, text)
}

impl AsyncRead for TimedStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        let doing = this.state.get();
        if buffer.filled().len() > before && doing == Doing::Waiting {
            this.state.set(Doing::Reading);
            let deadline = Instant::now() + this.head_time;
            match &mut this.head_deadline {
                Some(sleep) => sleep.as_mut().reset(deadline),
                None => this.head_deadline = Some(Box::pin(tokio::time::sleep_until(deadline))),
            }
            return read;
        }
        // A client that sends a byte now and then is `Ready` each time.
        if doing == Doing::Reading
            && let Some(deadline) = &mut this.head_deadline
            && deadline.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(Err(timed_out("the head of the request takes too long")));
        }
        read
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        data: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, data);
        this.watch_write(context, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        data: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, data);
        this.watch_write(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
