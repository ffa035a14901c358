//! Rules that accept several ways, beside the one change of `mutations.txt`.

use infra_packs::{Pack, PackSet, Verdict};
use serde_json::{Value, json};

/// Returns the verdict of a rule about the first resource to which it applies.
fn find_verdict(rule: &str, resources: &Value) -> Option<Verdict> {
    let results = PackSet::new(Pack::ALL).assess("t", &json!({"Resources": resources}));
    let found = results.into_iter().find(|result| result.rule.id() == rule);
    found.map(|result| result.verdict)
}

fn verdict(rule: &str, resources: &Value) -> Verdict {
    find_verdict(rule, resources).unwrap()
}

fn failed(property: &str, actual: Option<&str>) -> Verdict {
    Verdict::Failed {
        property: property.to_owned(),
        actual: actual.map(str::to_owned),
    }
}

fn undecided(property: &str) -> Verdict {
    Verdict::Undecided {
        property: property.to_owned(),
    }
}

/// With `match-viewer`, CloudFront speaks to the origin as the viewer speaks to CloudFront.
#[test]
fn accepts_the_protocol_of_viewers_if_all_of_them_use_tls() {
    let check = |policy: &str, default: Value, others: Value| {
        let site = json!({"Site": {"Type": "AWS::CloudFront::Distribution", "Properties": {"DistributionConfig": {
            "DefaultCacheBehavior": {"ViewerProtocolPolicy": default},
            "CacheBehaviors": others,
            "Origins": [{"Id": "api", "CustomOriginConfig": {"OriginProtocolPolicy": policy}}],
        }}}});
        verdict("cloudfront-origin-tls", &site)
    };
    let behaviours = |policy: &str| json!([{"ViewerProtocolPolicy": "https-only"}, {"ViewerProtocolPolicy": policy}]);
    let place = "DistributionConfig.Origins.0.CustomOriginConfig.OriginProtocolPolicy";
    let passed = Verdict::Passed;
    for tls in ["https-only", "redirect-to-https"] {
        assert_eq!(check("match-viewer", json!(tls), json!([])), passed);
        assert_eq!(check("match-viewer", json!(tls), Value::Null), passed);
        assert_eq!(check("match-viewer", json!(tls), behaviours(tls)), passed);
    }
    let open = failed(place, Some("match-viewer"));
    assert_eq!(
        check("match-viewer", json!("allow-all"), behaviours("https-only")),
        open
    );
    assert_eq!(
        check("match-viewer", json!("https-only"), behaviours("allow-all")),
        open
    );
    assert_eq!(
        check("https-only", json!("allow-all"), behaviours("allow-all")),
        passed
    );
    assert_eq!(
        check("http-only", json!("https-only"), json!([])),
        failed(place, Some("http-only"))
    );
    assert!(matches!(
        check("match-viewer", json!({"Ref": "Policy"}), json!([])),
        Verdict::Undecided { .. }
    ));
}

#[test]
fn knows_the_default_of_postgresql_for_tls() {
    let check = |instance: Value, family: &str, parameters: Value| {
        let mut instance = instance;
        instance["Engine"] = json!("postgres");
        let resources = json!({
            "Database": {"Type": "AWS::RDS::DBInstance", "Properties": instance},
            "Group": {"Type": "AWS::RDS::DBParameterGroup", "Properties": {"Family": family, "Parameters": parameters}},
        });
        verdict("rds-postgres-tls", &resources)
    };
    let none = || json!({});
    let group = || json!({"DBParameterGroupName": {"Ref": "Group"}});
    let passed = Verdict::Passed;
    assert_eq!(check(none(), "", none()), passed);
    assert_eq!(check(json!({"EngineVersion": "17.2"}), "", none()), passed);
    let old = check(json!({"EngineVersion": "14.9"}), "", none());
    assert_eq!(old, failed("DBParameterGroupName", None));
    assert_eq!(check(group(), "postgres15", none()), passed);
    assert_eq!(
        check(group(), "postgres14", none()),
        failed("DBParameterGroupName", None)
    );
    let on = json!({"rds.force_ssl": 1});
    assert_eq!(check(group(), "postgres14", on), passed);
    let off = json!({"rds.force_ssl": "0"});
    assert_eq!(
        check(group(), "postgres17", off),
        failed("DBParameterGroupName", None)
    );
    let imported = json!({"DBParameterGroupName": "shared"});
    assert_eq!(
        check(imported, "", none()),
        undecided("DBParameterGroupName")
    );
}

#[test]
fn follows_the_policies_that_a_listener_names() {
    let strong = "ELBSecurityPolicy-TLS-1-2-2017-01";
    let find = |listener: Value, policies: Value| {
        let balancer = json!({"Balancer": {"Type": "AWS::ElasticLoadBalancing::LoadBalancer", "Properties": {
            "Listeners": [{"Protocol": "HTTP"}, listener], "Policies": policies,
        }}});
        find_verdict("classic-lb-tls-policy", &balancer)
    };
    let check = |listener: Value, policies: Value| find(listener, policies).unwrap();
    let tls = |names: Value| json!({"Protocol": "https", "PolicyNames": names});
    let policies = |value: Value| json!([{"PolicyName": "sticky"}, {"PolicyName": "tls", "Attributes": [{"Name": "Reference-Security-Policy", "Value": value}]}]);
    let place = "Listeners.1.PolicyNames";
    let passed = Verdict::Passed;
    assert_eq!(
        check(tls(json!(["sticky", "tls"])), policies(json!(strong))),
        passed
    );
    // A policy that no listener names has no effect.
    assert_eq!(
        check(tls(json!(["sticky"])), policies(json!(strong))),
        failed(place, None)
    );
    assert_eq!(
        check(json!({"Protocol": "SSL"}), policies(json!(strong))),
        failed(place, None)
    );
    assert_eq!(
        check(
            tls(json!(["tls"])),
            policies(json!("ELBSecurityPolicy-2016-08"))
        ),
        failed(place, None)
    );
    assert_eq!(
        check(tls(json!(["tls"])), policies(json!({"Ref": "Policy"}))),
        undecided(place)
    );
    assert_eq!(
        check(tls(json!([{"Ref": "Name"}])), policies(json!(strong))),
        undecided(place)
    );
    assert_eq!(find(json!({"Protocol": "TCP"}), json!([])), None);
}

#[test]
fn forbids_a_related_resource() {
    let check = |portfolio: Value| {
        let resources = json!({
            "Portfolio": {"Type": "AWS::ServiceCatalog::Portfolio", "Properties": {}},
            "Share": {"Type": "AWS::ServiceCatalog::PortfolioShare", "Properties": {"PortfolioId": portfolio}},
        });
        verdict("servicecatalog-no-account-shares", &resources)
    };
    assert_eq!(check(json!("port-0123456789abc")), Verdict::Passed);
    assert_eq!(check(json!({"Ref": "Portfolio"})), failed("", None));
    assert_eq!(check(json!({"Ref": "Id"})), undecided(""));
}
