//! Settings of the database: which one the service uses, and its connections. The main type is [`DatabaseConfig`].

use std::fmt;
use std::path::PathBuf;

use secrecy::SecretString;

use super::reader::Reader;

/// The database of the service, as `DATABASE_URL` or the variables `DB_…` define it. Default: the SQLite file `data/notes.db`.
#[derive(Debug, Clone)]
pub enum DatabaseConfig {
    /// An SQLite database in the file at this path.
    SqliteFile(PathBuf),
    /// An SQLite database in memory, which is lost when the process ends; for tests.
    SqliteMemory,
    /// A database on a PostgreSQL server, which several processes can share.
    Postgres(PostgresConfig),
}

/// Connection settings of a PostgreSQL database.
#[derive(Debug, Clone)]
pub struct PostgresConfig {
    /// Host name, IP address, or folder of a Unix socket (`DB_HOST`).
    pub host: String,
    /// Port of the server (`DB_PORT`). Default: 5432.
    pub port: u16,
    /// Name of the database on the server (`DB_NAME`).
    pub name: String,
    /// Name of the database user (`DB_USERNAME`).
    pub username: String,
    /// Password of the database user (`DB_PASSWORD`). `None` if the server trusts local connections, as on a developer's machine.
    pub password: Option<SecretString>,
    /// Use of TLS for connections (`DB_TLS`). Default: [`Tls::VerifyFull`] for a remote server, [`Tls::Disable`] for a local one.
    pub tls: Tls,
    /// PEM file with the certificate authorities that the server's certificate is verified against (`DB_TLS_CA`).
    pub tls_ca: Option<PathBuf>,
    /// Maximum number of connections that one process opens (`DB_POOL`). Default: 10.
    pub pool: u32,
}

/// Use of TLS for connections to PostgreSQL, named like the modes of libpq.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Connections are not encrypted.
    Disable,
    /// Connections are encrypted, but the server's certificate is not verified.
    Require,
    /// Connections are encrypted, and the server's certificate and host name are verified (`verify-full` of libpq).
    VerifyFull,
}

impl std::str::FromStr for Tls {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "disable" => Ok(Self::Disable),
            "require" => Ok(Self::Require),
            "verify-full" => Ok(Self::VerifyFull),
            _ => Err(()),
        }
    }
}

/// Variables that together define a PostgreSQL server, in place of `DATABASE_URL`.
const PARTS: [&str; 5] = [
    "DB_HOST",
    "DB_PORT",
    "DB_NAME",
    "DB_USERNAME",
    "DB_PASSWORD",
];
const URL_FORMS: &str = "postgres://user:password@host:5432/name, or sqlite:path/to/file.db; for a password \
                         with special characters, use DB_PASSWORD with DB_HOST, DB_NAME and DB_USERNAME";

impl DatabaseConfig {
    pub(super) fn from_reader(from: &mut Reader<'_>) -> Self {
        let url = from.find_value("DATABASE_URL");
        let parts: Vec<&str> = PARTS
            .into_iter()
            .filter(|name| from.find_value(name).is_some())
            .collect();
        let tls: Option<Tls> = from.parse_optional("DB_TLS", "verify-full, require or disable");
        let tls_ca = from.find_value("DB_TLS_CA").map(PathBuf::from);
        let pool = from.parse_number("DB_POOL", 1, 1_000, 10);
        if let Some(path) = tls_ca.as_ref().filter(|path| !path.is_file()) {
            let shown = path.display().to_string();
            from.report_value(
                "DB_TLS_CA",
                &shown,
                "the path of a PEM file with certificates",
            );
        }
        let mut server = match (url, parts.is_empty()) {
            (None, true) => return Self::SqliteFile(PathBuf::from("data/notes.db")),
            (Some(_), false) => {
                let given = format!("is set, and so is {}", parts.join(", "));
                from.report_problem("DATABASE_URL", given, "set only one of them");
                return Self::SqliteMemory;
            }
            (Some(url), true) => match parse_url(url) {
                Some(Self::Postgres(server)) => server,
                Some(other) => return other,
                None => {
                    from.report_value("DATABASE_URL", url, URL_FORMS);
                    return Self::SqliteMemory;
                }
            },
            (None, false) => from_parts(from),
        };
        server.pool = pool;
        server.tls_ca = tls_ca;
        server.tls = tls.unwrap_or(if server.is_remote() {
            Tls::VerifyFull
        } else {
            Tls::Disable
        });
        Self::Postgres(server)
    }
}

