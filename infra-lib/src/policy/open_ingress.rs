//! Policy INF5003: reports security groups that allow inbound traffic from the whole internet.
//!
//! It accepts ports 80 and 443 of an internet-facing load balancer if both are in the same template.

use super::{Rule, list_items, property_finding, text_at};
use crate::core::template::{Template, TemplateResource};
use crate::core::{Data, Diagnostic, codes};

pub(super) const RULE: Rule = Rule {
    code: codes::OPEN_INGRESS,
    check: |template, findings| {
        for group in template.resources_of_type("AWS::EC2::SecurityGroup") {
            for (at, rule) in list_items(group.prop("SecurityGroupIngress"))
                .iter()
                .enumerate()
            {
                let faces_internet = is_of_public_load_balancer(template, &group.logical_id);
                check_rule(
                    group,
                    &format!("SecurityGroupIngress.{at}"),
                    rule,
                    faces_internet,
                    findings,
                );
            }
        }
        for rule in template.resources_of_type("AWS::EC2::SecurityGroupIngress") {
            let faces_internet = rule
                .prop("GroupId")
                .is_some_and(|group| points_at_public_load_balancer(template, group));
            let data = Data::Map(rule.properties.clone());
            check_rule(rule, "CidrIp", &data, faces_internet, findings);
        }
    },
};

fn check_rule(
    resource: &TemplateResource,
    property: &str,
    rule: &Data,
    faces_internet: bool,
    findings: &mut Vec<Diagnostic>,
) {
    let source = text_at(rule, "CidrIp").or_else(|| text_at(rule, "CidrIpv6"));
    let Some(source @ ("0.0.0.0/0" | "::/0")) = source else {
        return;
    };
    let port = |key: &str| {
        rule.as_map()
            .and_then(|map| map.get(key))
            .and_then(Data::as_int)
    };
    let ports = (port("FromPort"), port("ToPort"));
    if faces_internet && matches!(ports, (Some(80), Some(80)) | (Some(443), Some(443))) {
        return;
    }
    let what = match ports {
        (Some(from), Some(to)) if from == to => format!("port {from}"),
        (Some(from), Some(to)) => format!("ports {from} to {to}"),
        _ => "every port".to_owned(),
    };
    findings.push(
        property_finding(
            RULE.code,
            resource,
            property,
            format!("{what} is open to the whole internet"),
        )
        .actual(source.to_owned())
        .help("allow only the security group or prefix list that needs access, such as the prefix list of CloudFront"),
    );
}

fn points_at_public_load_balancer(template: &Template, group: &Data) -> bool {
    let mut found = false;
    for candidate in template.resources_of_type("AWS::EC2::SecurityGroup") {
        if refers_to(group, &candidate.logical_id) {
            found |= is_of_public_load_balancer(template, &candidate.logical_id);
        }
    }
    found
}

fn is_of_public_load_balancer(template: &Template, group: &str) -> bool {
    template
        .resources_of_type("AWS::ElasticLoadBalancingV2::LoadBalancer")
        .filter(|balancer| {
            let scheme = balancer.prop("Scheme").and_then(Data::as_text);
            scheme.is_none_or(|scheme| scheme == "internet-facing")
        })
        .any(|balancer| {
            let groups = balancer.prop("SecurityGroups");
            groups.is_some_and(|groups| refers_to(groups, group))
        })
}

fn refers_to(data: &Data, logical_id: &str) -> bool {
    use crate::core::{Expr, Target};
    let mut found = false;
    data.for_each_expr(&mut |expr| {
        if let Expr::Ref(Target::Name(name)) | Expr::GetAtt(Target::Name(name), _) = expr {
            found |= name == logical_id;
        }
    });
    found
}
