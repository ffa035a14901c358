//! Tests of the constructs in `infra_lib::efs`, and of the functions and containers that mount them.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
use infra_lib::ecs::{ContainerDefinition, ContainerImage, FargateTaskDefinition, WithoutPort};
use infra_lib::efs::{
    AccessPoint, AccessedFiles, AutomaticBackups, ClientAccess, FileAge, FileSystem,
    FileSystemAttributes, FileSystemType, OverwriteProtection, PosixUser, Replication,
    RootDirectory, StorageClass, Throughput,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::{App, RemovalPolicy, Stack, cidr, task_size};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

fn files<'app>(stack: Stack<'app>, vpc: Vpc<'app>) -> FileSystem<'app> {
    FileSystem::builder()
        .subnets(vpc.private())
        .build(stack, "Files")
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ec2.amazonaws.com"))
        .build(stack, "Role")
}

/// Returns the role whose logical ID begins with `id`.
fn role_of<'a>(template: &'a Template, id: &str) -> &'a Json {
    let roles = template.resources("AWS::IAM::Role");
    roles
        .into_iter()
        .find(|(found, _)| found.starts_with(id))
        .unwrap()
        .1
}

/// Returns the statements of the inline policy of the role `Role`.
fn statements(template: &Template) -> Json {
    role_of(template, "Role")["Properties"]["Policies"][0]["PolicyDocument"]["Statement"].clone()
}

#[test]
fn creates_encrypted_file_system_for_clients_with_tls_and_grants() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        files(stack, vpc);
    });
    assert_eq!(
        template.only("AWS::EFS::FileSystem"),
        &json!({
            "Type": "AWS::EFS::FileSystem",
            "Properties": {
                "BackupPolicy": { "Status": "ENABLED" },
                "Encrypted": true,
                "FileSystemPolicy": {
                    "Version": "2012-10-17",
                    "Statement": [{
                        "Effect": "Deny",
                        "Principal": { "AWS": "*" },
                        "Action": [
                            "elasticfilesystem:ClientMount",
                            "elasticfilesystem:ClientWrite",
                            "elasticfilesystem:ClientRootAccess",
                        ],
                        "Condition": { "Bool": { "aws:SecureTransport": "false" } },
                    }],
                },
                "FileSystemTags": [{ "Key": "Name", "Value": "Stack/Files" }],
                "ThroughputMode": "elastic",
            },
            "UpdateReplacePolicy": "Retain",
            "DeletionPolicy": "Retain",
            "Metadata": { "aws:cdk:path": "Stack/Files/Resource" },
        })
    );
    // Logical IDs are those of the CDK.
    let ids: Vec<&str> = ["AWS::EFS::FileSystem", "AWS::EFS::MountTarget"]
        .iter()
        .flat_map(|kind| template.resources(kind))
        .map(|(id, _)| id)
        .collect();
    assert_eq!(ids.len(), 3);
    assert!(ids[1].starts_with("FilesEfsMountTarget1"), "{ids:?}");
    template.has_properties(
        "AWS::EFS::MountTarget",
        json!({
            "FileSystemId": { "Ref": ids[0] },
            "SecurityGroups": [{ "Fn::GetAtt": [Match::string_like("FilesEfsSecurityGroup*"), "GroupId"] }],
            "SubnetId": { "Ref": Match::string_like("VpcPrivateSubnet1*") },
        }),
    );
}

