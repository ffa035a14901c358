//! Decides which IP addresses the service may connect to: public addresses, according to the IANA registries of special-purpose addresses, and
//! networks that an operator allows.
//!
//! <https://www.iana.org/assignments/iana-ipv4-special-registry>, <https://www.iana.org/assignments/iana-ipv6-special-registry>.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

const fn ipv4_net(a: u8, b: u8, c: u8, d: u8, bits: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), bits)
}

const fn ipv6_net(head: [u16; 3], bits: u8) -> Ipv6Net {
    let [a, b, c] = head;
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), bits)
}

/// IPv4 networks that are not public; an operator can allow them.
const PRIVATE_V4: [Ipv4Net; 14] = [
    // Private (RFC 1918).
    ipv4_net(10, 0, 0, 0, 8),
    ipv4_net(172, 16, 0, 0, 12),
    ipv4_net(192, 168, 0, 0, 16),
    // Shared by a provider's customers (RFC 6598).
    ipv4_net(100, 64, 0, 0, 10),
    // Loopback.
    ipv4_net(127, 0, 0, 0, 8),
    // Protocol assignments.
    ipv4_net(192, 0, 0, 0, 24),
    // Documentation (RFC 5737).
    ipv4_net(192, 0, 2, 0, 24),
    ipv4_net(198, 51, 100, 0, 24),
    ipv4_net(203, 0, 113, 0, 24),
    // The AS112 sink, AMT relays and 6to4 relays.
    ipv4_net(192, 31, 196, 0, 24),
    ipv4_net(192, 52, 193, 0, 24),
    ipv4_net(192, 88, 99, 0, 24),
    ipv4_net(192, 175, 48, 0, 24),
    // Benchmarks (RFC 2544).
    ipv4_net(198, 18, 0, 0, 15),
];

/// IPv4 networks that are always blocked, even if an operator allows a network that contains them.
const NEVER_V4: [Ipv4Net; 6] = [
    // "This network" (RFC 791).
    ipv4_net(0, 0, 0, 0, 8),
    // Link-local, with the metadata of AWS, Azure, Google and others at 169.254.169.254.
    ipv4_net(169, 254, 0, 0, 16),
    // Platform services of Azure and of Alibaba Cloud.
    ipv4_net(168, 63, 129, 16, 32),
    ipv4_net(100, 100, 100, 200, 32),
    // Multicast.
    ipv4_net(224, 0, 0, 0, 4),
    // Reserved, and broadcast.
    ipv4_net(240, 0, 0, 0, 4),
];

/// The part of the IPv6 address space that is allocated for public use.
const PUBLIC_V6: Ipv6Net = ipv6_net([0x2000, 0, 0], 3);

/// Networks within [`PUBLIC_V6`] that are not public; an operator can allow them.
const PRIVATE_V6: [Ipv6Net; 6] = [
    // Protocol assignments: Teredo, benchmarks, ORCHID and others.
    ipv6_net([0x2001, 0, 0], 23),
    // Documentation (RFC 3849, RFC 9637).
    ipv6_net([0x2001, 0xdb8, 0], 32),
    ipv6_net([0x3fff, 0, 0], 20),
    // 6to4, which embeds any IPv4 address.
    ipv6_net([0x2002, 0, 0], 16),
    // The AS112 sink.
    ipv6_net([0x2620, 0x4f, 0x8000], 48),
    // The 6bone test network, which ended in 2006.
    ipv6_net([0x3ffe, 0, 0], 16),
];

/// IPv6 networks that are always blocked, even if an operator allows a network that contains them.
const NEVER_V6: [Ipv6Net; 8] = [
    // IPv6 forms of IPv4 addresses, which must be written as IPv4: mapped, translated and unspecified.
    Ipv6Net::new_assert(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96),
    Ipv6Net::new_assert(Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96),
    Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 128),
    // IPv4 addresses behind a NAT64 translator (RFC 6052, RFC 8215).
    ipv6_net([0x64, 0xff9b, 0], 96),
    ipv6_net([0x64, 0xff9b, 1], 48),
    // Link-local.
    ipv6_net([0xfe80, 0, 0], 10),
    // The instance metadata service of AWS.
    Ipv6Net::new_assert(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), 128),
    // Multicast.
    ipv6_net([0xff00, 0, 0], 8),
];

