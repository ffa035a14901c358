//! Tests of the regions that the system can be delivered to.

use infra_runtime::ExitCode;
use infra_runtime::testing::Invocation;
use serde_json::Value;

fn template(stack: &str, setting: &str) -> Value {
    let arguments = ["synth", "--stack", stack, "--env", "prod", "--set", setting];
    let outcome = Invocation::new(arguments).run(infra_app::build);
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{outcome}"))
}

/// Returns a statement of a role or managed policy of the delivery.
fn statement(template: &Value, id: &str, sid: &str) -> String {
    let resources = template["Resources"].as_object().expect("resources");
    let (_, resource) = resources
        .iter()
        .find(|(name, _)| name.starts_with(id))
        .expect("the role or policy");
    let properties = &resource["Properties"];
    let document = match &properties["PolicyDocument"] {
        Value::Null => &properties["Policies"][0]["PolicyDocument"],
        document => document,
    };
    let found = document["Statement"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|statement| statement["Sid"] == sid);
    found.expect("the statement").to_string()
}

#[test]
fn grants_delivery_roles_access_in_app_and_edge_regions() {
    for (region, edge_is_elsewhere) in [
        ("us-east-1", false),
        ("eu-central-1", true),
        ("ap-southeast-2", true),
        ("ca-central-1", true),
    ] {
        let foundation = template("Foundation", &format!("region={region}"));
        for (id, sid) in [
            ("DeliveryPlanRole", "CreateChangeSets"),
            ("DeliveryDeployRole", "Deploy"),
            ("DeliveryExecutionPolicy", "Regional"),
        ] {
            let text = statement(&foundation, id, sid);
            assert!(text.contains("AWS::Region"), "{region}: {text}");
            assert_eq!(text.contains("us-east-1"), edge_is_elsewhere, "{text}");
        }
    }
}

#[test]
fn rejects_regions_of_partitions_without_us_east_1() {
    for region in [
        "us-gov-west-1",
        "cn-north-1",
        "us-iso-east-1",
        "eusc-de-east-1",
    ] {
        let setting = format!("region={region}");
        let arguments = ["validate", "--env", "prod", "--set", &setting];
        let outcome = Invocation::new(arguments).run(infra_app::build);
        assert_ne!(outcome.exit_code, ExitCode::Ok, "{region}");
        assert!(outcome.stderr.contains("INF6002"), "{outcome}");
        assert!(outcome.stderr.contains("property: region"), "{outcome}");
    }
}

/// Every role of the app, in every stack and environment, has the permissions boundary that the execution role requires.
#[test]
fn sets_permissions_boundary_on_all_app_roles() {
    for environment in ["dev", "prod"] {
        let mut found = 0;
        for stack in [
            "Network",
            "Data",
            "Migration",
            "Service",
            "Edge",
            "Observability",
        ] {
            let arguments = ["synth", "--stack", stack, "--env", environment];
            let outcome = Invocation::new(arguments).run(infra_app::build);
            let template: Value = serde_json::from_str(&outcome.stdout).expect("a template");
            for (name, resource) in template["Resources"].as_object().into_iter().flatten() {
                if resource["Type"] == "AWS::IAM::Role" {
                    found += 1;
                    let limit = resource["Properties"]["PermissionsBoundary"]["Fn::Sub"].as_str();
                    let name_of_it = format!("policy/delivery/notes-{environment}-boundary");
                    assert!(
                        limit.is_some_and(|limit| limit.ends_with(&name_of_it)),
                        "{stack}/{name}: {limit:?}"
                    );
                }
            }
        }
        assert!(found >= 6, "{found}");
    }
}
