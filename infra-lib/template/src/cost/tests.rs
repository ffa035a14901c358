use serde_json::{Value as JsonValue, json};

use super::{CostComparison, Costs, Prices, compare_costs, estimate_costs};
use crate::Template;
use crate::assembly::{CloudAssembly, Stack};

fn costs_in(region: Option<&str>, resources: &JsonValue) -> Costs {
    let template = Template::from_json(json!({ "Resources": resources })).unwrap();
    let stack = Stack::builder()
        .id("Web")
        .path("Web")
        .name("notes-web")
        .maybe_region(region)
        .template(template)
        .build();
    estimate_costs(&CloudAssembly::new(vec![stack]), &Prices::built_in(), None)
}

fn costs(resources: &JsonValue) -> Costs {
    costs_in(Some("us-east-1"), resources)
}

fn service(capacity: &JsonValue, definition: &JsonValue) -> JsonValue {
    let mut service = json!({ "TaskDefinition": { "Ref": "Task" }, "DesiredCount": 2 });
    for (key, value) in capacity.as_object().unwrap() {
        service[key] = value.clone();
    }
    json!({
        "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": definition },
        "Service": { "Type": "AWS::ECS::Service", "Properties": service },
    })
}

#[test]
fn prices_tasks_by_processor_and_size() {
    let fargate = json!({ "LaunchType": "FARGATE" });
    let size = |processor: &str| json!({ "Cpu": "256", "Memory": "512", "RuntimePlatform": { "CpuArchitecture": processor } });
    // 730 h * 2 tasks * (0.25 * 0.03238 + 0.5 * 0.00356)
    let arm = costs(&service(&fargate, &size("ARM64")));
    assert_eq!(arm.monthly().to_decimal(4), "14.4175");
    // 730 h * 2 tasks * (0.25 * 0.04048 + 0.5 * 0.004445)
    let intel = costs(&service(&fargate, &size("X86_64")));
    assert_eq!(intel.monthly().to_decimal(4), "18.0201");
    let quantities: Vec<&str> = arm.stacks[0]
        .charges
        .iter()
        .map(|one| &*one.quantity)
        .collect();
    assert_eq!(quantities, ["0.5", "1"]);
    let spot = json!({ "CapacityProviderStrategy": [{ "CapacityProvider": "FARGATE_SPOT" }] });
    let spot = costs(&service(&spot, &size("ARM64")));
    assert_eq!(spot.monthly(), arm.monthly());
    assert!(
        spot.stacks[0]
            .assumptions
            .iter()
            .any(|one| one.contains("Spot"))
    );
    assert!(
        !arm.stacks[0]
            .assumptions
            .iter()
            .any(|one| one.contains("Spot"))
    );
}

#[test]
fn prices_database_by_class_storage_and_secret() {
    let database = |multi: bool| {
        costs(
            &json!({ "Database": { "Type": "AWS::RDS::DBInstance", "Properties": {
            "Engine": "postgres", "DBInstanceClass": "db.t4g.micro", "MultiAZ": multi,
            "StorageType": "gp3", "AllocatedStorage": "20", "ManageMasterUserPassword": true,
        } } }),
        )
    };
    // 730 * 0.016 + 20 * 0.115 + 0.4, and twice the first two for a second zone
    assert_eq!(database(false).monthly().to_decimal(4), "14.3800");
    assert_eq!(database(true).monthly().to_decimal(4), "28.3600");
}

#[test]
fn prices_network_with_nat_and_endpoints() {
    let network = costs(&json!({
        "Nat": { "Type": "AWS::EC2::NatGateway", "Properties": {} },
        "Address": { "Type": "AWS::EC2::EIP", "Properties": {} },
        "S3": { "Type": "AWS::EC2::VPCEndpoint", "Properties": { "VpcEndpointType": "Gateway" } },
        "Logs": { "Type": "AWS::EC2::VPCEndpoint", "Properties": { "VpcEndpointType": "Interface", "SubnetIds": ["a", "b"] } },
    }));
    // 730 * (0.045 + 0.005 + 2 * 0.01)
    assert_eq!(network.monthly().to_decimal(4), "51.1000");
    assert_eq!(network.for_hours(10).to_decimal(4), "0.7000");
    assert!(
        network.stacks[0]
            .not_counted
            .contains("traffic through NAT gateways")
    );
    assert!(network.is_complete());
}

