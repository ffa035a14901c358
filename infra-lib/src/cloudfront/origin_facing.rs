//! Addresses from which CloudFront calls origins, as prefix lists by region.

use infra_schema::prefix_lists::CLOUDFRONT_ORIGIN_FACING as PREFIX_LISTS;

use crate::core::intrinsics::find_in_map;
use crate::ec2::{Peer, Port, SecurityGroup};
use crate::{Construct, Data, Diagnostic, Mapping, Scope, Value, codes, pseudo, value};

/// ID of the mapping in the stack of a load balancer whose region is known only at deployment.
const MAPPING: &str = "CloudFrontOriginFacing";

/// Allows CloudFront to connect to members of `group` on `port`. The rule is in the group's own stack and refers to
/// nothing outside it.
#[track_caller]
pub(super) fn allow_cloudfront<'app>(
    user: Scope<'app>,
    group: &SecurityGroup<'app>,
    port: u16,
    chosen: Option<&str>,
) {
    let region = group
        .scope()
        .stack()
        .and_then(|stack| stack.environment().region);
    let known = |region: &str| {
        PREFIX_LISTS
            .iter()
            .find(|(name, _)| *name == region)
            .map(|(_, list)| *list)
    };
    let list: Value<String> = match (chosen, &region) {
        (Some(chosen), _) => value(chosen),
        (None, Some(region)) => match known(region) {
            Some(list) => value(list),
            None => return report_unknown_region(user, group.scope(), region),
        },
        (None, None) => {
            let Some(stack) = group.scope().stack() else {
                return;
            };
            find_in_map(
                prefix_list_mapping(stack.scope()),
                pseudo::region(),
                "PrefixListId",
            )
        }
    };
    group.allow_ingress(
        &Peer::prefix_list(list.cast::<crate::Id<crate::kind::ec2::PrefixList>>()),
        Port::tcp(port),
        "from CloudFront",
    );
}

/// Returns the mapping of the stack; sites in the same stack share it.
fn prefix_list_mapping(stack: Scope<'_>) -> Mapping<'_> {
    stack
        .child(MAPPING)
        .and_then(Mapping::from_scope)
        .unwrap_or_else(|| {
            Mapping::new(
                stack,
                MAPPING,
                PREFIX_LISTS.map(|(region, list)| (region, [("PrefixListId", Data::from(list))])),
            )
        })
}

fn report_unknown_region(user: Scope<'_>, group: Scope<'_>, region: &str) {
    let regions: Vec<&str> = PREFIX_LISTS.iter().map(|(name, _)| *name).collect();
    user.report(
        Diagnostic::new(codes::ORIGIN_REGION, format!("the prefix list of CloudFront in {region} is not known"))
            .actual(region)
            .expected(regions.join(", "))
            .related("the security group of the load balancer is created here", group.origin())
            .help("set its ID with `.prefix_list(\"pl-…\")`; `aws ec2 describe-managed-prefix-lists` shows it"),
    );
}
