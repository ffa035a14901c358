use serde_json::{Value as JsonValue, json};

use super::{
    CostComparison, CostModel, Costs, Prices, Usage, UsageAmount, UsageKind, compare_costs,
    estimate_costs,
};
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
    // Route 53 has one price for all regions.
    let zone = json!({ "Zone": { "Type": "AWS::Route53::HostedZone", "Properties": {} } });
    for region in [Some("eu-central-1"), None] {
        let zone = costs_in(region, &zone);
        assert_eq!(zone.monthly().to_decimal(2), "0.50");
        assert!(zone.is_complete());
    }
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
    assert_eq!(compared.certain_difference(), compared.difference());
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
    // The charge of the former class is no saving while that of the next one is unknown.
    assert!(compared.certain_difference().is_zero());
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

/// Estimates resources of us-east-1 with assumed use of subjects.
fn costs_with(usage: &[(&str, UsageKind, &str)], resources: &JsonValue) -> Costs {
    let template = Template::from_json(json!({ "Resources": resources })).unwrap();
    let stack = Stack::builder()
        .id("Web")
        .path("Web")
        .name("notes-web")
        .region("us-east-1")
        .template(template)
        .build();
    let usage = usage
        .iter()
        .fold(Usage::new(), |usage, (subject, kind, amount)| {
            usage.with_amount(*subject, *kind, UsageAmount::parse(amount).unwrap())
        });
    let model = CostModel::new(Prices::built_in()).with_usage(usage);
    model.estimate_stacks(&[&stack])
}

#[test]
fn prices_assumed_use() {
    let resources = json!({
        "Nat": { "Type": "AWS::EC2::NatGateway" },
        "Key": { "Type": "AWS::KMS::Key" },
        "Logs": { "Type": "AWS::Logs::LogGroup" },
        "Audit": { "Type": "AWS::Logs::LogGroup" },
        "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Cpu": "512", "Memory": "1024" } },
    });
    let usage = [
        ("Web/Nat", UsageKind::Gigabytes, "100.5"),
        ("AWS::KMS::Key", UsageKind::Requests, "25000"),
        ("AWS::Logs::LogGroup", UsageKind::Gigabytes, "10"),
        ("AWS::Logs::LogGroup", UsageKind::StoredGigabytes, "40"),
        ("Web/Audit", UsageKind::Gigabytes, "0"),
        ("Web/Task", UsageKind::Hours, "20"),
    ];
    let (plain, used) = (costs(&resources), costs_with(&usage, &resources));
    let by_use = used.stacks[0].charges.iter().filter(|one| one.is_usage);
    let amounts: Vec<(&str, &str, &str, String)> = by_use
        .map(|one| {
            let amount = one.monthly.to_decimal(4);
            (&*one.resource, &*one.meter, &*one.quantity, amount)
        })
        .collect();
    let expected = [
        // 100.5 * 0.045
        ("Nat", "ec2.nat-gateway.gb", "100.5", "4.5225"),
        // 25000 / 10000 * 0.03
        ("Key", "kms.request", "25000", "0.0750"),
        ("Logs", "logs.ingestion.gb", "10", "5.0000"),
        ("Logs", "logs.storage.gb-month", "40", "1.2000"),
        ("Audit", "logs.ingestion.gb", "0", "0.0000"),
        ("Audit", "logs.storage.gb-month", "40", "1.2000"),
        // 20 h * 0.5 vCPU * 0.04048, 20 h * 1 GB * 0.004445
        ("Task", "fargate.x86-64.vcpu-hour", "10", "0.4048"),
        ("Task", "fargate.x86-64.gb-hour", "20", "0.0889"),
    ];
    let expected =
        expected.map(|(id, meter, quantity, amount)| (id, meter, quantity, amount.to_owned()));
    assert_eq!(amounts, expected);
    let difference = used.monthly() - plain.monthly();
    assert_eq!(difference.to_decimal(4), "12.4912");
    let stack = &used.stacks[0];
    assert_eq!(stack.usage.len(), 7, "{:?}", stack.usage);
    assert!(
        stack
            .assumptions
            .contains("use is counted at the price of the first tier")
    );
    // Use without a single number stays listed, and without assumptions all of it.
    let left: Vec<&str> = stack.not_counted.iter().copied().collect();
    assert_eq!(left, ["older versions of keys"]);
    assert_eq!(plain.stacks[0].not_counted.len(), 6);
    assert!(plain.stacks[0].usage.is_empty() && plain.stacks[0].assumptions.is_empty());
}

