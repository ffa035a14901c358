//! Engines of caches.

use std::borrow::Cow;

/// Engine of a serverless cache, with its major version.
///
/// See [engines and versions](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ServerlessEngine {
    /// Valkey 7, a fork of Redis OSS and about a third cheaper.
    Valkey7,
    /// Valkey 8; the default here.
    Valkey8,
    /// Redis OSS 7.
    Redis7,
    /// Memcached 1.6: no users, snapshots or replicas.
    Memcached16,
}

impl ServerlessEngine {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Valkey7 | Self::Valkey8 => "valkey",
            Self::Redis7 => "redis",
            Self::Memcached16 => "memcached",
        }
    }

    pub(super) const fn major_version(self) -> &'static str {
        match self {
            Self::Valkey7 | Self::Redis7 => "7",
            Self::Valkey8 => "8",
            Self::Memcached16 => "1.6",
        }
    }

    /// Port of the endpoint.
    pub(super) const fn port(self) -> u16 {
        match self {
            Self::Memcached16 => 11_211,
            _ => 6_379,
        }
    }
}

/// Engine of users, groups and replication groups.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UserEngine {
    /// Valkey. The default here.
    #[default]
    Valkey,
    /// Redis OSS.
    Redis,
}

impl UserEngine {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Valkey => "valkey",
            Self::Redis => "redis",
        }
    }
}

/// Engine of a replication group, with its version and the family of its parameters.
///
/// ```
/// use infra_lib::elasticache::NodeEngine;
///
/// let newer = NodeEngine::valkey("8.2", "valkey8");
/// assert_ne!(newer, NodeEngine::VALKEY_8_1);
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct NodeEngine {
    pub(super) engine: UserEngine,
    pub(super) version: Cow<'static, str>,
    pub(super) family: Cow<'static, str>,
}

impl NodeEngine {
    /// Valkey 7.2.
    pub const VALKEY_7_2: Self = Self::literal(UserEngine::Valkey, "7.2", "valkey7");
    /// Valkey 8.0.
    pub const VALKEY_8_0: Self = Self::literal(UserEngine::Valkey, "8.0", "valkey8");
    /// Valkey 8.1.
    pub const VALKEY_8_1: Self = Self::literal(UserEngine::Valkey, "8.1", "valkey8");
    /// Redis OSS 6.2.
    pub const REDIS_6_2: Self = Self::literal(UserEngine::Redis, "6.2", "redis6.x");
    /// Redis OSS 7.0.
    pub const REDIS_7_0: Self = Self::literal(UserEngine::Redis, "7.0", "redis7");
    /// Redis OSS 7.1, its last version.
    pub const REDIS_7_1: Self = Self::literal(UserEngine::Redis, "7.1", "redis7");

    const fn literal(engine: UserEngine, version: &'static str, family: &'static str) -> Self {
        Self {
            engine,
            version: Cow::Borrowed(version),
            family: Cow::Borrowed(family),
        }
    }

    /// Creates another version of Valkey, with the family of its parameter groups.
    pub fn valkey(version: impl Into<String>, family: impl Into<String>) -> Self {
        Self {
            engine: UserEngine::Valkey,
            version: Cow::Owned(version.into()),
            family: Cow::Owned(family.into()),
        }
    }

    /// Creates another version of Redis OSS, with the family of its parameter groups.
    pub fn redis(version: impl Into<String>, family: impl Into<String>) -> Self {
        Self {
            engine: UserEngine::Redis,
            version: Cow::Owned(version.into()),
            family: Cow::Owned(family.into()),
        }
    }
}
