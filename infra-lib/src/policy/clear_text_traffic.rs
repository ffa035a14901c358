//! Policy INF5010: reports listeners and distributions that allow traffic without TLS, or with an insecure version of
//! it.
//!
//! It skips listeners of internal load balancers, and distributions with CloudFront's own domain, whose TLS version
//! cannot be chosen.

use super::{Rule, list_items, property_finding, text_at};
use crate::core::template::{Template, TemplateResource};
use crate::core::{Data, Diagnostic, Expr, Target, codes};

/// Security policies of load balancers that accept TLS 1.0 or 1.1.
const OLD_LISTENER_POLICIES: &[&str] = &[
    "ELBSecurityPolicy-2015-05",
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-FS-1-1-2019-08",
    "ELBSecurityPolicy-FS-2018-06",
    "ELBSecurityPolicy-TLS-1-0-2015-04",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "ELBSecurityPolicy-TLS13-1-1-2021-06",
];

/// Minimum protocol versions of CloudFront that accept TLS 1.0 or 1.1.
const OLD_VIEWER_VERSIONS: &[&str] = &["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016"];

pub(super) const RULE: Rule = Rule {
    code: codes::CLEAR_TEXT_TRAFFIC,
    check: |template, findings| {
        for listener in template.resources_of_type("AWS::ElasticLoadBalancingV2::Listener") {
            check_listener(template, listener, findings);
        }
        for distribution in template.resources_of_type("AWS::CloudFront::Distribution") {
            check_distribution(distribution, findings);
        }
    },
};

fn check_listener(
    template: &Template,
    listener: &TemplateResource,
    findings: &mut Vec<Diagnostic>,
) {
    match listener.prop("Protocol").and_then(Data::as_text) {
        Some("HTTP") if faces_internet(template, listener) && !is_redirect_only(listener) => findings
            .push(
            property_finding(
                RULE.code,
                listener,
                "Protocol",
                "this listener accepts unencrypted traffic, including passwords",
            )
            .actual("HTTP")
            .help(
                "redirect to HTTPS, or use CloudFront with a VPC origin in front of the load balancer",
            ),
        ),
        Some("HTTPS" | "TLS") => {
            let policy = listener.prop("SslPolicy");
            let old = policy.is_none()
                || policy
                    .and_then(Data::as_text)
                    .is_some_and(|name| OLD_LISTENER_POLICIES.contains(&name));
            if old {
                findings.push(
                    property_finding(
                        RULE.code,
                        listener,
                        "SslPolicy",
                        "the listener accepts TLS 1.0",
                    )
                    .actual(
                        policy
                            .and_then(Data::as_text)
                            .unwrap_or("not set")
                            .to_owned(),
                    )
                    .help("set `ELBSecurityPolicy-TLS13-1-2-2021-06` or a newer one"),
                );
            }
        }
        _ => {}
    }
}

fn is_redirect_only(listener: &TemplateResource) -> bool {
    let actions = list_items(listener.prop("DefaultActions"));
    !actions.is_empty()
        && actions
            .iter()
            .all(|action| text_at(action, "Type") == Some("redirect"))
}

/// Returns `true` unless the load balancer is in the same template and its scheme is internal.
fn faces_internet(template: &Template, listener: &TemplateResource) -> bool {
    let Some(Expr::Ref(Target::Name(name))) =
        listener.prop("LoadBalancerArn").and_then(Data::as_expr)
    else {
        return false;
    };
    template.resource(name).is_some_and(|balancer| {
        balancer
            .prop("Scheme")
            .and_then(Data::as_text)
            .is_none_or(|scheme| scheme == "internet-facing")
    })
}

fn check_distribution(distribution: &TemplateResource, findings: &mut Vec<Diagnostic>) {
    let version = distribution
        .prop("DistributionConfig.ViewerCertificate.MinimumProtocolVersion")
        .and_then(Data::as_text);
    if let Some(version) = version.filter(|version| OLD_VIEWER_VERSIONS.contains(version)) {
        findings.push(
            property_finding(
                RULE.code,
                distribution,
                "DistributionConfig.ViewerCertificate.MinimumProtocolVersion",
                "the distribution accepts TLS 1.0",
            )
            .actual(version.to_owned())
            .help("set `TLSv1.2_2021` or a newer one"),
        );
    }
    let default = (
        "DistributionConfig.DefaultCacheBehavior".to_owned(),
        distribution.prop("DistributionConfig.DefaultCacheBehavior"),
    );
    let others = list_items(distribution.prop("DistributionConfig.CacheBehaviors"));
    let others = others.iter().enumerate().map(|(at, behavior)| {
        (
            format!("DistributionConfig.CacheBehaviors.{at}"),
            Some(behavior),
        )
    });
    for (path, behavior) in std::iter::once(default).chain(others) {
        if behavior.and_then(|behavior| text_at(behavior, "ViewerProtocolPolicy"))
            == Some("allow-all")
        {
            findings.push(
                property_finding(
                    RULE.code,
                    distribution,
                    &format!("{path}.ViewerProtocolPolicy"),
                    "the distribution answers over HTTP",
                )
                .actual("allow-all")
                .help("set `redirect-to-https`, or `https-only` for an API"),
            );
        }
    }
}
