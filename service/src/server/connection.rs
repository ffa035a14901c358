//! Serves the requests of one client connection and enforces its time limits.

use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body_util::combinators::BoxBody;
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
use super::peers::Entry;
use crate::lifecycle::Phase;

/// Time that an idle connection gets to send a last request when the process stops, because one may already be on its way.
const LAST_REQUEST: Duration = Duration::from_secs(1);

/// Size of the buffers of a connection, in bytes: for received data, and for response data that the client has not read yet.
const BUFFER: usize = 64 * 1024;

/// Serves requests until the client, a time limit or the shutdown of the process closes the connection.
pub(super) async fn serve_connection(server: &Arc<Server>, stream: TcpStream, entry: &Entry) {
    // Headers and a short body are two writes. With Nagle's algorithm the second would wait for the acknowledgement of the first.
    let _ = stream.set_nodelay(true);
    let (Ok(local), Ok(remote)) = (stream.local_addr(), stream.peer_addr()) else {
        return;
    };
    let state = Arc::clone(&entry.state);
    let io = TimedStream::new(stream, Arc::clone(&state), server);
    let service = service_fn({
        let state = Arc::clone(&state);
        move |request: hyper::Request<hyper::body::Incoming>| {
            let has_body = !request.body().is_end_stream();
            state.set_activity(if has_body {
                Activity::Receiving
            } else {
                Activity::Answering
            });
            let answered = SendingGuard(Arc::clone(&state));
            let server = Arc::clone(server);
            async move {
                let local = LocalAddr(Addr::SocketAddr(local));
                let remote = RemoteAddr(Addr::SocketAddr(remote));
                let mut request = Request::from((request, local, remote, Scheme::HTTP));
                if has_body {
                    let body: BoxBody<Bytes, io::Error> = request.take_body().into();
                    let state = Arc::clone(&answered.0);
                    let body = BoxBody::new(ReceivedBody { body, state });
                    request.set_body(poem::Body::from(body));
                }
                let mut response: hyper::Response<_> =
                    server.endpoint.get_response(request).await.into();
                if server.lifecycle.phase() > Phase::Serving {
                    let close = HeaderValue::from_static("close");
                    response.headers_mut().insert(CONNECTION, close);
                }
                let (head, body) = response.into_parts();
                answered.0.set_sized(body.size_hint().exact().is_some());
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
        // hyper measures from the end of the last response, so this limits the idle time; `TimedStream` limits the time for headers.
        .header_read_timeout(server.limits.idle_time)
        .max_header_size(server.limits.head_bytes as usize)
        .max_buf_size(BUFFER.max(server.limits.head_bytes as usize));
    let mut connection = pin!(builder.serve_connection(TokioIo::new(io), service));
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = wait_for_close(entry) => {
            tracing::debug!(%remote, "an idle connection was closed for a new one");
            return;
        }
        () = server.lifecycle.wait_for_phase(Phase::Stopping) => {
            // The response announces that the connection closes, so the client sends no further request on it.
            let last = match state.load_activity() {
                Activity::Receiving | Activity::Answering | Activity::Sending => None,
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

/// Waits until the connection must close to free its slot. A request that arrives first keeps the connection open.
async fn wait_for_close(entry: &Entry) {
    loop {
        entry.close.notified().await;
        if entry.state.load_activity() == Activity::Closing {
            return;
        }
    }
}

/// The activity of a connection, which decides when it may be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub(super) enum Activity {
    /// The client has not sent anything yet.
    #[default]
    Silent,
    /// The connection is idle and waits for the next request.
    Waiting,
    /// The headers of a request are being received.
    Reading,
    /// The body of a request is being received.
    Receiving,
    /// The application is producing the response.
    Answering,
    /// The response is complete, and the client has not read all of it.
    Sending,
    /// The connection is closing to free its slot for another one.
    Closing,
}

impl Activity {
    const ALL: [Self; 7] = [
        Self::Silent,
        Self::Waiting,
        Self::Reading,
        Self::Receiving,
        Self::Answering,
        Self::Sending,
        Self::Closing,
    ];
}

/// The shared state of a connection, set by the code that reads, answers and writes.
#[derive(Debug, Default)]
pub(super) struct State {
    activity: AtomicU8,
    sized: AtomicBool,
}

impl State {
    pub(super) fn load_activity(&self) -> Activity {
        Activity::ALL[usize::from(self.activity.load(Ordering::Relaxed))]
    }

    pub(super) fn set_activity(&self, doing: Activity) {
        self.activity.store(doing as u8, Ordering::Relaxed);
    }

    /// Changes the activity from `now` to `then`. Returns `false`, without a change, if it is not `now`.
    pub(super) fn replace_activity(&self, now: Activity, then: Activity) -> bool {
        self.activity
            .compare_exchange(now as u8, then as u8, Ordering::Relaxed, Ordering::Relaxed)
            .is_ok()
    }

    /// Returns `true` if the length of the response is known, so that the response ends after that many bytes.
    fn is_sized(&self) -> bool {
        self.sized.load(Ordering::Relaxed)
    }

    fn set_sized(&self, sized: bool) {
        self.sized.store(sized, Ordering::Relaxed);
    }
}

/// A request body that records in the state when all of it was received.
struct ReceivedBody {
    body: BoxBody<Bytes, io::Error>,
    state: Arc<State>,
}

impl Body for ReceivedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() || self.body.is_end_stream() {
            self.state
                .replace_activity(Activity::Receiving, Activity::Answering);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Sets the activity to [`Doing::Sending`] when it is dropped, at the end of the response body.
#[derive(Debug)]
struct SendingGuard(Arc<State>);

impl Drop for SendingGuard {
    fn drop(&mut self) {
        self.0.set_activity(Activity::Sending);
    }
}

/// A response body that keeps the [`Answered`] guard until the body is dropped.
struct GuardedBody<B> {
    body: B,
    _answered: SendingGuard,
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

/// A TCP stream that fails if the client sends the headers of a request, or reads a response, too slowly.
struct TimedStream {
    stream: TcpStream,
    state: Arc<State>,
    head_time: Duration,
    stalled_time: Duration,
    taken_rate: u32,
    head_deadline: Option<Pin<Box<Sleep>>>,
    stall: Option<Stall>,
}

/// The progress of a client that reads a response more slowly than it is produced.
struct Stall {
    since: Instant,
    progress: Instant,
    taken: u64,
    rate: u64,
    time: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Stall {
    fn new(time: Duration, rate: u32) -> Self {
        let now = Instant::now();
        Self {
            since: now,
            progress: now,
            taken: 0,
            rate: u64::from(rate.max(1)),
            time,
            sleep: Box::pin(sleep(time)),
        }
    }

    /// Records that the client read `bytes` more, which extends its deadline.
    fn record_read(&mut self, bytes: usize) {
        self.taken += bytes as u64;
        self.progress = Instant::now();
        let earned = Duration::from_millis(self.taken.saturating_mul(1000) / self.rate);
        let deadline = (self.progress + self.time).min(self.since + self.time + earned);
        self.sleep.as_mut().reset(deadline);
    }
}

impl TimedStream {
    fn new(stream: TcpStream, state: Arc<State>, server: &Server) -> Self {
        Self {
            stream,
            state,
            head_time: server.limits.head_time,
            stalled_time: server.limits.stalled_time,
            taken_rate: server.limits.taken_rate,
            head_deadline: None,
            stall: None,
        }
    }

    /// Fails a write that has been pending for too long. A client that reads nothing, or almost nothing, would otherwise hold its response in memory,
    /// and an event stream its place, forever.
    fn watch_write(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match (&written, &mut self.stall) {
            (Poll::Ready(Ok(bytes)), Some(stall)) => stall.record_read(*bytes),
            (Poll::Ready(_), _) => {}
            (Poll::Pending, _) => {
                let (time, rate) = (self.stalled_time, self.taken_rate);
                let stall = self.stall.get_or_insert_with(|| Stall::new(time, rate));
                ready!(stall.sleep.as_mut().poll(context));
                return Poll::Ready(Err(timed_out("the client reads the response too slowly")));
            }
        }
        written
    }

    /// Records that the client has read everything that was written.
    fn record_flushed(&mut self) {
        let ended = self
            .state
            .replace_activity(Activity::Sending, Activity::Waiting);
        // An event stream is flushed after each event, so only a response of known length keeps its measurement.
        if ended || !self.state.is_sized() {
            self.stall = None;
        }
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
        let doing = this.state.load_activity();
        if buffer.filled().len() > before && matches!(doing, Activity::Silent | Activity::Waiting) {
            this.state.set_activity(Activity::Reading);
            let deadline = Instant::now() + this.head_time;
            match &mut this.head_deadline {
                Some(sleep) => sleep.as_mut().reset(deadline),
                None => this.head_deadline = Some(Box::pin(tokio::time::sleep_until(deadline))),
            }
            return read;
        }
        // A client that sends single bytes is `Ready` each time, so the deadline is checked after every read.
        if doing == Activity::Reading
            && let Some(deadline) = &mut this.head_deadline
            && deadline.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(Err(timed_out("the request headers arrived too slowly")));
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
        let this = self.get_mut();
        ready!(Pin::new(&mut this.stream).poll_flush(context))?;
        this.record_flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
