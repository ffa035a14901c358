//! Instance types of nodes.

use std::borrow::Cow;

/// Instance type of a node, such as `r7g.large.search`.
///
/// See [supported instance types](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct SearchInstanceType(Cow<'static, str>);

macro_rules! instance_types {
    ($($name:ident = $text:literal, $size:literal;)+) => {
        impl SearchInstanceType {
            $(
                #[doc = concat!("`", $text, "`: ", $size, ".")]
                pub const $name: Self = Self(Cow::Borrowed($text));
            )+
        }
    };
}

instance_types! {
    T3_SMALL = "t3.small.search", "2 processors that share their time, and 2 GiB of memory; for development";
    T3_MEDIUM = "t3.medium.search", "2 processors that share their time, and 4 GiB of memory; for development";
    M7G_MEDIUM = "m7g.medium.search", "1 processor and 4 GiB of memory";
    M7G_LARGE = "m7g.large.search", "2 processors and 8 GiB of memory";
    M7G_XLARGE = "m7g.xlarge.search", "4 processors and 16 GiB of memory";
    C7G_LARGE = "c7g.large.search", "2 processors and 4 GiB of memory";
    C7G_XLARGE = "c7g.xlarge.search", "4 processors and 8 GiB of memory";
    R7G_MEDIUM = "r7g.medium.search", "1 processor and 8 GiB of memory";
    R7G_LARGE = "r7g.large.search", "2 processors and 16 GiB of memory";
    R7G_XLARGE = "r7g.xlarge.search", "4 processors and 32 GiB of memory";
    R7G_2XLARGE = "r7g.2xlarge.search", "8 processors and 64 GiB of memory";
    R7GD_LARGE = "r7gd.large.search", "2 processors and 16 GiB of memory, with a local SSD in place of volumes";
    OR2_LARGE = "or2.large.search", "2 processors and 16 GiB of memory, with copies of the data in S3; for many writes";
    ULTRAWARM1_MEDIUM = "ultrawarm1.medium.search", "a warm node for up to 1.5 TiB";
    ULTRAWARM1_LARGE = "ultrawarm1.large.search", "a warm node for up to 20 TiB";
}

/// Families with local disks, which take no EBS volumes.
const LOCAL_DISKS: &[&str] = &[
    "i3", "i4g", "i4i", "i7i", "i8g", "i8ge", "im4gn", "oi2", "r6gd", "r7gd", "r8gd",
];

impl SearchInstanceType {
    /// Creates another type from its name, which ends with `.search`.
    pub fn other(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn family(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// Returns `true` for types whose processors share their time.
    pub(super) fn is_burstable(&self) -> bool {
        matches!(self.family(), "t2" | "t3")
    }

    /// Returns `true` for types with local disks in place of EBS volumes.
    pub(super) fn has_local_disks(&self) -> bool {
        LOCAL_DISKS.contains(&self.family())
    }

    /// Returns `true` for types of warm nodes.
    pub(super) fn is_warm(&self) -> bool {
        self.family().starts_with("ultrawarm")
    }

    /// Returns `true` if the name has the form of types of OpenSearch Service.
    pub(super) fn is_search(&self) -> bool {
        self.0.ends_with(".search")
    }
}
