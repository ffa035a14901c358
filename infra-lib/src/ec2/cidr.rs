//! IPv4 and IPv6 address blocks, checked when they are written.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::{IntoValue, Value};

/// An IPv4 address block such as `10.0.0.0/16`.
///
/// The macro [`cidr!`](crate::cidr) checks a literal at compile time; [`Cidr::parse`] checks text that is known only
/// at run time. Bits after the prefix must be zero: `10.0.0.1/16` is refused, because EC2 would silently use another
/// block than the one that was written.
///
/// ```
/// use infra_lib::{cidr, ec2::Cidr};
///
/// let vpc = cidr!("10.0.0.0/16");
/// assert_eq!(vpc.to_string(), "10.0.0.0/16");
/// assert!(vpc.contains(cidr!("10.0.32.0/20")));
/// assert!(Cidr::parse("10.0.0.0/33").is_err());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Cidr {
    address: u32,
    prefix: u8,
}

/// Reason why a text is not an address block.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CidrError {
    /// The prefix length is missing: there is no `/`.
    MissingPrefix,
    /// The address is not four decimal numbers from 0 to 255, without leading zeros, joined with dots.
    BadAddress,
    /// The prefix length is not a number from 0 to 32 (IPv6: 0 to 128).
    BadPrefix,
    /// The address has bits set after the prefix.
    HostBits,
}

impl CidrError {
    const fn as_str(self) -> &'static str {
        match self {
            Self::MissingPrefix => "a CIDR block requires a prefix length, as in 10.0.0.0/16",
            Self::BadAddress => {
                "an IPv4 address must be four numbers from 0 to 255 joined with dots, as in 10.0.0.0/16"
            }
            Self::BadPrefix => {
                "the prefix length of an IPv4 CIDR block must be a number from 0 to 32"
            }
            Self::HostBits => {
                "the address has bits set after the prefix: 10.0.0.0/16, not 10.0.1.0/16"
            }
        }
    }
}

impl fmt::Display for CidrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::error::Error for CidrError {}

/// Creates an [IPv4 address block](crate::ec2::Cidr) from a literal that the compiler checks.
///
/// ```
/// # use infra_lib::cidr;
/// let block = cidr!("10.0.0.0/16");
/// ```
///
/// ```compile_fail
/// # use infra_lib::cidr;
/// let block = cidr!("10.0.0.0/36");
/// ```
#[macro_export]
macro_rules! cidr {
    ($text:expr) => {{
        const CIDR: $crate::ec2::Cidr = $crate::ec2::Cidr::literal($text);
        CIDR
    }};
}

impl Cidr {
    /// The block of every IPv4 address, `0.0.0.0/0`.
    pub const ANY: Self = Self {
        address: 0,
        prefix: 0,
    };

