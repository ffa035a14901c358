//! Logical IDs are those of the AWS CDK.

use infra_core::logical_id::logical_id;
use serde_json::Value as JsonValue;

#[test]
fn derives_same_logical_ids_as_aws_cdk_lib() {
    let fixture = include_str!("../fixtures/cdk-logical-ids.json");
    let cases: JsonValue = serde_json::from_str(fixture).unwrap();
    let cases = cases.as_array().unwrap();
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    for case in cases {
        let path: Vec<&str> = case["path"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect();
        assert_eq!(
            logical_id(&path),
            case["logical_id"].as_str().unwrap(),
            "path {path:?}"
        );
    }
}
