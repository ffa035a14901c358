//! The stack `Rds`: 6 resources, converted by `import-template` from
//! `rds.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `ec2`, `rds`, `secretsmanager`), `serde_json`.

use infra_cfn::{
    ec2::{self, security_group},
    rds,
    secretsmanager::{self, secret},
};
use infra_core::{
    App, Construct as _, Output, ParameterProps, ParameterType, RemovalPolicy, Stack, StackProps,
    sub, value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn rds(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("A database whose password nobody sees")
        .build(app, "Rds");
    stack.scope().add_metadata(
        "AWS::CloudFormation::Interface",
        json!({
            "ParameterGroups": [
                { "Label": { "default": "Network" }, "Parameters": ["VpcId", "SubnetIds"] }
            ],
            "ParameterLabels": { "VpcId": { "default": "Which network?" } }
        }),
    );

    // Parameters
    let database_name = ParameterProps::new(ParameterType::String)
        .min_length(1)
        .max_length(64)
        .allowed_pattern("[a-zA-Z][a-zA-Z0-9]*")
        .default_value("notes")
        .build(stack, "DatabaseName");
    let vpc_id = ParameterProps::new(ParameterType::Other("AWS::EC2::VPC::Id".to_owned()))
        .build(stack, "VpcId");
    let subnet_ids = ParameterProps::new(ParameterType::Other(
        "List<AWS::EC2::Subnet::Id>".to_owned(),
    ))
    .build(stack, "SubnetIds");
    let storage = ParameterProps::new(ParameterType::Number)
        .min_value(20)
        .max_value(1024)
        .default_value("20")
        .build(stack, "Storage");
    let multi_az = ParameterProps::new(ParameterType::String)
        .allowed_values(["true", "false"])
        .default_value("false")
        .build(stack, "MultiAz");

    // Resources
    let secret = secretsmanager::CfnSecretProps::new()
        .generate_secret_string(
            secret::GenerateSecretString::new()
                .secret_string_template(r#"{"username": "notes"}"#)
                .generate_string_key("password")
                .password_length(32)
                .exclude_characters("\"@/\\"),
        )
        .build(stack, "Secret");

    let subnets = rds::CfnDbSubnetGroupProps::new("Where the database is", subnet_ids.value())
        .build(stack, "Subnets");

    let access = ec2::CfnSecurityGroupProps::new("Who may reach the database")
        .vpc_id(vpc_id.value())
        .security_group_ingress([security_group::Ingress::new("tcp")
            .from_port(5432)
            .to_port(5432)
            .cidr_ip("10.0.0.0/8")])
        .build(stack, "Access");

    let parameters = rds::CfnDbParameterGroupProps::new("Settings", "postgres17")
        .parameters(json!({ "rds.force_ssl": 1, "log_min_duration_statement": "500" }))
        .build(stack, "Parameters");

    let database = rds::CfnDbInstanceProps::new()
        .db_name(database_name)
        .engine("postgres")
        .engine_version("17.4")
        .db_instance_class("db.t4g.micro")
        .allocated_storage(storage)
        .storage_encrypted(true)
        .multi_az(multi_az.value())
        .master_username(sub![
            "{{resolve:secretsmanager:",
            secret.ref_(),
            ":SecretString:username}}",
        ])
        .master_user_password(sub![
            "{{resolve:secretsmanager:",
            secret.ref_(),
            ":SecretString:password}}",
        ])
        .db_subnet_group_name(subnets.ref_())
        .db_parameter_group_name(parameters.ref_())
        .vpc_security_groups([access.attr_group_id()])
        .preferred_maintenance_window("Mon:03:00-Mon:04:00")
        .build(stack, "Database");
    database.apply_removal_policy(RemovalPolicy::Snapshot);

    secretsmanager::CfnSecretTargetAttachmentProps::new(
        secretsmanager::CfnSecretTargetAttachmentRequired {
            secret_id: value(secret.ref_()),
            target_id: value(database.ref_()),
            target_type: value("AWS::RDS::DBInstance"),
        },
    )
    .build(stack, "Attachment");

    // Outputs
    Output::new(stack, "Host", database.attr_endpoint_address());
    Output::new(stack, "Port", database.attr_endpoint_port());

    stack
}
