//! Settings of the mail server. Without `SMTP_HOST`, the service sends no mail.

use lettre::message::Mailbox;

use super::reader::Reader;
use crate::http::middleware::Origin;
use crate::mail::{Mailer, Security, Server};

/// Variables that require `SMTP_HOST`; setting any of them without it is a problem.
const PARTS: [&str; 5] = [
    "SMTP_PORT",
    "SMTP_TLS",
    "SMTP_USERNAME",
    "SMTP_PASSWORD",
    "MAIL_FROM",
];

impl std::str::FromStr for Security {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "tls" => Ok(Self::Tls),
            "starttls" => Ok(Self::StartTls),
            "off" => Ok(Self::Off),
            _ => Err(()),
        }
    }
}

/// Reads the settings of outgoing mail and returns a mailer whose links lead to `page`. Returns `None` without `SMTP_HOST`, and after reporting a
/// problem.
pub(super) fn read_mailer(from: &mut Reader<'_>, page: Option<&Origin>) -> Option<Mailer> {
    let security: Security = from.parse_value("SMTP_TLS", "starttls, tls or off", "starttls");
    let usual = match security {
        Security::Tls => "465",
        Security::StartTls => "587",
        Security::Off => "25",
    };
    let port = from.parse_value("SMTP_PORT", "a port from 1 to 65535", usual);
    let sender: Option<Mailbox> = from.parse_optional(
        "MAIL_FROM",
        "an email address, such as notes@example.com or Notes <notes@example.com>",
    );
    let credentials = read_credentials(from);
    let Some(host) = from.find_value("SMTP_HOST") else {
        if let Some(part) = PARTS.iter().find(|part| from.find_value(part).is_some()) {
            let message = format!("is missing, but {part} is set");
            from.report_problem(
                "SMTP_HOST",
                message,
                "set SMTP_HOST to the host name of a mail server, or remove the other variables for mail",
            );
        }
        return None;
    };
    for (name, missing) in [
        ("MAIL_FROM", from.find_value("MAIL_FROM").is_none()),
        ("PUBLIC_URL", page.is_none()),
    ] {
        if missing && from.find_value(name).is_none() {
            from.report_problem(name, "is missing", "required for mail with SMTP_HOST");
        }
    }
    let local = matches!(host, "localhost" | "127.0.0.1" | "::1");
    if security == Security::Off && credentials.is_some() && !local {
        from.report_value(
            "SMTP_TLS",
            "off",
            "starttls or tls, so that the password is not sent unencrypted",
        );
        return None;
    }
    let server = Server {
        host: host.to_owned(),
        port,
        security,
        credentials,
    };
    let mailer = Mailer::new(&server, sender?, page?.clone()).ok();
    if mailer.is_none() {
        from.report_value(
            "SMTP_HOST",
            host,
            "the host name of a mail server, such as smtp.example.com",
        );
    }
    mailer
}

fn read_credentials(from: &mut Reader<'_>) -> Option<(String, secrecy::SecretString)> {
    match (
        from.find_value("SMTP_USERNAME"),
        from.find_value("SMTP_PASSWORD"),
    ) {
        (Some(user), Some(password)) => Some((user.to_owned(), password.to_owned().into())),
        (None, None) => None,
        (Some(_), None) => {
            from.report_problem(
                "SMTP_PASSWORD",
                "is missing",
                "set both SMTP_USERNAME and SMTP_PASSWORD, or neither",
            );
            None
        }
        (None, Some(_)) => {
            from.report_problem(
                "SMTP_USERNAME",
                "is missing",
                "set both SMTP_USERNAME and SMTP_PASSWORD, or neither",
            );
            None
        }
    }
}
