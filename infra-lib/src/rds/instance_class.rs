//! Instance classes of databases.

use std::borrow::Cow;

/// Instance class of a database: its processors and memory.
///
/// The constants are current Graviton classes; use [`other`](Self::other) for the rest. See [DB instance
/// classes](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct InstanceClass(Cow<'static, str>);

macro_rules! classes {
    ($($name:ident = $text:literal, $what:literal;)*) => {
        impl InstanceClass {
            $(#[doc = concat!("`", $text, "`: ", $what, ".")] pub const $name: Self = Self(Cow::Borrowed($text));)*
        }
    };
}

classes! {
    T4G_MICRO = "db.t4g.micro", "2 burstable vCPU, 1 GiB";
    T4G_SMALL = "db.t4g.small", "2 burstable vCPU, 2 GiB";
    T4G_MEDIUM = "db.t4g.medium", "2 burstable vCPU, 4 GiB";
    T4G_LARGE = "db.t4g.large", "2 burstable vCPU, 8 GiB";
    M7G_LARGE = "db.m7g.large", "2 vCPU, 8 GiB";
    M7G_XLARGE = "db.m7g.xlarge", "4 vCPU, 16 GiB";
    M7G_2XLARGE = "db.m7g.2xlarge", "8 vCPU, 32 GiB";
    M7G_4XLARGE = "db.m7g.4xlarge", "16 vCPU, 64 GiB";
    R7G_LARGE = "db.r7g.large", "2 vCPU, 16 GiB";
    R7G_XLARGE = "db.r7g.xlarge", "4 vCPU, 32 GiB";
    R7G_2XLARGE = "db.r7g.2xlarge", "8 vCPU, 64 GiB";
    R7G_4XLARGE = "db.r7g.4xlarge", "16 vCPU, 128 GiB";
    M8G_LARGE = "db.m8g.large", "2 vCPU, 8 GiB";
    M8G_XLARGE = "db.m8g.xlarge", "4 vCPU, 16 GiB";
    R8G_LARGE = "db.r8g.large", "2 vCPU, 16 GiB";
    R8G_XLARGE = "db.r8g.xlarge", "4 vCPU, 32 GiB";
}

impl InstanceClass {
    /// Returns another class in RDS's notation, such as `db.r8g.24xlarge`.
    pub fn other(class: impl Into<Cow<'static, str>>) -> Self {
        Self(class.into())
    }

    /// Returns the class in RDS's notation.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