/// Networks that an operator allows although they are not public.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Creates a list of allowed networks. Networks that are always blocked, such as link-local ones, stay blocked.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// Returns `true` if no network is allowed in addition to public addresses.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns `true` if the service may connect to this address.
    pub(super) fn is_permitted(&self, address: IpAddr) -> bool {
        !is_always_blocked(address)
            && (is_public(address) || self.0.iter().any(|network| network.contains(&address)))
    }
}

fn is_always_blocked(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => NEVER_V4.iter().any(|net| net.contains(&address)),
        IpAddr::V6(address) => {
            // IPv4-compatible addresses start with 96 zero bits; `::1` does too, but is the loopback address.
            let compatible = address.to_bits() >> 32 == 0 && address != Ipv6Addr::LOCALHOST;
            compatible || NEVER_V6.iter().any(|net| net.contains(&address))
        }
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !PRIVATE_V4.iter().any(|net| net.contains(&address)),
        IpAddr::V6(address) => {
            PUBLIC_V6.contains(&address) && !PRIVATE_V6.iter().any(|net| net.contains(&address))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At least one address of each network that is not public, with the first and last ones where the boundary is easy to miss.
    const PRIVATE: &[&str] = &[
        "10.0.0.0",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.168.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.255",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.1",
        "192.175.48.1",
        "198.18.0.1",
        "198.19.255.255",
        "::1",
        "fc00::1",
        "fd12:3456:789a::1",
        "fec0::1",
        "100::1",
        "5f00::1",
        "4000::1",
        "2001::1",
        "2001:0:a9fe:a9fe::1",
        "2001:2::1",
        "2001:10::1",
        "2001:1ff::1",
        "2001:db8::1",
        "3fff:fff::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2620:4f:8000::1",
        "3ffe::1",
    ];

    /// At least one address of each network that is always blocked.
    const NEVER: &[&str] = &[
        "0.0.0.0",
        "0.255.255.255",
        "169.254.0.1",
        "169.254.169.254",
        "168.63.129.16",
        "100.100.100.200",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "::127.0.0.1",
        "::8.8.8.8",
        "64:ff9b::127.0.0.1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::10.0.0.1",
        "fe80::1",
        "febf::1",
        "fd00:ec2::254",
        "ff02::1",
        "ff0e::1",
    ];

    const PUBLIC: &[&str] = &[
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2606:4700:4700::1111",
        "2a00:1450:4001:800::200e",
        "2003::1",
        "3fff:1000::1",
    ];

    fn parse_address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn permits_public_addresses_only() {
        let none = Networks::default();
        for text in PRIVATE.iter().chain(NEVER) {
            assert!(!none.is_permitted(parse_address(text)), "{text}");
        }
        for text in PUBLIC {
            assert!(none.is_permitted(parse_address(text)), "{text}");
        }
    }

    #[test]
    fn never_permits_platform_addresses() {
        let everything = ["0.0.0.0/0", "::/0"].map(|net| net.parse().unwrap());
        let everything = Networks::new(everything.to_vec());
        for text in PRIVATE.iter().chain(PUBLIC) {
            assert!(everything.is_permitted(parse_address(text)), "{text}");
        }
        for text in NEVER {
            assert!(!everything.is_permitted(parse_address(text)), "{text}");
        }
    }

    #[test]
    fn permits_configured_networks() {
        let some = Networks::new(vec!["10.1.0.0/16".parse().unwrap()]);
        assert!(some.is_permitted(parse_address("10.1.2.3")));
        assert!(!some.is_permitted(parse_address("10.2.0.1")));
        assert!(!some.is_permitted(parse_address("::ffff:10.1.2.3")));
        assert!(some.is_permitted(parse_address("1.1.1.1")));
    }
}
