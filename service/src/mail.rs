//! Sends the mails of the service over SMTP. The [`Mailer`] retries a mail that the server refuses temporarily; a mail that cannot be sent is logged
//! and not stored, so the user has to request it again.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
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

/// Maximum number of mails waiting for the server at once. Further mails are dropped, because a server that is down would otherwise fill the memory.
const MAX_WAITING: usize = 100;
/// Timeout for the connection and for each response of the server.
const SERVER_TIMEOUT: Duration = Duration::from_secs(10);
/// Pauses before the second and the third attempt to send a mail that the server refused temporarily.
const PAUSES: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(30)];

/// Encryption of the connection to the mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Implicit TLS, from the first byte.
    Tls,
    /// TLS through the `STARTTLS` command; nothing is sent if the server does not support it.
    StartTls,
    /// No encryption, for a server on the same machine.
    Off,
}

/// The SMTP server that mails are submitted to.
#[derive(Debug, Clone)]
pub struct Server {
    /// Host name of the server, which its certificate must match.
    pub host: String,
    /// TCP port of the server.
    pub port: u16,
    /// Encryption of the connection to the server.
    pub security: Security,
    /// Username and password for SMTP authentication; `None` for a server that requires none.
    pub credentials: Option<(String, SecretString)>,
}

/// Sends mails through one SMTP server; clones share the limit of waiting mails.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    page: Origin,
    places: Arc<Semaphore>,
}

/// One mail in plain text, without its sender.
#[derive(Debug)]
pub struct OutgoingMail {
    /// Email address of the recipient. A mail to an invalid address is not sent.
    pub to: String,
    /// Subject, a single line.
    pub subject: Cow<'static, str>,
    /// Body of the mail, in plain text.
    pub text: String,
    /// URL that unsubscribes the recipient when a mail client posts to it (one-click unsubscribe, RFC 8058).
    pub unsubscribe: Option<String>,
}

/// The outcome of one attempt to send a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendOutcome {
    /// The server accepted the mail.
    Accepted,
    /// The server refused the mail permanently, or its address is not valid.
    Rejected,
    /// The server did not respond, or refused the mail temporarily; a later attempt may succeed.
    Deferred,
}

impl Mailer {
    /// Creates a mailer for this server. Mails are sent from the address `from` and link to `page`. Does not connect yet.
    ///
    /// # Errors
    ///
    /// Fails if TLS cannot be set up for the host of the server.
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
            .timeout(Some(SERVER_TIMEOUT))
            .hello_name(ClientId::Domain(page.host().to_owned()));
        if let Some((user, password)) = &server.credentials {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from,
            page,
            places: Arc::new(Semaphore::new(MAX_WAITING)),
        })
    }

    /// Returns the origin of the web page that links in mails lead to.
    pub fn page(&self) -> &Origin {
        &self.page
    }

    /// Connects to the server and signs in, without sending a mail.
    pub async fn check_connection(&self) -> Result<(), smtp::Error> {
        self.transport.test_connection().await.map(drop)
    }

    /// Sends the mail that `letter` produces, in the background. Callers cannot observe how long that takes or whether there is a mail at all, so
    /// responses do not reveal whether an address has an account.
    pub fn send_later<F>(&self, letter: F)
    where
        F: Future<Output = Option<OutgoingMail>> + Send + 'static,
    {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            count_outcome("dropped");
            tracing::warn!("a mail was dropped: the queue for the mail server is full");
            return;
        };
        let mailer = self.clone();
        tokio::spawn(async move {
            let _place = place;
            if let Some(letter) = letter.await {
                mailer.send_with_retries(letter).await;
            }
        });
    }

    /// Sends a mail in a single attempt and waits for the response of the server.
    pub async fn send_once(&self, letter: OutgoingMail) -> SendOutcome {
        let Some(message) = self.build_message(letter) else {
            return SendOutcome::Rejected;
        };
        match self.transport.send(message).await {
            Ok(_) => SendOutcome::Accepted,
            Err(error) => {
                // The text of the server may contain the address, so it is not logged.
                let status = error.status().map(|status| status.to_string());
                tracing::info!(status, kind = error_kind(&error), "a mail was not sent");
                if error.is_permanent() {
                    SendOutcome::Rejected
                } else {
                    SendOutcome::Deferred
                }
            }
        }
    }

    async fn send_with_retries(&self, letter: OutgoingMail) {
        let Some(message) = self.build_message(letter) else {
            count_outcome("failed");
            tracing::warn!("a mail was not sent: the email address cannot be used for mail");
            return;
        };
        let mut pauses = PAUSES.iter();
        loop {
            let Err(error) = self.transport.send(message.clone()).await else {
                count_outcome("sent");
                tracing::info!("a mail was sent");
                return;
            };
            // The text of the server may contain the address, so it is not logged.
            let status = error.status().map(|status| status.to_string());
            let kind = error_kind(&error);
            let Some(pause) = pauses.next().filter(|_| !error.is_permanent()) else {
                count_outcome("failed");
                tracing::warn!(status, kind, "a mail was not sent");
                return;
            };
            tracing::info!(status, kind, "a mail was not sent and will be sent again");
            tokio::time::sleep(*pause).await;
        }
    }

    fn build_message(&self, letter: OutgoingMail) -> Option<Message> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(letter.to.parse().ok()?)
            .subject(letter.subject);
        if let Some(address) = letter.unsubscribe {
            let name = HeaderName::new_from_ascii_str("List-Unsubscribe");
            message = message.raw_header(HeaderValue::new(name, format!("<{address}>")));
            let name = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
            let value = "List-Unsubscribe=One-Click".to_owned();
            message = message.raw_header(HeaderValue::new(name, value));
        }
        message
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

/// Increments the metric of mails with this outcome.
fn count_outcome(outcome: &'static str) {
    counter!(MAILS, "outcome" => outcome).increment(1);
}

/// Returns the kind of a failure for logs. The text of the server is left out, because it may contain the address.
fn error_kind(error: &smtp::Error) -> &'static str {
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
