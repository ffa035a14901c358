//! Which database, and how it is reached.

use std::fmt;
use std::path::PathBuf;

use secrecy::SecretString;

use super::reader::Reader;

/// The database of the service.
#[derive(Debug, Clone)]
pub enum DatabaseConfig {
    /// A file of its own.
    SqliteFile(PathBuf),
    /// Gone when the process ends; for tests.
    SqliteMemory,
    /// A server.
    Postgres(PostgresConfig),
}

/// A PostgreSQL server.
#[derive(Debug, Clone)]
pub struct PostgresConfig {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The database.
    pub name: String,
    /// The user.
    pub username: String,
    /// The user's password; none where the server trusts, as on a developer's machine.
    pub password: Option<SecretString>,
    /// Whether and how TLS is used.
    pub tls: Tls,
    /// Certificates of the authorities that may have signed the server's.
    pub tls_ca: Option<PathBuf>,
    /// Connections at once.
    pub pool: u32,
}

/// How TLS is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Not at all.
    Disable,
    /// Encrypted, with whomever answers.
    Require,
    /// Encrypted, and the server must be who it says (`verify-full` of libpq).
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

/// The parts that together name a server.
const PARTS: [&str; 5] = [
    "DB_HOST",
    "DB_PORT",
    "DB_NAME",
    "DB_USERNAME",
    "DB_PASSWORD",
];
const URL_FORMS: &str = "postgres://user:password@host:5432/name, or sqlite:path/of/file.db; a password with special characters is easier \
                         said as DB_PASSWORD with DB_HOST, DB_NAME and DB_USERNAME";

impl DatabaseConfig {
    pub(super) fn read(from: &mut Reader<'_>) -> Self {
        let url = from.text("DATABASE_URL");
        let parts: Vec<&str> = PARTS
            .into_iter()
            .filter(|name| from.text(name).is_some())
            .collect();
        let tls: Option<Tls> = from.optional("DB_TLS", "verify-full, require or disable");
        let tls_ca = from.text("DB_TLS_CA").map(PathBuf::from);
        let pool = from.number("DB_POOL", 1, 1_000, 10);
        if let Some(path) = tls_ca.as_ref().filter(|path| !path.is_file()) {
            let shown = path.display().to_string();
            from.wrong(
                "DB_TLS_CA",
                &shown,
                "the path of a file with certificates in PEM",
            );
        }
        let mut server = match (url, parts.is_empty()) {
            (None, true) => return Self::SqliteFile(PathBuf::from("data/notes.db")),
            (Some(_), false) => {
                let given = format!("is given, and so is {}", parts.join(", "));
                from.say("DATABASE_URL", given, "one or the other");
                return Self::SqliteMemory;
            }
            (Some(url), true) => match parse_url(url) {
                Some(Self::Postgres(server)) => server,
                Some(other) => return other,
                None => {
                    from.wrong("DATABASE_URL", url, URL_FORMS);
                    return Self::SqliteMemory;
                }
            },
            (None, false) => of_parts(from),
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
    /// Whether it is on another machine.
    pub fn is_remote(&self) -> bool {
        !matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1")
            && !self.host.starts_with('/')
    }
}

fn of_parts(from: &mut Reader<'_>) -> PostgresConfig {
    let needed = |from: &mut Reader<'_>, name: &str| {
        if let Some(value) = from.text(name) {
            return value.to_owned();
        }
        from.say(
            name,
            "is missing",
            "all of DB_HOST, DB_NAME, DB_USERNAME and DB_PASSWORD, or none",
        );
        String::new()
    };
    PostgresConfig {
        host: needed(from, "DB_HOST"),
        port: from.parsed("DB_PORT", "a port, 1 to 65535", "5432"),
        name: needed(from, "DB_NAME"),
        username: needed(from, "DB_USERNAME"),
        password: Some(needed(from, "DB_PASSWORD").into()),
        tls: Tls::VerifyFull,
        tls_ca: None,
        pool: 0,
    }
}

/// Of a URL; nothing if it is none of ours.
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
    // TLS is said by DB_TLS: one place for it.
    let valid = !name.is_empty() && !name.contains(['?', '/']);
    let (user, address) = server.rsplit_once('@')?;
    let (username, password) = match user.split_once(':') {
        Some((username, password)) => (username, Some(decode(password)?)),
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
        name: decode(name)?,
        username: decode(username)?,
        password: password.map(Into::into),
        tls: Tls::VerifyFull,
        tls_ca: None,
        pool: 0,
    }))
}

/// Percent signs and two digits as the byte they stand for (RFC 3986, section 2.1).
fn decode(text: &str) -> Option<String> {
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
    fn urls_are_taken_apart() {
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
