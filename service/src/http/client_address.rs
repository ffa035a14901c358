//! Address of a client, as far as it can be trusted; attempts are counted by it.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use poem::http::HeaderMap;

/// Network of a client: an IPv4 address, or the first 64 bits of an IPv6 address, because one household or machine has all addresses within them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClientAddress(IpAddr);

impl ClientAddress {
    /// Returns the network of the client of a request that came from `peer` through `trusted_hops` trusted proxies.
    ///
    /// Each proxy appends the address of its peer to `X-Forwarded-For`. The last entries are therefore those of the trusted proxies, counted from the
    /// right, and everything further left is a claim of the client. If the header is too short or the entry is invalid, the request did not come
    /// through the proxies, and the client is the peer.
    pub(crate) fn from_headers(
        peer: Option<IpAddr>,
        headers: &HeaderMap,
        trusted_hops: u8,
    ) -> Self {
        let forwarded = usize::from(trusted_hops)
            .checked_sub(1)
            .and_then(|skipped| find_forwarded_entry(headers, skipped));
        let address = forwarded
            .or(peer)
            .unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        Self(to_network(address))
    }

    /// Returns the address that represents the network.
    pub(crate) fn network(self) -> IpAddr {
        self.0
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => address.fmt(f),
            IpAddr::V6(network) => write!(f, "{network}/64"),
        }
    }
}

/// Returns the entry after this number of entries from the right, over all lines of the header.
fn find_forwarded_entry(headers: &HeaderMap, skipped: usize) -> Option<IpAddr> {
    let lines: Vec<&[u8]> = headers
        .get_all("x-forwarded-for")
        .iter()
        .map(poem::http::HeaderValue::as_bytes)
        .collect();
    let entry = lines
        .iter()
        .rev()
        .flat_map(|line| line.rsplit(|byte| *byte == b','))
        .nth(skipped)?;
    parse_address(std::str::from_utf8(entry).ok()?.trim_matches([' ', '\t']))
}

/// Parses an address with an optional port, which some load balancers append.
fn parse_address(text: &str) -> Option<IpAddr> {
    text.parse()
        .ok()
        .or_else(|| text.parse().ok().map(|socket: SocketAddr| socket.ip()))
        .or_else(|| text.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
}

fn to_network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderValue;

    use super::*;

    const PEER: &str = "10.0.0.9";

    fn resolve_client(lines: &[&str], trusted_hops: u8) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            let value = HeaderValue::from_bytes(line.as_bytes()).unwrap();
            headers.append("x-forwarded-for", value);
        }
        ClientAddress::from_headers(Some(PEER.parse().unwrap()), &headers, trusted_hops).to_string()
    }

    #[test]
    fn counts_entries_from_the_right() {
        let table: [(&[&str], u8, &str); 19] = [
            (&[], 0, PEER),
            (&[], 1, PEER),
            (&["203.0.113.7"], 0, PEER),
            (&["203.0.113.7"], 1, "203.0.113.7"),
            (&["203.0.113.7, 10.1.1.1"], 1, "10.1.1.1"),
            (&["203.0.113.7, 10.1.1.1"], 2, "203.0.113.7"),
            (&["6.6.6.6, 203.0.113.7,10.1.1.1"], 2, "203.0.113.7"),
            // Several lines form one list (RFC 9110, section 5.3).
            (&["6.6.6.6", "203.0.113.7", "10.1.1.1"], 2, "203.0.113.7"),
            (&["6.6.6.6, 203.0.113.7", "10.1.1.1"], 2, "203.0.113.7"),
            // The request did not pass all proxies.
            (&["203.0.113.7"], 2, PEER),
            (&["203.0.113.7"], u8::MAX, PEER),
            // Invalid in the entry that counts, valid elsewhere.
            (&["unknown"], 1, PEER),
            (&[""], 1, PEER),
            (&["203.0.113.7,"], 1, PEER),
            (&["\u{e9}, 203.0.113.7"], 1, "203.0.113.7"),
            (&["203.0.113.7:49152"], 1, "203.0.113.7"),
            (&["[2001:db8:1:2:3:4:5:6]:443"], 1, "2001:db8:1:2::/64"),
            (&["2001:db8:1:2:ffff::1"], 1, "2001:db8:1:2::/64"),
            (&["::ffff:203.0.113.7"], 1, "203.0.113.7"),
        ];
        for (lines, hops, expected) in table {
            assert_eq!(
                resolve_client(lines, hops),
                expected,
                "{lines:?} behind {hops}"
            );
        }
    }

    #[test]
    fn ignores_entries_claimed_by_client() {
        let mut random = 11_u64;
        let mut next = move || {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(random >> 40).unwrap()
        };
        let parts = [
            "1.2.3.4", "::1", "unknown", "", " ", ",", "\t", "[", "\"x\"", "é",
        ];
        for _ in 0..2_000 {
            let claim: String = (0..next() % 8)
                .map(|_| parts[next() % parts.len()])
                .collect();
            let line = format!("{claim}, 198.51.100.4, 10.1.1.1");
            assert_eq!(resolve_client(&[&line], 2), "198.51.100.4", "{line}");
            let lines = [claim.as_str(), "198.51.100.4", "10.1.1.1"];
            assert_eq!(resolve_client(&lines, 2), "198.51.100.4", "{lines:?}");
            assert_eq!(resolve_client(&[&line], 0), PEER);
        }
    }

    #[test]
    fn uses_unspecified_address_without_peer() {
        let nobody = ClientAddress::from_headers(None, &HeaderMap::new(), 0);
        assert_eq!(nobody.to_string(), "::/64");
    }
}
