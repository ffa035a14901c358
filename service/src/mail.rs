//! Mail, over SMTP: a few letters that people ask for. What cannot be sent is said in the log, and asked for again.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use metrics::counter;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

use crate::http::middleware::Origin;
use crate::telemetry::metrics::MAILS;

/// Letters that wait for the server at once; more are dropped, because a server that is down would fill the memory.
const WAITING: usize = 100;
/// Longest wait for the connection and for each answer of the server.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pauses before a letter is tried again that the server did not take for now.
const PAUSES: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(30)];

/// Protection of the connection to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS after a command, without which nothing is sent.
    StartTls,
    /// Not at all: for a server on the same machine.
    Off,
}

/// A server that takes mail.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Protection of the connection.
    pub security: Security,
    /// User and password.
    pub credentials: Option<(String, SecretString)>,
}

/// Sends mail; clones share the limit.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    page: Origin,
    places: Arc<Semaphore>,
}

/// One mail.
#[derive(Debug)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// One line.
    pub subject: &'static str,
    /// The text.
    pub text: String,
}

impl Mailer {
    /// Makes a sender over this server, from this address, with links to this page; nothing connects yet.
    pub fn new(server: &Server, from: Mailbox, page: Origin) -> Result<Self, smtp::Error> {
        let parameters = || TlsParameters::new(server.host.clone());
        let tls = match server.security {
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::StartTls => Tls::Required(parameters()?),
            Security::Off => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(page.host().to_owned()));
        if let Some((user, password)) = &server.credentials {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from,
            page,
            places: Arc::new(Semaphore::new(WAITING)),
        })
    }

    /// The page that links lead to.
    pub fn page(&self) -> &Origin {
        &self.page
    }

    /// Asks the server whether it would take mail, with the credentials.
    pub async fn check(&self) -> Result<(), smtp::Error> {
        self.transport.test_connection().await.map(drop)
    }

    /// Sends what this makes, in the background: how long it takes, and whether there is a letter at all, nobody can see from outside.
    pub fn send_later<F>(&self, letter: F)
    where
        F: Future<Output = Option<Letter>> + Send + 'static,
    {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            count("dropped");
            tracing::warn!("a mail was dropped: too many wait for the mail server");
            return;
        };
        let mailer = self.clone();
        tokio::spawn(async move {
            let _place = place;
            if let Some(letter) = letter.await {
                mailer.send(letter).await;
            }
        });
    }

    async fn send(&self, letter: Letter) {
        let Some(message) = self.message(letter) else {
            count("failed");
            tracing::warn!("a mail was not sent: the address is none that mail can be sent to");
            return;
        };
        let mut pauses = PAUSES.iter();
        loop {
            let Err(error) = self.transport.send(message.clone()).await else {
                count("sent");
                tracing::info!("a mail was sent");
                return;
            };
            // What the server says may name the address.
            let status = error.status().map(|status| status.to_string());
            let kind = kind(&error);
            let Some(pause) = pauses.next().filter(|_| !error.is_permanent()) else {
                count("failed");
                tracing::warn!(status, kind, "a mail was not sent");
                return;
            };
            tracing::info!(status, kind, "a mail was not sent yet, and is tried again");
            tokio::time::sleep(*pause).await;
        }
    }

    fn message(&self, letter: Letter) -> Option<Message> {
        Message::builder()
            .from(self.from.clone())
            .to(letter.to.parse().ok()?)
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text)
            .ok()
    }
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer")
            .field("from", &self.from)
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

/// Counts a mail.
fn count(outcome: &'static str) {
    counter!(MAILS, "outcome" => outcome).increment(1);
}

/// The kind of a failure, without the words of the server.
fn kind(error: &smtp::Error) -> &'static str {
    if error.is_tls() {
        "tls"
    } else if error.is_timeout() {
        "timeout"
    } else if error.is_permanent() || error.is_transient() {
        "refused"
    } else {
        "connection"
    }
}
