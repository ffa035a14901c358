//! Versions of PostgreSQL on RDS.

use std::borrow::Cow;
use std::fmt;

/// A version of PostgreSQL, including the minor version, so that the reviewed version is deployed.
///
/// The constants are recent minor versions of each supported major version; use [`other`](Self::other) for the rest.
/// See the [release
/// calendar](https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html).
///
/// ```
/// use infra_lib::rds::PostgresEngineVersion;
///
/// assert_eq!(PostgresEngineVersion::V17_11.family(), "postgres17");
/// assert_eq!(PostgresEngineVersion::other("19.1").family(), "postgres19");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PostgresEngineVersion(Cow<'static, str>);

macro_rules! versions {
    ($($name:ident = $text:literal),* $(,)?) => {
        impl PostgresEngineVersion {
            $(#[doc = concat!("PostgreSQL ", $text, ".")] pub const $name: Self = Self(Cow::Borrowed($text));)*
        }
    };
}

versions! {
    V15_19 = "15.19",
    V16_14 = "16.14",
    V16_15 = "16.15",
    V17_10 = "17.10",
    V17_11 = "17.11",
    V18_4 = "18.4",
    V18_6 = "18.6",
}

impl PostgresEngineVersion {
    /// Returns another version in RDS's notation, such as `17.12`.
    pub fn other(version: impl Into<Cow<'static, str>>) -> Self {
        Self(version.into())
    }

    /// Returns the version in RDS's notation.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the parameter group family of the version, such as `postgres17`.
    pub fn family(&self) -> String {
        let major = self.0.split_once('.').map_or(&*self.0, |(major, _)| major);
        format!("postgres{major}")
    }
}

impl fmt::Display for PostgresEngineVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
