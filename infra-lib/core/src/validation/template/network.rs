//! CIDR blocks of the subnets of a VPC: each lies inside a block of the VPC, and none overlaps another.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::TemplateCheck;
use crate::diagnostic::{Diagnostic, codes};
use crate::validation::literal_text;
use crate::validation::view::View;

const SUBNETS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";

/// Properties with which AWS chooses a block.
const CHOSEN: [&str; 5] = [
    "AmazonProvidedIpv6CidrBlock",
    "Ipv4IpamPoolId",
    "Ipv6IpamPoolId",
    "Ipv6Pool",
    "Ipv6CidrBlockNetworkBorderGroup",
];

/// A range of addresses of one family.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Block {
    is_v6: bool,
    first: u128,
    last: u128,
}

impl Block {
    /// Reads a block such as `10.0.0.0/16`. Bits behind the prefix are ignored.
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.trim().split_once('/')?;
        let prefix: u32 = prefix.parse().ok()?;
        let (is_v6, bits, length) = match address.parse().ok()? {
            IpAddr::V4(address) => (false, u128::from(address.to_bits()), 32),
            IpAddr::V6(address) => (true, address.to_bits(), 128),
        };
        let free = u32::checked_sub(length, prefix)?;
        let mask = 1_u128.checked_shl(free).unwrap_or_default().wrapping_sub(1);
        Some(Self {
            is_v6,
            first: bits & !mask,
            last: bits | mask,
        })
    }

    fn contains(self, other: Self) -> bool {
        self.is_v6 == other.is_v6 && self.first <= other.first && other.last <= self.last
    }

    fn overlaps(self, other: Self) -> bool {
        self.is_v6 == other.is_v6 && self.first <= other.last && other.first <= self.last
    }
}

/// A block of a subnet as written.
struct SubnetBlock<V> {
    subnet: usize,
    value: V,
    property: &'static str,
    block: Block,
}

pub(super) fn check_blocks<'t, V: View<'t>>(check: &mut TemplateCheck<'_, 't, V>) {
    let mut by_vpc: BTreeMap<String, Vec<SubnetBlock<V>>> = BTreeMap::new();
    for subnet in check.list_type("AWS::EC2::Subnet") {
        let vpc = check.property(subnet, "VpcId");
        let Some(key) = vpc.and_then(|vpc| check.identity(vpc)) else {
            continue;
        };
        for property in ["CidrBlock", "Ipv6CidrBlock"] {
            let Some(value) = check.property(subnet, property) else {
                continue;
            };
            let text = literal_text(value);
            if let Some(block) = text.as_deref().and_then(Block::parse) {
                by_vpc.entry(key.clone()).or_default().push(SubnetBlock {
                    subnet,
                    value,
                    property,
                    block,
                });
            }
        }
    }
    for blocks in by_vpc.values() {
        check_overlaps(check, blocks);
        let first = blocks
            .first()
            .and_then(|one| check.property(one.subnet, "VpcId"));
        if let Some(vpc) = first.and_then(|vpc| check.referenced(vpc)) {
            check_inside(check, vpc, blocks);
        }
    }
}

fn check_overlaps<'t, V: View<'t>>(
    check: &mut TemplateCheck<'_, 't, V>,
    blocks: &[SubnetBlock<V>],
) {
    for (at, one) in blocks.iter().enumerate() {
        let other = blocks[..at].iter().find(|other| {
            other.subnet != one.subnet
                && other.block.overlaps(one.block)
                && (check.coexist)(&[other.subnet, one.subnet])
        });
        let Some(other) = other else { continue };
        let shown = |block: &SubnetBlock<V>| literal_text(block.value).unwrap_or_default();
        let message = format!(
            "the block {} overlaps {} of the subnet `{}` in the same VPC",
            shown(one),
            shown(other),
            check.resources[other.subnet].name
        );
        let diagnostic = Diagnostic::new(codes::OVERLAPPING_SUBNETS, message)
            .property(one.property)
            .actual(shown(one))
            .help("give each subnet a block of its own")
            .url(SUBNETS);
        let related = Some(("the other block".to_owned(), other.value));
        check.add_finding(one.subnet, one.value, diagnostic, related);
    }
}

/// Reports blocks outside the blocks of a VPC of this template, if all of them are known.
fn check_inside<'t, V: View<'t>>(
    check: &mut TemplateCheck<'_, 't, V>,
    vpc: usize,
    blocks: &[SubnetBlock<V>],
) {
    let vpc_name = check.resources[vpc].name;
    let mut known = Vec::new();
    let mut shown = Vec::new();
    let associations = check.list_type("AWS::EC2::VPCCidrBlock").into_iter();
    let own = associations.filter(|one| {
        let value = check.property(*one, "VpcId");
        value.and_then(|value| check.referenced(value)) == Some(vpc)
    });
    for resource in own.chain([vpc]).collect::<Vec<_>>() {
        if CHOSEN.iter().any(|name| !check.is_absent(resource, name)) {
            return;
        }
        for property in ["CidrBlock", "Ipv6CidrBlock"] {
            let Some(value) = check.property(resource, property) else {
                continue;
            };
            let text = literal_text(value);
            let Some(block) = text.as_deref().and_then(Block::parse) else {
                return;
            };
            known.push(block);
            shown.extend(text);
        }
    }
    for one in blocks {
        let same_family = known.iter().any(|block| block.is_v6 == one.block.is_v6);
        if !same_family || known.iter().any(|block| block.contains(one.block)) {
            continue;
        }
        let written = literal_text(one.value).unwrap_or_default();
        let message = format!("the block {written} is outside the VPC `{vpc_name}`");
        let diagnostic = Diagnostic::new(codes::OVERLAPPING_SUBNETS, message)
            .property(one.property)
            .actual(written)
            .expected(format!("a part of {}", shown.join(" or ")))
            .url(SUBNETS);
        check.add_finding(one.subnet, one.value, diagnostic, None);
    }
}

#[cfg(test)]
mod tests {
    use super::Block;

    #[test]
    fn compares_blocks() {
        let block = |text| Block::parse(text).unwrap();
        assert!(block("10.0.0.0/16").contains(block("10.0.255.0/24")));
        assert!(!block("10.0.0.0/16").contains(block("10.1.0.0/24")));
        assert!(block("0.0.0.0/0").contains(block("255.255.255.255/32")));
        assert!(block("::/0").contains(block("2001:db8::/64")));
        assert!(!block("::/0").contains(block("10.0.0.0/8")));
        assert!(block("10.0.0.0/24").overlaps(block("10.0.0.128/25")));
        assert!(!block("10.0.0.0/25").overlaps(block("10.0.0.128/25")));
        assert!(block("2001:db8::/56").overlaps(block("2001:db8:0:1::/64")));
        for wrong in ["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/129", "/8", "a/8"] {
            assert_eq!(Block::parse(wrong), None, "{wrong}");
        }
    }
}
