//! Receives request bodies completely before a request takes a place in the budget, so that slow clients do not delay others. Large bodies of imports
//! and attachments are stored in temporary files.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt as _;
use http_body_util::combinators::BoxBody;
use hyper::body::{Body as _, Bytes};
use poem::http::{HeaderValue, Method, header};
use poem::{Endpoint, IntoResponse as _, Request, Response, Result};
use tempfile::SpooledTempFile;
use tokio::time::{Instant, timeout_at};

use super::find_client_network;
use crate::budget::{Budget, Full, Hold, Requester};
use crate::error::{Code, Error};
use crate::http::caller;
use crate::http::payload::ReceivedFile;
use crate::http::problem::Problem;

/// Path below which larger bodies are allowed.
const IMPORTS: &str = "/api/import";

/// Bytes of a file that are kept in memory; larger files are moved to the folder for temporary files.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// Bytes of a refused body that are read and discarded. A client whose connection closes while it is sending does not read the response, and a load
/// balancer would answer 502 instead.
const DISCARDED: u64 = 16 * 1024 * 1024;

/// Minimum speed at which a request body must arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Time that every body may take, and the longest pause within a body; 10 seconds by default.
    pub grace: Duration,
    /// Bytes per second that extend the time, never to more than `grace` from now, so that a burst does not allow a longer pause; 16 KiB by default.
    pub rate: u32,
}

impl Default for Pace {
    /// Returns the speed of a modem, below which a browser could not even load the page.
    fn default() -> Self {
        Self {
            grace: Duration::from_secs(10),
            rate: 16 * 1024,
        }
    }
}

impl Pace {
    /// Returns the deadline of the next part, after a part with this number of bytes arrived before `deadline`.
    fn extend_deadline(self, deadline: Instant, now: Instant, bytes: u64) -> Instant {
        let millis = bytes.saturating_mul(1000) / u64::from(self.rate.max(1));
        (deadline + Duration::from_millis(millis)).min(now + self.grace)
    }
}

/// Middleware that receives bodies up to the limit of their route, and refuses bodies that are too large or too slow, or exceed the budget.
pub(super) struct Intake<E> {
    pub(super) inner: E,
    pub(super) budget: Arc<Budget>,
    pub(super) trusted_hops: u8,
    pub(super) pace: Pace,
    pub(super) bytes: u64,
    pub(super) import_bytes: u64,
    pub(super) file_bytes: u64,
}

impl<E: Endpoint<Output = Response>> Endpoint for Intake<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let body: BoxBody<Bytes, io::Error> = request.take_body().into();
        // The share of the budget is returned when the request is answered.
        let _hold = if body.is_end_stream() {
            None
        } else {
            // Boxed: most requests have no body, but the future of each one would reserve space for receiving one.
            match Box::pin(self.receive_body(&request, body)).await {
                Ok((Received::Bytes(data), hold)) => {
                    request.set_body(data);
                    Some(hold)
                }
                Ok((Received::File(file), hold)) => {
                    request.set_data(ReceivedFile::new(file));
                    Some(hold)
                }
                Err(BodyRejection::TooLarge { limit }) => return Err(too_large(limit).into()),
                Err(refused) => return Ok(close_with_error(self.to_error(refused))),
            }
        };
        self.inner.call(request).await
    }
}

impl<E> Intake<E> {
    async fn receive_body(
        &self,
        request: &Request,
        body: BoxBody<Bytes, io::Error>,
    ) -> Result<(Received, Hold), BodyRejection> {
        let path = request.uri().path();
        let rest = path.strip_prefix(IMPORTS);
        let is_import = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let is_attachment = is_attachment(request.method(), path);
        let limit = if is_import {
            self.import_bytes
        } else if is_attachment {
            self.file_bytes
        } else {
            self.bytes
        };
        // Clients that send `Expect` wait for an answer before the body; others are sending already.
        if body.size_hint().lower() > limit && request.headers().contains_key(header::EXPECT) {
            return Err(BodyRejection::TooLarge { limit });
        }
        let who = Requester::from_network(find_client_network(request, self.trusted_hops));
        let mut receiving = Receiving {
            body,
            pace: self.pace,
            deadline: Instant::now() + self.pace.grace,
            limit,
            hold: self.budget.bodies.empty_hold(who),
            received: if is_import || is_attachment {
                Received::File(SpooledTempFile::new(IN_MEMORY))
            } else {
                Received::Bytes(Vec::new())
            },
            on_disk: Some(self.budget.files.empty_hold(who)),
        };
        // Bodies that may fill a disk are received only from callers who may send them.
        if (is_import || is_attachment)
            && let Err(error) = caller::admit_request(request).await
        {
            let refused = BodyRejection::NotAdmitted(error);
            if request.headers().contains_key(header::EXPECT) {
                return Err(refused);
            }
            receiving.limit = 0;
            return Err(receiving.discard_rest(0, refused).await);
        }
        receiving.receive_all().await
    }