#[test]
fn sets_options_of_file_system() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let key = Key::builder().build(stack, "Key");
        let group = SecurityGroup::builder().vpc(vpc).build(stack, "Group");
        FileSystem::builder()
            .subnets(vpc.isolated())
            .file_system_name("shared")
            .file_system_type(FileSystemType::OneZone { subnet_index: 1 })
            .throughput(Throughput::Provisioned { mibps: 64 })
            .transition_to_infrequent_access(FileAge::Days7)
            .accessed_files(AccessedFiles::ReturnToStandard)
            .automatic_backups(AutomaticBackups::Disabled)
            .client_access(ClientAccess::Anyone)
            .overwrite_protection(OverwriteProtection::Disabled)
            .encryption_key(key)
            .security_group(group)
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Files");
    });
    template.has_resource(
        "AWS::EFS::FileSystem",
        json!({
            "DeletionPolicy": "Delete",
            "Properties": {
                "AvailabilityZoneName": { "Fn::Select": [1, { "Fn::GetAZs": "" }] },
                "BackupPolicy": { "Status": "DISABLED" },
                "FileSystemPolicy": { "Statement": [{ "Effect": "Deny" }, {
                    "Effect": "Allow",
                    "Principal": { "AWS": "*" },
                    "Action": [
                        "elasticfilesystem:ClientMount",
                        "elasticfilesystem:ClientWrite",
                        "elasticfilesystem:ClientRootAccess",
                    ],
                    "Condition": { "Bool": { "elasticfilesystem:AccessedViaMountTarget": "true" } },
                }] },
                "FileSystemProtection": { "ReplicationOverwriteProtection": "DISABLED" },
                "FileSystemTags": [{ "Key": "Name", "Value": "shared" }],
                "KmsKeyId": { "Fn::GetAtt": [Match::string_like("Key*"), "Arn"] },
                "LifecyclePolicies": [
                    { "TransitionToIA": "AFTER_7_DAYS" },
                    { "TransitionToPrimaryStorageClass": "AFTER_1_ACCESS" },
                ],
                "ProvisionedThroughputInMibps": 64,
                "ThroughputMode": "provisioned",
            },
        }),
    );
    assert_eq!(
        template.only("AWS::EFS::MountTarget")["Properties"]["SubnetId"],
        json!({ "Ref": "VpcIsolatedSubnet2Subnet16364B91" })
    );
}

#[test]
fn moves_files_to_archive_and_replicates_them() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let copy = FileSystem::builder()
            .subnets(vpc.isolated())
            .throughput(Throughput::Bursting)
            .overwrite_protection(OverwriteProtection::Disabled)
            .build(stack, "Copy");
        let builder = || FileSystem::builder().subnets(vpc.private());
        builder()
            .transition_to_infrequent_access(FileAge::Days30)
            .transition_to_archive(FileAge::Days90)
            .replication(Replication::to_file_system(copy))
            .build(stack, "Files");
        let key = Key::from_arn(
            stack,
            "Key",
            "arn:aws:kms:eu-central-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef",
        );
        let to_zone = Replication::to_zone("eu-central-1", "eu-central-1a").encryption_key(key);
        builder().replication(to_zone).build(stack, "Zone");
        builder()
            .replication(Replication::to_region("eu-central-1"))
            .build(stack, "Region");
    });
    let replications: Vec<Json> = template
        .resources("AWS::EFS::FileSystem")
        .iter()
        .map(|(_, resource)| {
            resource["Properties"]["ReplicationConfiguration"]["Destinations"][0].clone()
        })
        .collect();
    assert_eq!(
        replications,
        [
            Json::Null,
            json!({
                "FileSystemId": { "Ref": "Copy1ED8A51E" },
                "Region": { "Ref": "AWS::Region" },
            }),
            json!({
                "AvailabilityZoneName": "eu-central-1a",
                "KmsKeyId": "arn:aws:kms:eu-central-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef",
                "Region": "eu-central-1",
            }),
            json!({ "Region": "eu-central-1" }),
        ]
    );
    template.has_properties(
        "AWS::EFS::FileSystem",
        json!({ "LifecyclePolicies": [
            { "TransitionToIA": "AFTER_30_DAYS" },
            { "TransitionToArchive": "AFTER_90_DAYS" },
        ] }),
    );
}

#[test]
fn creates_access_point_for_one_user_and_directory() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let files = files(stack, vpc);
        AccessPoint::builder()
            .file_system(files)
            .posix_user(PosixUser::new(1000, 1001).secondary_gid(100))
            .root_directory(RootDirectory::created("/uploads/new", 1000, 1001, 0o750))
            .build(files, "Uploads");
        AccessPoint::builder()
            .file_system(files)
            .build(files, "Root");
    });
    let properties: Vec<&Json> = template
        .resources("AWS::EFS::AccessPoint")
        .iter()
        .map(|(_, resource)| &resource["Properties"])
        .collect();
    let file_system = template.resources("AWS::EFS::FileSystem")[0].0;
    assert_eq!(
        properties,
        [
            &json!({
                "AccessPointTags": [{ "Key": "Name", "Value": "Stack/Files/Uploads" }],
                "FileSystemId": { "Ref": file_system },
                "PosixUser": { "Uid": "1000", "Gid": "1001", "SecondaryGids": ["100"] },
                "RootDirectory": {
                    "Path": "/uploads/new",
                    "CreationInfo": { "OwnerUid": "1000", "OwnerGid": "1001", "Permissions": "750" },
                },
            }),
            &json!({
                "AccessPointTags": [{ "Key": "Name", "Value": "Stack/Files/Root" }],
                "FileSystemId": { "Ref": file_system },
            }),
        ]
    );
}

