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
        "address to listen on",
    ),
    plain_variable("PORT", "8080", "port to listen on"),
    plain_variable("METRICS_PORT", "9090", "port of `/metrics`, or `off`"),
    plain_variable(
        "LOG_LEVEL",
        "info",
        "`off`, `error`, `warn`, `info`, `debug` or `trace`; others for parts, as `info,sqlx=debug`",
    ),
    secret_variable(
        "DATABASE_URL",
        "`sqlite:data/notes.db`",
        "`postgres://user:password@host:5432/name` or `sqlite:path`",
    ),
    plain_variable(
        "DB_HOST",
        "",
        "host of the PostgreSQL server, in place of `DATABASE_URL`",
    ),
    plain_variable("DB_PORT", "5432", "its port"),
    plain_variable("DB_NAME", "", "the database"),
    plain_variable("DB_USERNAME", "", "its user"),
    secret_variable(
        "DB_PASSWORD",
        "",
        "the user's password, with any characters",
    ),
    plain_variable(
        "DB_TLS",
        "`verify-full`; on this machine: `disable`",
        "`verify-full`, `require` or `disable`",
    ),
    plain_variable(
        "DB_TLS_CA",
        "",
        "file with certificates of authorities; Amazon's for RDS",
    ),
    plain_variable(
        "DB_POOL",
        "10",
        "connections to the server at once, for each process",
    ),
    plain_variable(
        "TRUSTED_HOPS",
        "0",
        "proxies in front that append to `X-Forwarded-For`; CloudFront and a load balancer are 2",
    ),
    plain_variable(
        "ALLOWED_ORIGINS",
        "",
        "sites whose pages may use the API from a browser, besides its own: origins separated by commas",
    ),
    plain_variable(
        "SECURE_COOKIES",
        "`false`; deployed: `true`",
        "whether TLS is in front: cookies get `Secure` and the prefix `__Host-`, browsers are told to use TLS only",
    ),
    plain_variable(
        "DOCS",
        "`true`; deployed: `false`",
        "whether `/docs` shows the API",
    ),
    plain_variable(
        "SITE_DIR",
        "",
        "folder of the built page, `web/dist`, to serve it too; in production CloudFront does",
    ),
    plain_variable("REQUEST_SECONDS", "30", "time for one request"),
    plain_variable(
        "REQUESTS_AT_ONCE",
        "512",
        "requests that are answered at once; more are refused with 503, those of one caller beyond a share of them with 429",
    ),
    plain_variable(
        "USER_RATE",
        "500/10",
        "requests of one user, and the seconds in which they come back; or `off`",
    ),
    plain_variable(
        "NETWORK_RATE",
        "2000/10",
        "the same of one network: an IPv4 address, or 64 bits of an IPv6 address",
    ),
    plain_variable(
        "CONNECTIONS",
        "4096",
        "connections of clients at once; for one more, one that does nothing is closed. Without a proxy, one client has an eighth of them",
    ),
    plain_variable(
        "EVENT_STREAMS",
        "1000",
        "streams of events at once; more are refused with 503",
    ),
    plain_variable(
        "DRAIN_SECONDS",
        "0; deployed: 15",
        "after SIGTERM, how long new requests are still answered while `/readyz` says no",
    ),
    plain_variable(
        "FINISH_SECONDS",
        "20",
        "after that, how long running requests get",
    ),
    plain_variable(
        "NOTES_PER_USER",
        "10000",
        "notes of one account, those in the trash included",
    ),
    plain_variable("NOTES_PER_GUEST", "200", "notes of one guest"),
    plain_variable("LABELS_PER_USER", "200", "labels of one account"),
    plain_variable(
        "FILES_DIR",
        "with SQLite `files` beside its file; else `off`",
        "folder for attachments of notes, which all processes share; or `off`",
    ),
    plain_variable(
        "FILES_BUCKET",
        "",
        "bucket of S3 for attachments, in place of `FILES_DIR`; needs `AWS_REGION`, and finds credentials as the SDKs of AWS do",
    ),
    plain_variable("AWS_REGION", "", "region of the bucket"),
    plain_variable(
        "FILES_ENDPOINT",
        "",
        "address of something else that speaks S3, as `http://127.0.0.1:9000`; the bucket is in the path then",
    ),
    plain_variable(
        "FILES_PATH",
        "",
        "path of the site below which a content delivery network serves the bucket, as `/files/`: downloads are redirected there, and keys of objects begin with it",
    ),
    plain_variable(
        "FILES_REDIRECT",
        "true",
        "whether downloads from the bucket are redirected to a signed address, good for a minute, in place of going through the service",
    ),
    plain_variable(
        "FILE_BYTES",
        "104857600",
        "bytes of one attachment, at most 1 GiB",
    ),
    plain_variable(
        "FILES_PER_USER_BYTES",
        "1073741824",
        "bytes of all attachments of one account, those of notes in the trash included",
    ),
    plain_variable(
        "FILES_PER_GUEST_BYTES",
        "20971520",
        "bytes of all attachments of one guest",
    ),
    plain_variable(
        "GUESTS",
        "200",
        "guests at one time, over all processes; 0 admits none",
    ),
    plain_variable(
        "REGISTRATION",
        "open",
        "who may register: `open`, `invite` (`notes user invite` makes invites) or `closed` (`notes user create` makes accounts)",
    ),
    plain_variable(
        "PUBLIC_URL",
        "",
        "where people find the page, as `https://notes.example.com`: for links in mails and invites, and for passkeys, which belong to its host",
    ),
    secret_variable(
        "SECRET_KEY",
        "",
        "encrypts secrets of second factors in the database: 32 characters or more, best `openssl rand -base64 32`. Several are separated by commas: the first encrypts, all decrypt",
    ),
    plain_variable(
        "SMTP_HOST",
        "",
        "mail server; without it there are no mails, and operators set forgotten passwords. Needs `MAIL_FROM` and `PUBLIC_URL`",
    ),
    plain_variable(
        "SMTP_PORT",
        "587; with `tls` 465, with `off` 25",
        "its port",
    ),
    plain_variable(
        "SMTP_TLS",
        "`starttls`",
        "`starttls`, `tls` from the first byte, or `off` for a server on this machine",
    ),
    secret_variable("SMTP_USERNAME", "", "user of the mail server"),
    secret_variable("SMTP_PASSWORD", "", "the user's password"),
    plain_variable(
        "MAIL_FROM",
        "",
        "sender of mails, as `Notes <notes@example.com>`",
    ),
    plain_variable(
        "OUTBOUND_ALLOWED",
        "",
        "networks that addresses of users may lead to although they are not public, as `10.1.0.0/16`, separated by commas; for who runs the service for themselves",
    ),
    plain_variable(
        "OUTBOUND_CA",
        "",
        "file with certificates of authorities that requests to addresses of users trust besides those of browsers",
    ),
    plain_variable(
        "OUTBOUND_HTTP",
        "`false`",
        "whether requests go to addresses of users without TLS too, for development",
    ),
    plain_variable(
        "PUSH",
        "`true` with `PUBLIC_URL`, else `false`",
        "whether reminders are pushed to browsers, through the services of their makers",
    ),
    plain_variable(
        "OIDC_ISSUER",
        "",
        "provider that people may sign in at by OpenID Connect, as it names itself. Needs `OIDC_CLIENT_ID` and `PUBLIC_URL`; the provider has to know `PUBLIC_URL/api/auth/oidc/callback`",
    ),
    plain_variable("OIDC_CLIENT_ID", "", "name of this service at the provider"),
    secret_variable(
        "OIDC_CLIENT_SECRET",
        "",
        "secret of this service at the provider; none for a public client",
    ),
    plain_variable(
        "OIDC_NAME",
        "single sign-on",
        "name of the provider, for the button that leads there",
    ),
    plain_variable(
        "OIDC_SCOPES",
        "openid email profile",
        "what the provider is asked for, separated by spaces",
    ),
    plain_variable(
        "OIDC_REGISTRATION",
        "as-usual",
        "whether people whom the provider knows get an account: `as-usual` (as `REGISTRATION` says), `open` (all of them) or `closed` (none)",
    ),
    plain_variable(
        "OIDC_SECOND_FACTOR",
        "provider",
        "who asks for a second factor after the provider: nobody but the `provider` itself, or the `account` too",
    ),
    plain_variable(
        "OIDC_EMAIL_DOMAINS",
        "",
        "let in by the provider is only who has a verified address in one of these domains, separated by commas",
    ),
    plain_variable(
        "OIDC_TLS_CA",
        "",
        "file with certificates of authorities, in PEM, that may have signed the provider's besides the usual ones",
    ),
    plain_variable(
        "TRASH_DAYS",
        "30",
        "after so long in the trash, notes are deleted for good",
    ),
    plain_variable(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "",
        "collector of traces, as `http://127.0.0.1:4318`; without it there are no traces",
    ),
];

/// Returns the table of all variables as Markdown for the documentation.
pub fn render_markdown() -> String {
    let mut text = String::from("| variable | without it | meaning |\n|---|---|---|\n");
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