    fn to_error(&self, refused: BodyRejection) -> Error {
        match refused {
            BodyRejection::TooLarge { limit } => too_large(limit),
            BodyRejection::NotAdmitted(error) => error,
            BodyRejection::Full(full) => full.into_error("bytes of request bodies"),
            BodyRejection::NoRoom(error) => Error::unavailable(error)
                .detail("there is not enough disk space to store the request body temporarily"),
            BodyRejection::TooSlow => Error::new(Code::BodyTooSlow).detail(format!(
                "a request body must arrive with at least {} bytes per second after the first {} s",
                self.pace.rate,
                self.pace.grace.as_secs_f64()
            )),
            // The client disconnected, or sent a malformed body.
            BodyRejection::Broken(error) => Error::new(Code::MalformedRequest)
                .detail(format!("the request body cannot be read: {error}")),
        }
    }
}

/// Returns `true` if the body of a request is an attachment or a piece of one.
fn is_attachment(method: &Method, path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    let parts = [(); 5].map(|()| parts.next());
    match parts {
        [
            Some("api"),
            Some("notes"),
            Some(_),
            Some("attachments"),
            None,
        ] => method == Method::POST,
        [Some("api"), Some("uploads"), Some(_), None, None] => method == Method::PATCH,
        _ => false,
    }
}