#[test]
fn grants_clients_through_their_role_or_file_system_policy() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let files = files(stack, vpc);
        let role = role(stack);
        files.grant_read(&role);
        files.grant_root_access(&Principal::account("111122223333"));
        let uploads = AccessPoint::builder()
            .file_system(files)
            .build(files, "Uploads");
        uploads.grant_read_write(&role);
    });
    let arn = json!({ "Fn::GetAtt": [template.resources("AWS::EFS::FileSystem")[0].0, "Arn"] });
    let access_point = template.resources("AWS::EFS::AccessPoint")[0].0;
    assert_eq!(
        statements(&template),
        json!([
            { "Effect": "Allow", "Action": "elasticfilesystem:ClientMount", "Resource": arn },
            {
                "Effect": "Allow",
                "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                "Resource": arn,
                "Condition": { "StringEquals": {
                    "elasticfilesystem:AccessPointArn": { "Fn::GetAtt": [access_point, "Arn"] },
                } },
            },
        ])
    );
    let policy = &template.only("AWS::EFS::FileSystem")["Properties"]["FileSystemPolicy"];
    let account = policy["Statement"][1]["Principal"]["AWS"].to_string();
    assert!(account.contains(":iam::111122223333:root"), "{account}");
    assert_eq!(policy["Statement"][1]["Resource"], Json::Null);
}

/// A builder of a function without a place.
macro_rules! function {
    () => {
        Function::builder()
            .runtime(Runtime::Python314)
            .handler("index.handler")
            .code(Code::inline("def handler(event, context): return 1"))
    };
}

#[test]
fn mounts_access_point_in_function() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let files = files(stack, vpc);
        let uploads = AccessPoint::builder()
            .file_system(files)
            .build(stack, "Uploads");
        function!()
            .subnets(vpc.private())
            .file_system(&uploads, "/mnt/uploads")
            .build(stack, "Function");
    });
    let function = template.only("AWS::Lambda::Function");
    let access_point = template.resources("AWS::EFS::AccessPoint")[0].0;
    assert_eq!(
        function["Properties"]["FileSystemConfigs"],
        json!([{ "Arn": { "Fn::GetAtt": [access_point, "Arn"] }, "LocalMountPath": "/mnt/uploads" }])
    );
    for (target, _) in template.resources("AWS::EFS::MountTarget") {
        let before = function["DependsOn"].as_array().unwrap();
        assert!(before.contains(&json!(target)), "{target} in {before:?}");
    }
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({
            "FromPort": 2049,
            "ToPort": 2049,
            "GroupId": { "Fn::GetAtt": [Match::string_like("FilesEfsSecurityGroup*"), "GroupId"] },
            "SourceSecurityGroupId": { "Fn::GetAtt": [Match::string_like("FunctionSecurityGroup*"), "GroupId"] },
        }),
    );
    let role = role_of(&template, "FunctionServiceRole").to_string();
    assert!(role.contains("elasticfilesystem:ClientWrite"), "{role}");
}

#[test]
fn mounts_access_points_in_containers_with_tls_and_task_role() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let files = files(stack, vpc);
        let builder = || AccessPoint::builder().file_system(files);
        let (uploads, models) = (
            builder().build(stack, "Uploads"),
            builder().build(stack, "Models"),
        );
        let image = ContainerImage::from_registry_digest(
            "example.com/a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        );
        FargateTaskDefinition::<WithoutPort>::builder()
            .size(task_size!(256 cpu, 512 MiB))
            .container(
                ContainerDefinition::new("worker", image)
                    .file_system("/uploads", &uploads)
                    .read_only_file_system("/models", &models),
            )
            .build(stack, "Task");
    });
    let task = template.only("AWS::ECS::TaskDefinition");
    let files = template.resources("AWS::EFS::FileSystem")[0].0;
    let points: Vec<&str> = template
        .resources("AWS::EFS::AccessPoint")
        .iter()
        .map(|(id, _)| *id)
        .collect();
    let volume = |name: &str, access_point: &str| {
        json!({
            "Name": name,
            "EFSVolumeConfiguration": {
                "FilesystemId": { "Ref": files },
                "TransitEncryption": "ENABLED",
                "AuthorizationConfig": { "AccessPointId": { "Ref": access_point }, "IAM": "ENABLED" },
            },
        })
    };
    assert_eq!(
        task["Properties"]["Volumes"],
        json!([
            volume("worker-uploads", points[0]),
            volume("worker-models", points[1])
        ])
    );
    assert_eq!(
        task["Properties"]["ContainerDefinitions"][0]["MountPoints"],
        json!([
            { "ContainerPath": "/uploads", "ReadOnly": false, "SourceVolume": "worker-uploads" },
            { "ContainerPath": "/models", "ReadOnly": true, "SourceVolume": "worker-models" },
        ])
    );
    assert_eq!(task["DependsOn"].as_array().map(Vec::len), Some(2));
    let role = role_of(&template, "TaskTaskRole");
    let actions: Vec<&Json> = role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
        .as_array()
        .unwrap()
        .iter()
        .map(|statement| &statement["Action"])
        .collect();
    assert_eq!(
        actions,
        [
            &json!([
                "elasticfilesystem:ClientMount",
                "elasticfilesystem:ClientWrite"
            ]),
            &json!("elasticfilesystem:ClientMount"),
        ]
    );
}

