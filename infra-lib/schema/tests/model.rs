//! Tests of the committed model: every line parses, and selected types have the expected content.

use std::collections::BTreeSet;

use infra_schema::model::{Kind, Property, ResourceType, Shape, TargetAttribute, Type};
use infra_schema::{catalog, list_services, list_types, parse, render, resource};

fn all() -> impl Iterator<Item = &'static ResourceType> {
    list_types().filter_map(resource)
}

#[test]
fn round_trips_every_line_of_model() {
    for service in list_services() {
        let file = catalog::text_of(service).expect("the service exists");
        let (comment, rest) = file.split_once('\n').expect("a comment line");
        assert!(comment.starts_with("; "), "{service}");
        let mut written = String::with_capacity(rest.len());
        for (name, text) in parse::split_types(file) {
            let ty =
                parse::parse_resource_type(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            written.push_str(&render::render_resource_type(&ty));
        }
        assert!(written == rest, "{service} does not survive a round trip");
    }
}

#[test]
fn has_date_of_registry_and_types_of_both_sources() {
    let first = include_str!("../SOURCES.toml")
        .lines()
        .find(|line| line.starts_with("date = "));
    let date = format!("date = {:?}", infra_schema::SCHEMA_DATE);
    assert_eq!(first, Some(&*date));
    // The registry no longer has it; the specification still does.
    let server = resource("AWS::OpsWorksCM::Server").expect("a type of the specification");
    assert!(server.deprecated);
    let key = server.property("KeyPair").expect("a property");
    assert!(key.create_only && !key.required);
    assert!(resource("AWS::Serverless::Function").is_none());
}

#[test]
fn reports_expectation_for_malformed_line() {
    let error =
        parse::parse_resource_type("AWS::Odd::Thing\n  Name sting\n").expect_err("not a type");
    assert_eq!(error.to_string(), "expected a type in `  Name sting`");
    let error = parse::parse_resource_type("AWS::Odd::Thing\n@sateful\n").expect_err("not a fact");
    assert_eq!(error.to_string(), "expected a known `@` fact in `@sateful`");
}

#[test]
fn resolves_every_name_of_model() {
    let known: BTreeSet<&str> = list_types().collect();
    assert!(known.len() > 1_800, "{}", known.len());
    for ty in all() {
        assert!(
            ty.properties.is_sorted_by(|a, b| a.name < b.name),
            "{}",
            ty.name
        );
        assert!(
            ty.definitions.is_sorted_by(|a, b| a.name < b.name),
            "{}",
            ty.name
        );
        assert!(
            ty.attributes.is_sorted_by(|a, b| a.name < b.name),
            "{}",
            ty.name
        );
        let nested = ty
            .definitions
            .iter()
            .flat_map(|definition| &definition.properties);
        for property in ty.properties.iter().chain(nested) {
            visit(&property.shape, &mut |shape| {
                if let Type::Definition(name) = &shape.ty {
                    assert!(ty.definition(name).is_some(), "{}: #{name}", ty.name);
                }
                for target in &shape.targets {
                    assert!(known.contains(&*target.resource), "{}: {target:?}", ty.name);
                }
            });
        }
        for path in ty
            .create_only
            .iter()
            .chain(&ty.write_only)
            .chain(&ty.read_only)
        {
            let first = path.steps().next().expect("a step");
            assert!(ty.property(first).is_some(), "{}: {path}", ty.name);
        }
    }
}

fn visit(shape: &Shape, see: &mut dyn FnMut(&Shape)) {
    see(shape);
    match &shape.ty {
        Type::List(inner) | Type::Map(inner) => visit(inner, see),
        Type::Union(members) => members.iter().for_each(|member| visit(member, see)),
        _ => {}
    }
}

#[track_caller]
fn check_reference(ty: &str, path: &str, target: &str, kind: Kind) {
    let ty = resource(ty).expect("the type exists");
    let property: &Property = match path.split_once('/') {
        None => ty.property(path).expect("the property exists"),
        Some((definition, name)) => {
            let definition = ty.definition(definition).expect("the definition exists");
            definition.property(name).expect("the property exists")
        }
    };
    let shape = match &property.shape.ty {
        Type::List(item) => item,
        _ => &property.shape,
    };
    let [only] = &shape.targets[..] else {
        panic!("{path}: {:?}", shape.targets);
    };
    assert_eq!(
        (&*only.resource, &only.by),
        (target, &TargetAttribute::Kind(kind)),
        "{path}"
    );
}

#[test]
fn records_target_and_kind_of_references() {
    let check = check_reference;
    check(
        "AWS::ECS::Service",
        "TaskDefinition",
        "AWS::ECS::TaskDefinition",
        Kind::Arn,
    );
    check(
        "AWS::ECS::Service",
        "LoadBalancer/TargetGroupArn",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        Kind::Arn,
    );
    check(
        "AWS::ECS::Service",
        "AwsVpcConfiguration/Subnets",
        "AWS::EC2::Subnet",
        Kind::Id,
    );
    check(
        "AWS::ECS::TaskDefinition",
        "ExecutionRoleArn",
        "AWS::IAM::Role",
        Kind::Arn,
    );
    check(
        "AWS::RDS::DBInstance",
        "DBSubnetGroupName",
        "AWS::RDS::DBSubnetGroup",
        Kind::Name,
    );
    check(
        "AWS::RDS::DBInstance",
        "VPCSecurityGroups",
        "AWS::EC2::SecurityGroup",
        Kind::Id,
    );
    check(
        "AWS::EC2::NatGateway",
        "AllocationId",
        "AWS::EC2::EIP",
        Kind::Id,
    );
    check(
        "AWS::EC2::SecurityGroupIngress",
        "SourceSecurityGroupId",
        "AWS::EC2::SecurityGroup",
        Kind::Id,
    );
    check(
        "AWS::S3::BucketPolicy",
        "Bucket",
        "AWS::S3::Bucket",
        Kind::Name,
    );
    check(
        "AWS::CloudFront::Distribution",
        "Origin/OriginAccessControlId",
        "AWS::CloudFront::OriginAccessControl",
        Kind::Id,
    );
    check(
        "AWS::CloudFront::Distribution",
        "ViewerCertificate/AcmCertificateArn",
        "AWS::CertificateManager::Certificate",
        Kind::Arn,
    );
    check(
        "AWS::Route53::RecordSet",
        "HostedZoneId",
        "AWS::Route53::HostedZone",
        Kind::Id,
    );
}

#[test]
fn omits_targets_of_ambiguous_properties() {
    let balancer = resource("AWS::ElasticLoadBalancingV2::LoadBalancer").expect("the type exists");
    let attribute = balancer
        .definition("LoadBalancerAttribute")
        .expect("the definition exists");
    let value = attribute.property("Value").expect("the property exists");
    assert!(value.shape.targets.is_empty());
}

#[test]
fn records_facts_of_common_types() {
    let bucket = resource("AWS::S3::Bucket").expect("the type exists");
    assert_eq!(bucket.ref_returns.kind, Some(Kind::Name));
    assert!(bucket.stateful);
    assert!(bucket.attribute("Arn").is_some() && bucket.attribute("DomainName").is_some());
    assert!(
        bucket
            .create_only
            .iter()
            .any(|path| &*path.0 == "BucketName")
    );

    let database = resource("AWS::RDS::DBInstance").expect("the type exists");
    assert!(database.attribute("Endpoint.Address").is_some());
    assert!(
        database
            .property("StorageEncrypted")
            .is_some_and(|property| property.create_only)
    );

    let role = resource("AWS::IAM::Role").expect("the type exists");
    let required: Vec<&str> = role
        .required_properties()
        .map(|property| &*property.name)
        .collect();
    assert_eq!(required, ["AssumeRolePolicyDocument"]);
    assert_eq!(
        infra_schema::nearest_type("AWS::IAM::Rol"),
        Some("AWS::IAM::Role")
    );
    assert_eq!(
        infra_schema::nearest_type("AWS::Iam::Role"),
        Some("AWS::IAM::Role")
    );
}

#[test]
fn accepts_user_defined_outputs_and_custom_resources() {
    let stack = resource("AWS::CloudFormation::Stack").expect("the type exists");
    assert!(stack.attribute("Outputs.Address").is_some());
    assert!(stack.attribute("StackId.Address").is_none());
    let custom = resource("Custom::Anything").expect("a custom resource");
    assert!(custom.open);
}