/// Builds a response after which the connection closes, because the rest of the body was not read.
fn close_with_error(error: Error) -> Response {
    let mut response = Problem::from(error).into_response();
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

fn too_large(limit: u64) -> Error {
    Error::new(Code::PayloadTooLarge)
        .detail(format!("the request body can have at most {limit} bytes"))
}

/// Reason to refuse a body.
#[derive(Debug)]
enum BodyRejection {
    TooLarge { limit: u64 },
    NotAdmitted(Error),
    TooSlow,
    Full(Full),
    NoRoom(io::Error),
    Broken(io::Error),
}

/// Part of a body that was received, in memory or in a file.
#[derive(Debug)]
enum Received {
    Bytes(Vec<u8>),
    File(SpooledTempFile),
}

impl Received {
    /// Appends a part of a body for which this number of bytes is announced.
    fn append_part(&mut self, part: &[u8], announced: usize) -> io::Result<()> {
        match self {
            Self::Bytes(bytes) => {
                reserve_capacity(bytes, part.len(), announced);
                bytes.extend_from_slice(part);
                Ok(())
            }
            // The operating system writes it to the disk later; a blocking thread for each part would cost more.
            Self::File(file) => file.write_all(part),
        }
    }
}

/// State of a body that is being received.
struct Receiving {
    body: BoxBody<Bytes, io::Error>,
    pace: Pace,
    /// Time at which the next part must have arrived.
    deadline: Instant,
    limit: u64,
    received: Received,
    /// Share of the budget that the received bytes take: at first of memory, of the disk once the file is on it.
    hold: Hold,
    /// Share of the disk for a file that outgrows memory; none once it replaced `hold`.
    on_disk: Option<Hold>,
}

impl Receiving {
    /// Receives the whole body, and returns it with its share of the budget.
    async fn receive_all(mut self) -> Result<(Received, Hold), BodyRejection> {
        let mut received = 0;
        while let Some(part) = self.next().await? {
            let taken = self.store_part(received, &part);
            received += part.len() as u64;
            if let Err(refused) = taken {
                return Err(self.discard_rest(received, refused).await);
            }
        }
        Ok((self.received, self.hold))
    }

    /// Stores a part that follows `before` bytes.
    fn store_part(&mut self, before: u64, part: &[u8]) -> Result<(), BodyRejection> {
        let bytes = part.len() as u64;
        if before + bytes > self.limit {
            return Err(BodyRejection::TooLarge { limit: self.limit });
        }
        self.hold.grow_by(bytes).map_err(BodyRejection::Full)?;
        let announced =
            usize::try_from(before + bytes + self.body.size_hint().lower()).unwrap_or(usize::MAX);
        self.received
            .append_part(part, announced)
            .map_err(BodyRejection::NoRoom)?;
        if let Received::File(file) = &self.received
            && file.is_rolled()
            && let Some(mut on_disk) = self.on_disk.take()
        {
            // The file is on the disk now, and counts against the budget of the disk.
            on_disk
                .grow_by(before + bytes)
                .map_err(BodyRejection::Full)?;
            self.hold = on_disk;
        }
        Ok(())
    }

    /// Returns the next part, or none at the end of the body; fails if the part is late.
    async fn next(&mut self) -> Result<Option<Bytes>, BodyRejection> {
        loop {
            let frame = timeout_at(self.deadline, self.body.frame())
                .await
                .map_err(|_| BodyRejection::TooSlow)?;
            match frame.transpose().map_err(BodyRejection::Broken)? {
                None => return Ok(None),
                Some(frame) => {
                    if let Ok(data) = frame.into_data() {
                        let (now, bytes) = (Instant::now(), data.len() as u64);
                        self.deadline = self.pace.extend_deadline(self.deadline, now, bytes);
                        return Ok(Some(data));
                    }
                    // Trailers are ignored.
                }
            }
        }
    }

    /// Discards the received part, then reads the rest for at most [`Pace::grace`] and [`DISCARDED`] bytes above the limit, and returns the reason.
    async fn discard_rest(&mut self, received: u64, refused: BodyRejection) -> BodyRejection {
        self.received = Received::Bytes(Vec::new());
        self.on_disk = None;
        self.hold.give_back();
        let end = self.limit.saturating_add(DISCARDED);
        let until = Instant::now() + self.pace.grace;
        let rest = async {
            let mut received = received;
            while received < end
                && let Ok(Some(part)) = self.next().await
            {
                received += part.len() as u64;
            }
        };
        // The answer is the same if the time is up.
        let _ = timeout_at(until, rest).await;
        refused
    }
}

/// Grows the buffer by doubling, as vectors do, but never beyond the announced length. Reserving the announced length at once would cost memory
/// before the bytes arrive, and doubling alone could leave half of it unused.
fn reserve_capacity(data: &mut Vec<u8>, more: usize, announced: usize) {
    let needed = data.len() + more;
    if needed > data.capacity() {
        let doubled = data.capacity().saturating_mul(2);
        let wanted = doubled.min(announced).max(needed);
        data.reserve_exact(wanted - data.len());
    }
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;

    use super::*;

    #[test]
    fn allocates_no_more_than_announced() {
        let mut data = Vec::new();
        let mut most = 0;
        for _ in 0..100 {
            reserve_capacity(&mut data, 1000, 100_000);
            data.extend_from_slice(&[0; 1000]);
            most = most.max(data.capacity());
        }
        assert!((100_000..101_000).contains(&most), "{most}");
        // More than was announced, and a length that was not announced.
        reserve_capacity(&mut data, 1000, 0);
        assert!(data.capacity() >= 101_000);
    }

    #[tokio::test]
    async fn frees_rejected_body_before_reading_rest() {
        let budget = Budget::new(&crate::budget::Limits::default());
        let who = Requester::from_network(std::net::Ipv4Addr::LOCALHOST.into());
        let part = Ok::<_, io::Error>(Bytes::from(vec![b'x'; 11]));
        let endless = futures_util::stream::iter([part]).chain(futures_util::stream::pending());
        let body: BoxBody<Bytes, io::Error> = poem::Body::from_bytes_stream(endless).into();
        let grace = Duration::from_millis(50);
        let pace = Pace { grace, rate: 1 };
        let mut receiving = Receiving {
            body,
            pace,
            deadline: Instant::now() + grace,
            limit: 10,
            received: Received::Bytes(vec![b'x'; 10]),
            hold: budget.bodies.take_amount(who, 10).unwrap(),
            on_disk: None,
        };
        let discarding = receiving.discard_rest(10, BodyRejection::TooLarge { limit: 10 });
        let mut discarding = Box::pin(discarding);
        assert!(futures_util::poll!(&mut discarding).is_pending());
        assert_eq!(budget.bodies.taken_amount(), 0);
        let refused = discarding.await;
        assert!(matches!(refused, BodyRejection::TooLarge { limit: 10 }));
        assert!(matches!(&receiving.received, Received::Bytes(bytes) if bytes.capacity() == 0));
    }

    #[test]
    fn allows_large_bodies_for_files_only() {
        for (method, path, is) in [
            (Method::POST, "/api/notes/1/attachments", true),
            (Method::GET, "/api/notes/1/attachments", false),
            (Method::POST, "/api/notes/1/attachments/2", false),
            (Method::PATCH, "/api/uploads/1", true),
            (Method::PATCH, "/api/notes/1", false),
            (Method::PATCH, "/api/uploads/1/2", false),
            (Method::POST, "/api/notes", false),
        ] {
            assert_eq!(is_attachment(&method, path), is, "{method} {path}");
        }
    }

    #[test]
    fn extends_deadline_by_received_bytes_up_to_grace() {
        let pace = Pace::default();
        let start = Instant::now();
        let first = start + pace.grace;
        let now = start + Duration::from_secs(5);
        let seconds = |bytes| (pace.extend_deadline(first, now, bytes) - start).as_secs();
        assert_eq!(seconds(0), 10);
        assert_eq!(seconds(16 * 1024), 11);
        assert_eq!(seconds(1024 * 1024 * 1024), 15);
        let never = Pace { rate: 0, ..pace };
        assert_eq!(
            never.extend_deadline(first, now, 3) - start,
            Duration::from_secs(13)
        );
    }
}