#[test]
fn prices_alarms_keys_and_firewalls_per_month() {
    let costs = costs(&json!({
        "Simple": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "Period": 60 } },
        "Fast": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "Period": 10 } },
        "Math": { "Type": "AWS::CloudWatch::Alarm", "Properties": { "Metrics": [
            { "Id": "r", "Expression": "a / b" }, { "Id": "a", "MetricStat": {} }, { "Id": "b", "MetricStat": {} } ] } },
        "Key": { "Type": "AWS::KMS::Key", "Properties": {} },
        "Firewall": { "Type": "AWS::WAFv2::WebACL", "Properties": { "Rules": [{}, {}] } },
    }));
    // 0.1 + 0.3 + 2 * 0.1 + 1 + 5 + 2
    assert_eq!(costs.monthly().to_decimal(2), "8.60");
}

#[test]
fn prices_addresses_of_public_load_balancer() {
    let balancer = |scheme: &str| {
        costs(
            &json!({ "Balancer": { "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "Properties": { "Scheme": scheme, "Subnets": ["a", "b"] } } }),
        )
    };
    assert_eq!(balancer("internal").monthly().to_decimal(3), "16.425");
    assert_eq!(
        balancer("internet-facing").monthly().to_decimal(3),
        "23.725"
    );
}

#[test]
fn lists_resources_without_known_price() {
    let resources = json!({
        "Search": { "Type": "AWS::OpenSearchService::Domain", "Properties": {} },
        "Database": { "Type": "AWS::RDS::DBInstance", "Properties": {
            "Engine": "postgres", "DBInstanceClass": { "Ref": "Class" } } },
        "Large": { "Type": "AWS::RDS::DBInstance", "Properties": {
            "Engine": "postgres", "DBInstanceClass": "db.x9.huge", "StorageType": "gp3", "AllocatedStorage": "10" } },
        "Service": { "Type": "AWS::ECS::Service", "Properties": { "LaunchType": "EC2" } },
    });
    let costs = costs(&resources);
    assert!(!costs.is_complete());
    let stack = &costs.stacks[0];
    assert!(
        stack
            .unknown_types
            .contains("AWS::OpenSearchService::Domain")
    );
    let reasons: Vec<String> = stack
        .unknown
        .iter()
        .map(|one| format!("{}: {}", one.resource, one.reason))
        .collect();
    assert_eq!(
        reasons,
        [
            "Database: its engine or class is not a literal value",
            "Large: no price is known for `rds.postgres.db.x9.huge.single-az.hour` in us-east-1",
            "Service: it is not known to run on Fargate",
        ]
    );
}

#[test]
fn reports_missing_price_of_other_region() {
    let resources = json!({ "Key": { "Type": "AWS::KMS::Key", "Properties": {} } });
    let elsewhere = costs_in(Some("eu-central-1"), &resources);
    let reason = &elsewhere.stacks[0].unknown[0].reason;
    assert_eq!(
        reason,
        "no price is known for `kms.key.month` in eu-central-1"
    );
    let nowhere = costs_in(None, &resources);
    let reason = &nowhere.stacks[0].unknown[0].reason;
    assert_eq!(
        reason,
        "the region for the price of `kms.key.month` is unknown"
    );
    assert_eq!(nowhere.monthly().to_decimal(2), "0.00");
    assert!(!nowhere.is_complete());
}

#[test]
fn rejects_malformed_price_files() {
    let line = |change: &dyn Fn(&mut JsonValue)| {
        let mut line = json!({
            "meter": "kms.key.month", "region": "eu-central-1", "unit": "month", "price": "1",
            "date": "2026-11-30", "source": "https://aws.amazon.com/kms/pricing/",
        });
        change(&mut line);
        json!({ "currency": "EUR", "hoursPerMonth": 730, "meters": [line] }).to_string()
    };
    assert!(Prices::parse(&line(&|_| ())).is_ok());
    for (change, said) in [
        (("price", json!("-1")), "`price` is `-1`; expected a number"),
        (("date", json!("yesterday")), "`date` is `yesterday`"),
        (("source", json!("somewhere")), "`source` is `somewhere`"),
        (("unit", json!("day")), "unknown variant `day`"),
        (("other", json!(1)), "unknown field `other`"),
    ] {
        let text = line(&|line| line[change.0] = change.1.clone());
        let error = Prices::parse(&text).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let twice = line(&|_| ()).replace("\"meters\":[", "\"meters\":[{\"meter\":\"kms.key.month\",\"region\":\"eu-central-1\",\"unit\":\"month\",\"price\":\"1\",\"date\":\"2026-11-30\",\"source\":\"https://x\"},");
    let error = Prices::parse(&twice).unwrap_err().to_string();
    assert!(error.contains("duplicate"), "{error}");
}

fn compare(before: &JsonValue, after: &JsonValue) -> CostComparison {
    compare_costs(&costs(before), &costs(after))
}

/// Returns name, difference and certainty of each resource that changes.
fn differences(compared: &CostComparison) -> Vec<(String, String, bool)> {
    let resources = compared.stacks.iter().flat_map(|stack| &stack.resources);
    let differences = resources.map(|change| {
        let difference = change.difference().to_signed_decimal(2);
        (
            change.display_name().to_owned(),
            difference,
            change.uncertain,
        )
    });
    differences.collect()
}

fn database(class: &JsonValue) -> JsonValue {
    json!({ "Type": "AWS::RDS::DBInstance", "Properties": {
        "Engine": "postgres", "DBInstanceClass": class, "StorageType": "gp3", "AllocatedStorage": "20" } })
}

#[test]
fn compares_resources_by_meter() {
    let before = json!({
        "Database": database(&json!("db.t4g.micro")),
        "Key": { "Type": "AWS::KMS::Key" }, "Nat": { "Type": "AWS::EC2::NatGateway" },
    });
    let after = json!({
        "Database": database(&json!("db.t4g.large")),
        "Key": { "Type": "AWS::KMS::Key" }, "Address": { "Type": "AWS::EC2::EIP" },
    });
    let compared = compare(&before, &after);
    // 730 * (0.129 - 0.016), -730 * 0.045, 730 * 0.005
    let expected = [
        ("Address", "+3.65"),
        ("Database", "+82.49"),
        ("Nat", "-32.85"),
    ];
    let expected =
        expected.map(|(name, difference)| (name.to_owned(), difference.to_owned(), false));
    assert_eq!(differences(&compared), expected);
    assert_eq!(compared.difference().to_signed_decimal(2), "+53.29");
    assert_eq!(compared.difference(), compared.after() - compared.before());
    let meters = compared.stacks[0].resources[1].meters.iter();
    let meters: Vec<_> = meters
        .map(|one| (&*one.meter, &*one.before, &*one.after))
        .collect();
    assert_eq!(
        meters,
        [
            ("rds.postgres.db.t4g.large.single-az.hour", "0", "1"),
            ("rds.postgres.db.t4g.micro.single-az.hour", "1", "0"),
        ]
    );
    assert_eq!(
        compare(&after, &before).difference().to_signed_decimal(2),
        "-53.29"
    );
    assert!(compare(&after, &after).stacks[0].resources.is_empty());
}

#[test]
fn never_compares_unknown_charges_as_zero() {
    let queue =
        |delay: u32| json!({ "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } });
    let before = json!({
        "Same": queue(1), "Other": queue(1), "Gone": queue(1), "Database": database(&json!("db.t4g.micro")),
    });
    let after = json!({
        "Same": queue(1), "Other": queue(2), "New": queue(1), "Database": database(&json!("db.x9.huge")),
    });
    let compared = compare(&before, &after);
    let expected = [
        ("Database", "-11.68"),
        ("Gone", "0.00"),
        ("New", "0.00"),
        ("Other", "0.00"),
    ];
    let expected =
        expected.map(|(name, difference)| (name.to_owned(), difference.to_owned(), true));
    assert_eq!(differences(&compared), expected);
    assert_eq!(
        (compared.count_uncertain(), compared.count_unknown_alike()),
        (4, 1)
    );
    let database = &compared.stacks[0].resources[0];
    assert_eq!(
        database.after.as_ref().unwrap().unknown,
        ["no price is known for `rds.postgres.db.x9.huge.single-az.hour` in us-east-1"]
    );
}

#[test]
fn compares_unknown_charges_by_parameters_that_they_read() {
    let compare = |old: &str, new: &str| {
        let costs = |class: &str| {
            let template = json!({
                "Parameters": { "Class": { "Type": "String", "Default": class } },
                "Resources": { "Database": database(&json!({ "Ref": "Class" })) },
            });
            let stack = Stack::builder()
                .id("Web")
                .path("Web")
                .name("notes-web")
                .region("us-east-1");
            let stack = stack
                .template(Template::from_json(template).unwrap())
                .build();
            estimate_costs(&CloudAssembly::new(vec![stack]), &Prices::built_in(), None)
        };
        compare_costs(&costs(old), &costs(new)).count_uncertain()
    };
    assert_eq!(compare("db.t4g.micro", "db.t4g.micro"), 0);
    assert_eq!(compare("db.t4g.micro", "db.t4g.large"), 1);
}