    /// Parses a block that is known only at run time, such as one from a configuration file.
    ///
    /// # Errors
    ///
    /// Returns the reason why the text is not an address block.
    pub const fn parse(text: &str) -> Result<Self, CidrError> {
        let bytes = text.as_bytes();
        let mut address: u32 = 0;
        let mut at = 0;
        let mut part = 0;
        while part < 4 {
            let Some((number, next)) = parse_decimal(bytes, at, 255) else {
                return Err(CidrError::BadAddress);
            };
            address = address << 8 | number;
            at = next;
            part += 1;
            if part < 4 {
                if at >= bytes.len() || bytes[at] != b'.' {
                    return Err(CidrError::BadAddress);
                }
                at += 1;
            }
        }
        if at >= bytes.len() {
            return Err(CidrError::MissingPrefix);
        }
        if bytes[at] != b'/' {
            return Err(CidrError::BadAddress);
        }
        let Some((prefix, end)) = parse_decimal(bytes, at + 1, 32) else {
            return Err(CidrError::BadPrefix);
        };
        if end != bytes.len() {
            return Err(CidrError::BadPrefix);
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most 32")]
        let block = Self {
            address,
            prefix: prefix as u8,
        };
        if address & !block.network_mask() != 0 {
            return Err(CidrError::HostBits);
        }
        Ok(block)
    }

    /// Implementation of [`cidr!`](crate::cidr).
    #[doc(hidden)]
    pub const fn literal(text: &str) -> Self {
        match Self::parse(text) {
            Ok(block) => block,
            Err(CidrError::MissingPrefix) => {
                panic!("a CIDR block requires a prefix length, as in 10.0.0.0/16")
            }
            Err(CidrError::BadAddress) => {
                panic!(
                    "an IPv4 address must be four numbers from 0 to 255 joined with dots, as in 10.0.0.0/16"
                )
            }
            Err(CidrError::BadPrefix) => {
                panic!("the prefix length of an IPv4 CIDR block must be a number from 0 to 32")
            }
            Err(CidrError::HostBits) => {
                panic!("the address has bits set after the prefix: 10.0.0.0/16, not 10.0.1.0/16")
            }
        }
    }

    /// Returns the first address of the block.
    pub const fn network(self) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.address)
    }

    /// Returns the prefix length: the number of leading bits that all addresses share.
    pub const fn prefix(self) -> u8 {
        self.prefix
    }

    /// Returns the number of addresses in the block.
    pub const fn size(self) -> u64 {
        1 << (32 - self.prefix)
    }

    /// Returns `true` if every address of `other` is in this block.
    pub const fn contains(self, other: Self) -> bool {
        self.prefix <= other.prefix && other.address & self.network_mask() == self.address
    }

    /// Returns `true` if the two blocks share an address.
    pub const fn overlaps(self, other: Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// Returns the block number `index`, counted from zero, among the blocks of the given longer prefix inside this
    /// one, or `None` if there is no such block.
    pub const fn subnet(self, prefix: u8, index: u32) -> Option<Self> {
        if prefix > 32 || prefix < self.prefix || (index as u64) >= 1_u64 << (prefix - self.prefix)
        {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "inside this block, as was just checked"
        )]
        let offset = ((index as u64) << (32 - prefix)) as u32;
        Some(Self {
            address: self.address + offset,
            prefix,
        })
    }

    const fn network_mask(self) -> u32 {
        if self.prefix == 0 {
            0
        } else {
            u32::MAX << (32 - self.prefix)
        }
    }
}

/// Reads a decimal number of at most `max` without leading zeros; returns it with the position after it.
const fn parse_decimal(bytes: &[u8], start: usize, max: u32) -> Option<(u32, usize)> {
    let mut number: u32 = 0;
    let mut at = start;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        if at > start && number == 0 {
            return None;
        }
        number = number * 10 + (bytes[at] - b'0') as u32;
        if number > max {
            return None;
        }
        at += 1;
    }
    if at == start {
        None
    } else {
        Some((number, at))
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network(), self.prefix)
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        Self::parse(text)
    }
}

impl IntoValue<String> for Cidr {
    fn into_value(self) -> Value<String> {
        self.to_string().into_value()
    }
}

/// An IPv6 address block such as `2001:db8::/56`. Bits after the prefix must be zero.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ipv6Cidr {
    address: Ipv6Addr,
    prefix: u8,
}

impl Ipv6Cidr {
    /// The block of every IPv6 address, `::/0`.
    pub const ANY: Self = Self {
        address: Ipv6Addr::UNSPECIFIED,
        prefix: 0,
    };

    /// Parses an IPv6 block.
    ///
    /// # Errors
    ///
    /// Returns the reason why the text is not an address block.
    pub fn parse(text: &str) -> Result<Self, CidrError> {
        let (address, prefix) = text.split_once('/').ok_or(CidrError::MissingPrefix)?;
        let address: Ipv6Addr = address.parse().map_err(|_| CidrError::BadAddress)?;
        let prefix: u8 = prefix
            .parse()
            .ok()
            .filter(|p| *p <= 128)
            .ok_or(CidrError::BadPrefix)?;
        let mask = if prefix == 0 {
            0
        } else {
            u128::MAX << (128 - prefix)
        };
        if address.to_bits() & !mask != 0 {
            return Err(CidrError::HostBits);
        }
        Ok(Self { address, prefix })
    }
}

impl fmt::Display for Ipv6Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl FromStr for Ipv6Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        Self::parse(text)
    }
}

impl IntoValue<String> for Ipv6Cidr {
    fn into_value(self) -> Value<String> {
        self.to_string().into_value()
    }
}
