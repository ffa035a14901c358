//! Division of a VPC's address block among its subnets.
//!
//! The block is divided into four equal parts: public, private, isolated, and one that stays free. Subnet number n of
//! a tier starts at n times the subnet size within the tier's part. By default a subnet takes a quarter of the part
//! (an eighth with five or six zones). Adding a zone therefore moves no subnet, and `10.0.0.0/16` gives subnets of
//! 4,091 usable addresses (AWS reserves [five in
//! each](https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html)).

use super::{Cidr, Tier};

/// Returns the blocks of a tier's subnets, or the reason why they do not fit.
pub(super) fn subnets_of(
    block: Cidr,
    tier: Tier,
    zones: usize,
    mask: Option<u8>,
) -> Result<Vec<Cidr>, String> {
    #[expect(clippy::cast_possible_truncation, reason = "three tiers")]
    let part = block.subnet(block.prefix() + 2, tier.tier_index() as u32);
    let part = part.ok_or_else(|| format!("{block} cannot be divided into four parts"))?;
    let mask = mask.unwrap_or(part.prefix() + if zones > 4 { 3 } else { 2 });
    if !(16..=28).contains(&mask) {
        return Err(format!(
            "{tier} subnets would be /{mask}; EC2 accepts /16 to /28"
        ));
    }
    let fit = || {
        format!(
            "{zones} {tier} subnets of /{mask} do not fit into {part}, a quarter of the VPC's {block}"
        )
    };
    (0..)
        .take(zones)
        .map(|zone| part.subnet(mask, zone).ok_or_else(fit))
        .collect()
}
