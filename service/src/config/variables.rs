//! Table of all environment variables, from which the documentation is generated and misspelled names are recognized.

use std::fmt::Write as _;

/// An environment variable that configures the service.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// Name of the variable, such as `PORT`.
    pub name: &'static str,
    /// Value that applies if the variable is not set, as text for the documentation. Empty without a default.
    pub default: &'static str,
    /// Meaning and allowed values, as Markdown for the documentation.
    pub meaning: &'static str,
    /// True if the value is a secret, which problems never show.
    pub is_secret: bool,
}

const fn plain_variable(
    name: &'static str,
    default: &'static str,
    meaning: &'static str,
) -> Variable {
    Variable {
        name,
        default,
        meaning,
        is_secret: false,
    }
}

const fn secret_variable(
    name: &'static str,
    default: &'static str,
    meaning: &'static str,
) -> Variable {
    Variable {
        name,
        default,
        meaning,
        is_secret: true,
    }
}

/// All environment variables of the service, in the order of the documentation. "Deployed" means that the database is on another machine.
pub const VARIABLES: &[Variable] = &[
    plain_variable(
        "HOST",
        "127.0.0.1; deployed: 0.0.0.0",
        "IP address to listen on",
    ),
    plain_variable("PORT", "8080", "port to listen on"),
    plain_variable("METRICS_PORT", "9090", "port for `/metrics`, or `off`"),
    plain_variable(
        "LOG_LEVEL",
        "info",
        "log level: `off`, `error`, `warn`, `info`, `debug` or `trace`; with levels for modules after commas, such as `info,sqlx=debug`",
    ),
    secret_variable(
        "DATABASE_URL",
        "`sqlite:data/notes.db`",
        "URL of the database: `postgres://user:password@host:5432/name` or `sqlite:path`",
    ),
    plain_variable(
        "DB_HOST",
        "",
        "host of the PostgreSQL server; replaces `DATABASE_URL`",
    ),
    plain_variable("DB_PORT", "5432", "port of the PostgreSQL server"),
    plain_variable("DB_NAME", "", "name of the database"),
    plain_variable("DB_USERNAME", "", "user of the database"),
    secret_variable(
        "DB_PASSWORD",
        "",
        "password of the user; special characters need no encoding",
    ),
    plain_variable(
        "DB_TLS",
        "`verify-full`; on this machine: `disable`",
        "TLS mode: `verify-full`, `require` or `disable`",
    ),
    plain_variable(
        "DB_TLS_CA",
        "",
        "PEM file with the certificates of certificate authorities, such as Amazon's bundle for RDS",
    ),
    plain_variable(
        "DB_POOL",
        "10",
        "maximum number of connections to the database server for each process",
    ),
    plain_variable(
        "TRUSTED_HOPS",
        "0",
        "number of trusted proxies that append to `X-Forwarded-For`; CloudFront and a load balancer count as 2",
    ),
    plain_variable(
        "ALLOWED_ORIGINS",
        "",
        "origins of other sites whose pages may use the API in a browser, separated by commas",
    ),
    plain_variable(
        "SECURE_COOKIES",
        "`false`; deployed: `true`",
        "whether clients connect through TLS: cookies then have the attribute `Secure` and the prefix `__Host-`, and responses have the header `Strict-Transport-Security`",
    ),
    plain_variable(
        "DOCS",
        "`true`; deployed: `false`",
        "whether `/docs` serves the documentation of the API",
    ),
    plain_variable(
        "SITE_DIR",
        "",
        "folder of the built web app, `web/dist`, if the service serves it; in production CloudFront serves it",
    ),
    plain_variable(
        "REQUEST_SECONDS",
        "30",
        "time limit of one request, in seconds",
    ),
    plain_variable(
        "REQUESTS_AT_ONCE",
        "512",
        "maximum number of concurrent requests; further requests get status 503, or 429 if one caller exceeds its share",
    ),
    plain_variable(
        "USER_RATE",
        "500/10",
        "rate limit for each user: number of requests, and the seconds in which they are replenished; or `off`",
    ),
    plain_variable(
        "NETWORK_RATE",
        "2000/10",
        "rate limit for each network, which is an IPv4 address or a /64 prefix of IPv6 addresses; or `off`",
    ),
    plain_variable(
        "CONNECTIONS",
        "4096",
        "maximum number of client connections; a new connection above the limit closes an idle one. Without a proxy, one client gets at most an eighth of them",
    ),
    plain_variable(
        "EVENT_STREAMS",
        "1000",
        "maximum number of concurrent event streams; further ones get status 503",
    ),
    plain_variable(
        "DRAIN_SECONDS",
        "0; deployed: 15",
        "seconds after SIGTERM in which new requests are accepted while `/readyz` reports that the service is not ready",
    ),
    plain_variable(
        "FINISH_SECONDS",
        "20",
        "seconds after the drain time in which running requests can finish",
    ),
    plain_variable(
        "NOTES_PER_USER",
        "10000",
        "maximum number of notes for each account, including those in the trash",
    ),
    plain_variable(
        "NOTES_PER_GUEST",
        "200",
        "maximum number of notes for each guest",
    ),
    plain_variable(
        "LABELS_PER_USER",
        "200",
        "maximum number of labels for each account",
    ),
    plain_variable(
        "FILES_DIR",
        "with SQLite, `files` in the folder of its file; otherwise `off`",
        "folder for attachments, which all processes must share; or `off`",
    ),
    plain_variable(
        "FILES_BUCKET",
        "",
        "S3 bucket for attachments; replaces `FILES_DIR`. Requires `AWS_REGION`, and uses the standard credential chain of the AWS SDKs",
    ),
    plain_variable("AWS_REGION", "", "region of the bucket"),
    plain_variable(
        "FILES_ENDPOINT",
        "",
        "URL of another S3-compatible service, such as `http://127.0.0.1:9000`; it is used with path-style addresses",
    ),
    plain_variable(
        "FILES_PATH",
        "",
        "path of the site at which a content delivery network serves the bucket, such as `/files/`: downloads are redirected there, and object keys begin with it",
    ),
    plain_variable(
        "FILES_REDIRECT",
        "true",
        "whether downloads from the bucket are redirected to a presigned URL that is valid for one minute, instead of being proxied by the service",
    ),
    plain_variable(
        "FILE_BYTES",
        "104857600",
        "maximum size of one attachment in bytes, at most 1 GiB",
    ),
    plain_variable(
        "FILES_PER_USER_BYTES",
        "1073741824",
        "maximum size in bytes of all attachments of an account, including those of notes in the trash",
    ),
    plain_variable(
        "FILES_PER_GUEST_BYTES",
        "20971520",
        "maximum size in bytes of all attachments of a guest",
    ),
    plain_variable(
        "GUESTS",
        "200",
        "maximum number of guests at one time, for all processes together; 0 disables guests",
    ),
    plain_variable(
        "REGISTRATION",
        "open",
        "who can register: `open` (everyone), `invite` (people with an invite from `notes user invite`) or `closed` (only `notes user create` creates accounts)",
    ),
    plain_variable(
        "PUBLIC_URL",
        "",
        "origin of the web app, such as `https://notes.example.com`: used for links in mails and invites, and for passkeys, which are bound to its host",
    ),
    secret_variable(
        "SECRET_KEY",
        "",
        "keys that encrypt the secrets of second factors in the database, separated by commas: at least 32 characters each, such as the output of `openssl rand -base64 32`. The first key encrypts, all keys decrypt",
    ),
    plain_variable(
        "SMTP_HOST",
        "",
        "host of the mail server; without it, the service sends no mail, and only operators can reset passwords. Requires `MAIL_FROM` and `PUBLIC_URL`",
    ),
    plain_variable(
        "SMTP_PORT",
        "587; with `tls` 465, with `off` 25",
        "port of the mail server",
    ),
    plain_variable(
        "SMTP_TLS",
        "`starttls`",
        "TLS mode: `starttls`, `tls` (TLS from the beginning of the connection), or `off` for a server on this machine",
    ),
    secret_variable("SMTP_USERNAME", "", "user for the mail server"),
    secret_variable("SMTP_PASSWORD", "", "password of the user"),
    plain_variable(
        "MAIL_FROM",
        "",
        "sender of mails, such as `Notes <notes@example.com>`",
    ),
    plain_variable(
        "OUTBOUND_ALLOWED",
        "",
        "networks that are not public but that webhooks and push messages may connect to, such as `10.1.0.0/16`, separated by commas; for private installations",
    ),
    plain_variable(
        "OUTBOUND_CA",
        "",
        "PEM file with certificate authorities that requests to URLs of users trust in addition to those of browsers",
    ),
    plain_variable(
        "OUTBOUND_HTTP",
        "`false`",
        "whether requests to URLs of users are allowed without TLS; for development",
    ),
    plain_variable(
        "PUSH",
        "`true` with `PUBLIC_URL`, else `false`",
        "whether reminders are sent to browsers by the push services of their vendors",
    ),
    plain_variable(
        "OIDC_ISSUER",
        "",
        "issuer identifier of the OpenID Connect provider with which people can sign in. Requires `OIDC_CLIENT_ID` and `PUBLIC_URL`; register `PUBLIC_URL/api/auth/oidc/callback` as a redirect URI at the provider",
    ),
    plain_variable(
        "OIDC_CLIENT_ID",
        "",
        "client ID of this service at the provider",
    ),
    secret_variable(
        "OIDC_CLIENT_SECRET",
        "",
        "client secret of this service at the provider; not set for a public client",
    ),
    plain_variable(
        "OIDC_NAME",
        "single sign-on",
        "display name of the provider, for the sign-in button",
    ),
    plain_variable(
        "OIDC_SCOPES",
        "openid email profile",
        "scopes to request from the provider, separated by spaces",
    ),
    plain_variable(
        "OIDC_REGISTRATION",
        "as-usual",
        "whether people who sign in with the provider for the first time get an account: `as-usual` (as `REGISTRATION` says), `open` (always) or `closed` (never)",
    ),
    plain_variable(
        "OIDC_SECOND_FACTOR",
        "provider",
        "who requires a second factor after a sign-in with the provider: only the `provider`, or the `account` too",
    ),
    plain_variable(
        "OIDC_EMAIL_DOMAINS",
        "",
        "email domains, separated by commas: only people with a verified address in one of them can sign in with the provider",
    ),
    plain_variable(
        "OIDC_TLS_CA",
        "",
        "PEM file with certificate authorities that are trusted for the provider in addition to the default ones",
    ),
    plain_variable(
        "TRASH_DAYS",
        "30",
        "days after which notes in the trash are deleted permanently",
    ),
    plain_variable(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "",
        "URL of the collector for traces, such as `http://127.0.0.1:4318`; without it, traces are not exported",
    ),
];

/// Returns the table of all variables as Markdown for the documentation.
pub fn render_markdown() -> String {
    let mut text = String::from("| variable | default | meaning |\n|---|---|---|\n");
    for Variable {
        name,
        default,
        meaning,
        ..
    } in VARIABLES
    {
        let default = if default.is_empty() { "–" } else { default };
        let _ = writeln!(text, "| `{name}` | {default} | {meaning} |");
    }
    text
}