impl PostgresConfig {
    /// Returns true if the server is on another machine: its host is neither a loopback address nor a Unix socket.
    pub fn is_remote(&self) -> bool {
        !matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1")
            && !self.host.starts_with('/')
    }
}

fn from_parts(from: &mut Reader<'_>) -> PostgresConfig {
    let needed = |from: &mut Reader<'_>, name: &str| {
        if let Some(value) = from.find_value(name) {
            return value.to_owned();
        }
        from.report_problem(
            name,
            "is missing",
            "set all of DB_HOST, DB_NAME, DB_USERNAME and DB_PASSWORD, or none",
        );
        String::new()
    };
    PostgresConfig {
        host: needed(from, "DB_HOST"),
        port: from.parse_value("DB_PORT", "a port from 1 to 65535", "5432"),
        name: needed(from, "DB_NAME"),
        username: needed(from, "DB_USERNAME"),
        password: Some(needed(from, "DB_PASSWORD").into()),
        tls: Tls::VerifyFull,
        tls_ca: None,
        pool: 0,
    }
}

/// Parses the value of `DATABASE_URL`. Returns `None` if it is not a URL of PostgreSQL or SQLite.
fn parse_url(url: &str) -> Option<DatabaseConfig> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        return match path {
            "" => None,
            ":memory:" => Some(DatabaseConfig::SqliteMemory),
            path => Some(DatabaseConfig::SqliteFile(PathBuf::from(path))),
        };
    }
    let rest = url
        .strip_prefix("postgres://")
        .or_else(|| url.strip_prefix("postgresql://"))?;
    let (server, name) = rest.split_once('/')?;
    // Parameters such as sslmode are rejected: DB_TLS is the only setting of TLS.
    let valid = !name.is_empty() && !name.contains(['?', '/']);
    let (user, address) = server.rsplit_once('@')?;
    let (username, password) = match user.split_once(':') {
        Some((username, password)) => (username, Some(decode_percent(password)?)),
        None => (user, None),
    };
    let (host, port) = match address.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']')?;
            (host, rest.strip_prefix(':'))
        }
        None => match address.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (address, None),
        },
    };
    let port = port.map_or(Some(5432), |port| port.parse().ok())?;
    (valid && !host.is_empty() && !username.is_empty()).then_some(())?;
    Some(DatabaseConfig::Postgres(PostgresConfig {
        host: host.to_owned(),
        port,
        name: decode_percent(name)?,
        username: decode_percent(username)?,
        password: password.map(Into::into),
        tls: Tls::VerifyFull,
        tls_ca: None,
        pool: 0,
    }))
}

/// Decodes percent-encoded bytes (RFC 3986, section 2.1). Returns `None` if an escape or the resulting UTF-8 is invalid.
fn decode_percent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

impl fmt::Display for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SqliteFile(path) => write!(f, "SQLite, {}", path.display()),
            Self::SqliteMemory => f.write_str("SQLite, in memory"),
            Self::Postgres(server) => write!(
                f,
                "PostgreSQL, {} on {}:{} as {}, TLS {}",
                server.name,
                server.host,
                server.port,
                server.username,
                match server.tls {
                    Tls::Disable => "off",
                    Tls::Require => "without verification",
                    Tls::VerifyFull => "verified",
                }
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_database_urls() {
        let Some(DatabaseConfig::Postgres(server)) =
            parse_url("postgres://ada:p%40ss:w@[::1]:6543/notes")
        else {
            panic!("no server")
        };
        assert_eq!((server.host.as_str(), server.port), ("::1", 6543));
        assert_eq!(
            (server.username.as_str(), server.name.as_str()),
            ("ada", "notes")
        );
        for wrong in [
            "",
            "notes.db",
            "mysql://a@b/c",
            "postgres://host/notes",
            "postgres://a@h/n?sslmode=off",
            "sqlite:",
            "postgres://a@h:x/n",
        ] {
            assert!(parse_url(wrong).is_none(), "{wrong}");
        }
    }
}
