//! Ranges of IPv4 and IPv6 addresses: [`Cidr`].

use std::net::IpAddr;

/// A range of addresses in CIDR notation; a single address is a range of one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Cidr {
    address: u128,
    /// Length of the prefix, within 128 bits: 96 more than written for IPv4.
    prefix: u32,
    v6: bool,
}

/// Ranges of IPv4 and IPv6 that no host of the internet has.
///
/// IANA: <https://www.iana.org/assignments/iana-ipv4-special-registry>
const PRIVATE: &[&str] = &[
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "192.0.2.0/24",
    "240.0.0.0/4",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
];

impl Cidr {
    /// Reads a range such as `10.0.0.0/16`, or a single address. Returns `None` for other texts.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let (bits, most, v6) = match address.parse::<IpAddr>().ok()? {
            IpAddr::V4(v4) => (u128::from(u32::from(v4)), 32, false),
            IpAddr::V6(v6) => (u128::from(v6), 128, true),
        };
        let prefix = prefix.unwrap_or(most);
        if prefix > most {
            return None;
        }
        let prefix = 128 - most + prefix;
        Some(Self {
            address: bits & mask(prefix),
            prefix,
            v6,
        })
    }

    /// Returns true if every address of the other range is in this one.
    pub(crate) fn contains(self, other: Self) -> bool {
        self.v6 == other.v6
            && self.prefix <= other.prefix
            && other.address & mask(self.prefix) == self.address
    }

    /// Returns true if the ranges have an address in common.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// Returns true for `0.0.0.0/0` and `::/0`.
    pub(crate) fn is_everything(self) -> bool {
        self.prefix == if self.v6 { 0 } else { 96 }
    }

    /// Returns true if no host of the internet has an address of the range.
    pub(crate) fn is_private(self) -> bool {
        PRIVATE
            .iter()
            .filter_map(|text| Self::parse(text))
            .any(|range| range.contains(self))
    }

    /// Returns true for a range of IPv6.
    pub(crate) fn is_v6(self) -> bool {
        self.v6
    }
}

fn mask(prefix: u32) -> u128 {
    if prefix == 0 {
        0
    } else {
        u128::MAX << (128 - prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::Cidr;

    #[test]
    fn compares_ranges() {
        let range = |text: &str| Cidr::parse(text).unwrap();
        for (wide, narrow, contains) in [
            ("0.0.0.0/0", "10.1.2.3", true),
            ("10.0.0.0/8", "10.255.0.0/16", true),
            ("10.0.0.0/16", "10.0.0.0/8", false),
            ("10.0.0.0/16", "10.1.0.0/16", false),
            ("::/0", "2001:db8::/32", true),
            ("::/0", "10.0.0.0/8", false),
        ] {
            assert_eq!(
                range(wide).contains(range(narrow)),
                contains,
                "{wide} {narrow}"
            );
        }
        assert!(range("10.0.0.0/8").overlaps(range("10.1.0.0/16")));
        assert!(range("0.0.0.0/0").is_everything() && range("::/0").is_everything());
        assert!(range("10.1.0.0/16").is_private() && !range("0.0.0.0/0").is_private());
        assert!(range("255.255.255.255/32").is_private());
        assert_eq!(Cidr::parse("10.0.0.0/33"), None);
        assert_eq!(Cidr::parse("sg-1"), None);
    }
}