#[test]
fn reports_assumed_use_without_price_as_unknown() {
    let resources = json!({
        "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Cpu": { "Ref": "Cpu" } } },
        "Flow": { "Type": "AWS::EC2::FlowLog", "Properties": { "LogDestinationType": "kinesis-data-firehose" } },
        "Nat": { "Type": "AWS::EC2::NatGateway" },
    });
    let usage = [
        ("AWS::ECS::TaskDefinition", UsageKind::Hours, "20"),
        ("AWS::EC2::FlowLog", UsageKind::Gigabytes, "1"),
        ("AWS::EC2::NatGateway", UsageKind::Gigabytes, "999999999999"),
    ];
    let found = costs_with(&usage, &resources);
    assert!(!found.is_complete());
    let reasons: Vec<&str> = found.stacks[0]
        .unknown
        .iter()
        .map(|one| &*one.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "the size of its tasks is not a literal value",
            "no price is known for `ec2.flow-log.kinesis-data-firehose.gb` in us-east-1",
        ]
    );
    // 730 * 0.045 + 999999999999 * 0.045
    assert_eq!(found.monthly().to_decimal(3), "45000000032.805");
}

#[test]
fn rejects_unit_that_does_not_fit_meter() {
    let price = |unit: &str, per: &JsonValue| {
        let mut line = json!({
            "meter": "ec2.nat-gateway.gb", "region": "us-east-1", "unit": unit, "price": "1",
            "date": "2026-11-30", "source": "https://aws.amazon.com/vpc/pricing/",
        });
        if !per.is_null() {
            line["per"] = per.clone();
        }
        let file = json!({ "currency": "USD", "hoursPerMonth": 730, "meters": [line] });
        Prices::parse(&file.to_string())
    };
    for (unit, per, said) in [
        (
            "month",
            json!(10),
            "`per` is `10`; expected a number from 1 to 1000000000, with the unit `use`",
        ),
        ("use", json!(0), "`per` is `0`; expected a number from 1"),
    ] {
        let error = price(unit, &per).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let template = json!({ "Resources": { "Nat": { "Type": "AWS::EC2::NatGateway" } } });
    let stack = Stack::builder()
        .id("Web")
        .path("Web")
        .name("notes-web")
        .region("us-east-1");
    let stack = stack
        .template(Template::from_json(template).unwrap())
        .build();
    let amount = UsageAmount::parse("5").unwrap();
    let usage = Usage::new().with_amount("Web/Nat", UsageKind::Gigabytes, amount);
    let model = CostModel::new(price("hour", &json!(null)).unwrap()).with_usage(usage);
    let unknown = &model.estimate_stacks(&[&stack]).stacks[0].unknown;
    let reasons: Vec<&str> = unknown.iter().map(|one| &*one.reason).collect();
    assert_eq!(
        reasons,
        [
            "no price is known for `ec2.nat-gateway.hour` in us-east-1",
            "the price of `ec2.nat-gateway.gb` has the unit `hour`, expected `use`",
        ]
    );
}

#[test]
fn compares_assumed_use_of_added_resource() {
    let usage = [("AWS::EC2::NatGateway", UsageKind::Gigabytes, "100")];
    let before = costs_with(
        &usage,
        &json!({ "One": { "Type": "AWS::EC2::NatGateway" } }),
    );
    let after = costs_with(
        &usage,
        &json!({ "One": { "Type": "AWS::EC2::NatGateway" }, "Two": { "Type": "AWS::EC2::NatGateway" } }),
    );
    // 730 * 0.045 + 100 * 0.045
    let compared = compare_costs(&before, &after);
    assert_eq!(compared.difference().to_signed_decimal(2), "+37.35");
}
