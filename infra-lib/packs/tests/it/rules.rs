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
