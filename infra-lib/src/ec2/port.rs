//! Protocols and ports of security group rules.

use std::fmt;

/// A protocol and its range of ports, as used by security group rules.
///
/// ```
/// use infra_lib::ec2::Port;
///
/// assert_eq!(Port::tcp(5432).to_string(), "5432");
/// assert_eq!(Port::udp(53).to_string(), "UDP 53");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Port {
    protocol: Protocol,
    from: i32,
    to: i32,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Protocol {
    All,
    Tcp,
    Udp,
    Icmp,
    Icmpv6,
}

impl Port {
    /// TCP port 80, for HTTP.
    pub const HTTP: Self = Self::tcp(80);
    /// TCP port 443, for HTTPS.
    pub const HTTPS: Self = Self::tcp(443);
    /// TCP port 5432, for PostgreSQL.
    pub const POSTGRES: Self = Self::tcp(5432);

    /// Returns a single TCP port.
    pub const fn tcp(port: u16) -> Self {
        Self::tcp_range(port, port)
    }

    /// Returns the TCP ports from `first` to `last`, both included. A range that ends before it starts is reported
    /// where it is used (`INF4110`).
    pub const fn tcp_range(first: u16, last: u16) -> Self {
        Self {
            protocol: Protocol::Tcp,
            from: first as i32,
            to: last as i32,
        }
    }

    /// Returns all TCP ports, 0 to 65535.
    pub const fn all_tcp() -> Self {
        Self::tcp_range(0, u16::MAX)
    }

    /// Returns a single UDP port.
    pub const fn udp(port: u16) -> Self {
        Self::udp_range(port, port)
    }

    /// Returns the UDP ports from `first` to `last`, both included. A range that ends before it starts is reported
    /// where it is used (`INF4110`).
    pub const fn udp_range(first: u16, last: u16) -> Self {
        Self {
            protocol: Protocol::Udp,
            from: first as i32,
            to: last as i32,
        }
    }

    /// Returns all ICMP messages of IPv4.
    pub const fn all_icmp() -> Self {
        Self {
            protocol: Protocol::Icmp,
            from: -1,
            to: -1,
        }
    }

    /// Returns all ICMP messages of IPv6.
    pub const fn all_icmp_v6() -> Self {
        Self {
            protocol: Protocol::Icmpv6,
            from: -1,
            to: -1,
        }
    }

    /// Returns every protocol and port.
    pub const fn all_traffic() -> Self {
        Self {
            protocol: Protocol::All,
            from: -1,
            to: -1,
        }
    }

    /// Returns the `IpProtocol` of a rule.
    pub(crate) const fn ip_protocol(self) -> &'static str {
        match self.protocol {
            Protocol::All => "-1",
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
            Protocol::Icmp => "icmp",
            Protocol::Icmpv6 => "icmpv6",
        }
    }

    /// Returns the protocol number of a rule in a network ACL, -1 for all protocols.
    pub(crate) const fn protocol_number(self) -> i64 {
        match self.protocol {
            Protocol::All => -1,
            Protocol::Icmp => 1,
            Protocol::Tcp => 6,
            Protocol::Udp => 17,
            Protocol::Icmpv6 => 58,
        }
    }

    /// Returns `FromPort` and `ToPort` of a rule, or `None` for all protocols.
    pub(crate) const fn port_range(self) -> Option<(i32, i32)> {
        match self.protocol {
            Protocol::All => None,
            _ => Some((self.from, self.to)),
        }
    }

    /// Returns `true` if the range ends before it starts.
    pub(crate) const fn is_backwards(self) -> bool {
        self.from > self.to
    }
}

impl fmt::Display for Port {
    /// Formats the port as the CDK does in construct IDs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.protocol {
            Protocol::All => return f.write_str("ALL TRAFFIC"),
            Protocol::Icmp => return f.write_str("ALL ICMP"),
            Protocol::Icmpv6 => return f.write_str("ALL ICMPv6"),
            Protocol::Tcp if (self.from, self.to) == (0, 65_535) => {
                return f.write_str("ALL PORTS");
            }
            Protocol::Tcp => "",
            Protocol::Udp => "UDP ",
        };
        if self.from == self.to {
            write!(f, "{prefix}{}", self.from)
        } else {
            write!(f, "{prefix}{}-{}", self.from, self.to)
        }
    }
}