#[test]
fn imports_file_system_and_access_point() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let files = FileSystem::from_attributes(
            stack,
            "Files",
            FileSystemAttributes::builder()
                .file_system_id("fs-0123456789abcdef0")
                .security_group_id("sg-0123456789abcdef0")
                .build(),
        );
        let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
        files.allow_from(&api);
        files.grant_read_write(&role(stack));
        let uploads = AccessPoint::from_id(stack, "Uploads", "fsap-0123456789abcdef0", files);
        function!()
            .subnets(vpc.private())
            .file_system(&uploads, "/mnt/uploads")
            .build(stack, "Function");
    });
    assert!(template.resources("AWS::EFS::FileSystem").is_empty());
    assert_eq!(
        template.resources("AWS::EC2::SecurityGroupIngress").len(),
        2
    );
    let arn = |rest: &str| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:elasticfilesystem:${{AWS::Region}}:${{AWS::AccountId}}{rest}") });
    template.has_properties(
        "AWS::Lambda::Function",
        json!({ "FileSystemConfigs": [{ "Arn": arn(":access-point/fsap-0123456789abcdef0") }] }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{
            "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            "Resource": arn(":file-system/fs-0123456789abcdef0"),
        }] } }] }),
    );
}

#[test]
fn measures_file_system() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let vpc = vpc(stack);
    let files = files(stack, vpc);
    assert_eq!(files.metrics().len(), 11);
    assert_eq!(
        files.metric_named("ClientConnections"),
        files.metric_client_connections()
    );
    files
        .metric_storage_bytes(StorageClass::InfrequentAccess)
        .alarm()
        .comparison(infra_lib::cloudwatch::Comparison::GreaterThanThreshold)
        .threshold(1_000_000_000)
        .evaluation_periods(1)
        .treat_missing_data(infra_lib::cloudwatch::TreatMissingData::NotBreaching)
        .build(stack, "Full");
    let template = Template::of(&app.synth(), "Stack");
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/EFS",
            "MetricName": "StorageBytes",
            "Dimensions": [
                { "Name": "FileSystemId", "Value": { "Ref": template.resources("AWS::EFS::FileSystem")[0].0 } },
                { "Name": "StorageClass", "Value": "IA" },
            ],
        }),
    );
}

#[test]
fn reports_what_efs_rejects() {
    insta::assert_snapshot!(findings_of(|stack| {
        let vpc = vpc(stack);
        let builder = || FileSystem::builder().subnets(vpc.private());
        builder()
            .throughput(Throughput::Bursting)
            .transition_to_infrequent_access(FileAge::Days90)
            .transition_to_archive(FileAge::Days30)
            .build(stack, "Lifecycle");
        builder()
            .throughput(Throughput::Provisioned { mibps: 5_000 })
            .build(stack, "Throughput");
        builder()
            .file_system_type(FileSystemType::OneZone { subnet_index: 5 })
            .build(stack, "Zone");
        let protected = builder().build(stack, "Protected");
        builder()
            .overwrite_protection(OverwriteProtection::Disabled)
            .replication(Replication::to_file_system(protected))
            .build(stack, "Replicated");
        AccessPoint::builder()
            .file_system(protected)
            .root_directory(RootDirectory::created("a/b/c/d/e", 1000, 1000, 10_000))
            .build(stack, "Deep");
    }));
}

#[test]
fn reports_file_systems_that_lambda_rejects() {
    insta::assert_snapshot!(findings_of(|stack| {
        let vpc = vpc(stack);
        let files = files(stack, vpc);
        let uploads = AccessPoint::builder()
            .file_system(files)
            .build(stack, "Uploads");
        function!()
            .file_system(&uploads, "/data")
            .file_system(&uploads, "/mnt/data")
            .build(stack, "Function");
    }));
}
