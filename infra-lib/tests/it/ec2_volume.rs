//! Tests of what instances use of `infra_lib::ec2`: key pairs, volumes and placement groups.

use infra_lib::assertions::{Match, Template};
use infra_lib::autoscaling::AutoScalingGroup;
use infra_lib::cloudwatch::MetricSource;
use infra_lib::ec2::{
    AutoEnableIo, Instance, InstanceType, KeyFormat, KeyPair, KeySource, LaunchTemplate,
    MachineImage, MultiAttach, PlacementGroup, PlacementStrategy, SubnetAttributes, Volume,
    VolumeAttachment, VolumeType, Vpc, VpcAttributes,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::{App, Output, RemovalPolicy, Size, Stack, cidr, codes, core};
use serde_json::{Value as Json, json};

const PUBLIC_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPWJ office";

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::from_attributes(
        stack,
        "Vpc",
        VpcAttributes::new("vpc-0123456789abcdef0")
            .private(["subnet-0123456789abcde21", "subnet-0123456789abcde22"]),
    )
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ec2.amazonaws.com"))
        .build(stack, "Role")
}

#[test]
fn creates_key_pair_with_private_key_in_parameter_store() {
    let template = Template::of_stack(|stack| {
        let key = KeyPair::builder().build(stack, "Key");
        key.grant_read_private_key(&role(stack));
        LaunchTemplate::builder()
            .vpc(vpc(stack))
            .instance_type(InstanceType::T4G_SMALL)
            .machine_image(MachineImage::amazon_linux_2023())
            .key_pair(key)
            .build(stack, "Worker");
    });
    template.has_properties(
        "AWS::EC2::KeyPair",
        json!({
            "KeyFormat": "pem",
            "KeyName": Match::string_like("*-Key*"),
            "KeyType": "ed25519",
            "PublicKeyMaterial": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::EC2::LaunchTemplate",
        json!({ "LaunchTemplateData": { "KeyName": { "Ref": Match::string_like("Key*") } } }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{
            "Action": ["ssm:GetParameter", "ssm:GetParameters"],
            "Effect": "Allow",
            "Resource": { "Fn::Sub": Match::string_like(
                "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/ec2/keypair/${Key*.KeyPairId}",
            ) },
        }] } }] }),
    );
}

#[test]
fn sets_options_of_key_pairs() {
    let template = Template::of_stack(|stack| {
        KeyPair::builder()
            .key_pair_name("windows")
            .source(KeySource::rsa(KeyFormat::Ppk))
            .build(stack, "Windows");
        KeyPair::builder()
            .key_pair_name("office")
            .source(KeySource::public_key(PUBLIC_KEY))
            .build(stack, "Office");
    });
    template.has_properties(
        "AWS::EC2::KeyPair",
        json!({ "KeyFormat": "ppk", "KeyName": "windows", "KeyType": "rsa" }),
    );
    template.has_properties(
        "AWS::EC2::KeyPair",
        json!({
            "KeyFormat": Match::absent(),
            "KeyName": "office",
            "KeyType": Match::absent(),
            "PublicKeyMaterial": PUBLIC_KEY,
        }),
    );
}

#[test]
fn returns_attributes_of_key_pairs() {
    let template = Template::of_stack(|stack| {
        let key = KeyPair::builder().build(stack, "Key");
        Output::new(stack, "Parameter", key.private_key_parameter());
        Output::new(stack, "Fingerprint", key.fingerprint());
        Output::new(stack, "Name", key.key_pair_name());
    });
    for (name, expected) in [
        (
            "Parameter",
            json!({ "Fn::Sub": Match::string_like("/ec2/keypair/${Key*.KeyPairId}") }),
        ),
        (
            "Fingerprint",
            json!({ "Fn::GetAtt": [Match::string_like("Key*"), "KeyFingerprint"] }),
        ),
        ("Name", json!({ "Ref": Match::string_like("Key*") })),
    ] {
        template.has_output(name, json!({ "Value": expected }));
    }
}

/// Returns the findings about a stack, rendered as for users, without line numbers.
fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let mut shown = String::new();
    for finding in app.synth().findings() {
        for line in core::render(finding).lines() {
            let end = line
                .find("ec2_volume.rs:")
                .map(|at| at + "ec2_volume.rs".len());
            shown.push_str(&line[..end.unwrap_or(line.len())]);
            shown.push('\n');
        }
    }
    shown
}

#[test]
fn reports_keys() {
    let public = |text: &'static str| {
        findings(|stack| {
            KeyPair::builder()
                .source(KeySource::public_key(text))
                .build(stack, "Key");
        })
    };
    let private = public("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n");
    assert!(!private.contains("b3BlbnNzaC1rZXk"), "{private}");
    insta::assert_snapshot!("private_key", private);
    insta::assert_snapshot!(
        "key_type",
        public("sk-ssh-ed25519@openssh.com AAAAGnNr token")
    );
    assert!(public("").contains("an empty text"));
    assert_eq!(public(PUBLIC_KEY), "");
    insta::assert_snapshot!(
        "imported_public_key",
        findings(|stack| {
            let key = KeyPair::builder()
                .source(KeySource::public_key(PUBLIC_KEY))
                .build(stack, "Key");
            key.grant_read_private_key(&role(stack));
        })
    );
}

fn server<'app>(stack: Stack<'app>, vpc: Vpc<'app>) -> Instance<'app> {
    Instance::builder()
        .vpc(vpc)
        .instance_type(InstanceType::T4G_SMALL)
        .machine_image(MachineImage::amazon_linux_2023())
        .build(stack, "Server")
}

/// Returns a builder of a volume with all that is required, of which the tests set more.
macro_rules! disk {
    ($gib:expr) => {
        Volume::builder()
            .availability_zone("eu-west-1a")
            .size(Size::gib($gib))
    };
}

#[test]
fn creates_encrypted_volume_with_snapshot() {
    let template = Template::of_stack(|stack| {
        disk!(100).build(stack, "Data");
    });
    template.has_resource(
        "AWS::EC2::Volume",
        json!({
            "DeletionPolicy": "Snapshot",
            "UpdateReplacePolicy": "Snapshot",
            "Properties": Match::exact(json!({
                "AvailabilityZone": "eu-west-1a",
                "Encrypted": true,
                "MultiAttachEnabled": false,
                "Size": 100,
                "VolumeType": "gp3",
            })),
        }),
    );
}

#[test]
fn sets_options_of_volumes() {
    let template = Template::of_stack(|stack| {
        Volume::builder()
            .availability_zone("eu-west-1b")
            .size(Size::mib(102_401))
            .volume_type(VolumeType::io2(20_000))
            .encryption_key(Key::builder().build(stack, "Key"))
            .snapshot_id("snap-0123456789abcdef0")
            .initialization_rate(200)
            .multi_attach(MultiAttach::Enabled)
            .auto_enable_io(AutoEnableIo::Enabled)
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Data");
    });
    template.has_resource(
        "AWS::EC2::Volume",
        json!({
            "DeletionPolicy": "Delete",
            "Properties": {
                "AutoEnableIO": true,
                "AvailabilityZone": "eu-west-1b",
                "Iops": 20_000,
                "KmsKeyId": { "Fn::GetAtt": [Match::string_like("Key*"), "Arn"] },
                "MultiAttachEnabled": true,
                "Size": 101,
                "SnapshotId": "snap-0123456789abcdef0",
                "VolumeInitializationRate": 200,
                "VolumeType": "io2",
            },
        }),
    );
}

#[test]
fn names_volume_types() {
    let types = [
        (VolumeType::gp2(), "gp2", Match::absent(), Match::absent()),
        (
            VolumeType::gp3_with(4_000, 500),
            "gp3",
            json!(4_000),
            json!(500),
        ),
        (VolumeType::io1(5_000), "io1", json!(5_000), Match::absent()),
        (VolumeType::st1(), "st1", Match::absent(), Match::absent()),
        (VolumeType::sc1(), "sc1", Match::absent(), Match::absent()),
    ];
    for (kind, name, iops, throughput) in types {
        let template = Template::of_stack(|stack| {
            disk!(125).volume_type(kind).build(stack, "Data");
        });
        assert_eq!(kind.as_str(), name);
        template.has_properties(
            "AWS::EC2::Volume",
            json!({ "Iops": iops, "Throughput": throughput, "VolumeType": name }),
        );
    }
}

#[test]
fn attaches_volume_in_zone_of_instance() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Network");
        let server = server(stack, vpc);
        let data = Volume::builder()
            .availability_zone(server.availability_zone())
            .size(Size::gib(8))
            .build(stack, "Data");
        VolumeAttachment::builder()
            .volume(data)
            .instance(server)
            .device("/dev/sdf")
            .build(stack, "Attachment");
        VolumeAttachment::builder()
            .volume(Volume::from_id(stack, "Old", "vol-0123456789abcdef0"))
            .instance(Instance::from_id(stack, "Other", "i-0123456789abcdef0"))
            .device("/dev/sdg")
            .build(stack, "Existing");
    });
    // The zone is that of the subnet, so the volume does not depend on the instance.
    template.has_properties(
        "AWS::EC2::Volume",
        json!({ "AvailabilityZone": { "Fn::Select": [0, { "Fn::GetAZs": "" }] } }),
    );
    for (device, instance, volume) in [
        (
            "/dev/sdf",
            json!({ "Ref": Match::string_like("Server*") }),
            json!({ "Ref": Match::string_like("Data*") }),
        ),
        (
            "/dev/sdg",
            json!("i-0123456789abcdef0"),
            json!("vol-0123456789abcdef0"),
        ),
    ] {
        template.has_properties(
            "AWS::EC2::VolumeAttachment",
            json!({ "Device": device, "InstanceId": instance, "VolumeId": volume }),
        );
    }
}

#[test]
fn reads_unknown_zone_from_instance() {
    let template = Template::of_stack(|stack| {
        let server = server(stack, vpc(stack));
        Output::new(stack, "Zone", server.availability_zone());
    });
    template.has_output(
        "Zone",
        json!({ "Value": { "Fn::GetAtt": [Match::string_like("Server*"), "AvailabilityZone"] } }),
    );
}

/// Returns the statements of the role's policy.
fn statements(build: impl for<'app> FnOnce(Stack<'app>, Role<'app>)) -> Json {
    let template = Template::of_stack(|stack| build(stack, role(stack)));
    let role = template.only("AWS::IAM::Role");
    role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"].clone()
}

#[test]
fn grants_attaching_and_detaching() {
    let shown = statements(|stack, role| {
        let data = disk!(8)
            .encryption_key(Key::builder().build(stack, "Key"))
            .build(stack, "Data");
        let server = Instance::from_id(stack, "Server", "i-0123456789abcdef0");
        data.grant_attach(&role);
        data.grant_attach_to(&role, server);
        data.grant_detach(&role);
        data.grant_detach_from(&role, server);
    });
    insta::assert_snapshot!("grants_own", serde_json::to_string_pretty(&shown).unwrap());
    let shown = statements(|stack, role| {
        let data = Volume::from_id(stack, "Data", "vol-0123456789abcdef0");
        data.grant_attach(&role);
        data.grant_detach(&role);
    });
    insta::assert_snapshot!(
        "grants_imported",
        serde_json::to_string_pretty(&shown).unwrap()
    );
}

#[test]
fn grants_attaching_by_tag_to_role_of_instance() {
    let template = Template::of_stack(|stack| {
        let server = server(stack, vpc(stack));
        let other = Instance::builder()
            .vpc(Vpc::from_attributes(
                stack,
                "Network",
                VpcAttributes::new("vpc-0123456789abcdef1").private(["subnet-0123456789abcde31"]),
            ))
            .instance_type(InstanceType::T4G_SMALL)
            .machine_image(MachineImage::amazon_linux_2023())
            .build(stack, "Other");
        let data = disk!(8).build(stack, "Data");
        data.grant_attach_by_tag(&server, &[server]);
        data.grant_detach_by_tag(&server, &[server, other]);
    });
    let tags = |type_name: &str, id: &str| -> Vec<(String, String)> {
        let (_, resource) = template
            .resources(type_name)
            .into_iter()
            .find(|(name, _)| name.starts_with(id))
            .unwrap();
        let tags = resource["Properties"]["Tags"].as_array().unwrap();
        let text = |tag: &Json, key: &str| tag[key].as_str().unwrap().to_owned();
        tags.iter()
            .map(|tag| (text(tag, "Key"), text(tag, "Value")))
            .filter(|(key, _)| key.starts_with("VolumeGrant"))
            .collect()
    };
    let of_volume = tags("AWS::EC2::Volume", "Data");
    let [(attach, value), (detach, _)] = of_volume.as_slice() else {
        panic!("two tags expected, not {of_volume:?}");
    };
    assert_eq!(tags("AWS::EC2::Instance", "Server"), of_volume);
    assert_eq!(
        tags("AWS::EC2::Instance", "Other"),
        [(detach.clone(), value.clone())]
    );
    let statement = |action: &str, key: &str| {
        json!({
            "Action": action,
            "Condition": { "StringEquals": { (format!("ec2:ResourceTag/{key}")): value } },
            "Resource": [
                { "Fn::Sub": Match::string_like("*:volume/${Data*}") },
                { "Fn::Sub": Match::string_like("*:instance/*") },
            ],
        })
    };
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            statement("ec2:AttachVolume", attach),
            statement("ec2:DetachVolume", detach),
        ] } }] }),
    );
}

#[test]
fn describes_metrics_of_volumes() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let imported = Volume::from_id(stack, "Old", "vol-0123456789abcdef0");
    assert_eq!(imported.metric_namespace(), "AWS/EBS");
    assert_eq!(imported.metric_dimensions()[0].0, "VolumeId");
    let own = disk!(8).build(stack, "Data");
    assert_eq!(
        own.metric_volume_read_bytes(),
        own.metric_named("VolumeReadBytes")
    );
}

#[test]
fn reports_limits_of_volume_types() {
    let report = |kind: VolumeType, gib: u64| {
        findings(|stack| {
            disk!(gib).volume_type(kind).build(stack, "Data");
        })
    };
    insta::assert_snapshot!("volume_size", report(VolumeType::st1(), 124));
    insta::assert_snapshot!("volume_iops", report(VolumeType::io1(5_000), 99));
    insta::assert_snapshot!(
        "volume_throughput",
        report(VolumeType::gp3_with(3_000, 751), 8)
    );
    for (kind, gib) in [
        (VolumeType::gp2(), 16_384),
        (VolumeType::gp3(), 65_536),
        (VolumeType::gp3_with(3_000, 750), 1),
        (VolumeType::gp3_with(80_000, 2_000), 160),
        (VolumeType::io1(5_000), 100),
        (VolumeType::io2(256_000), 256),
    ] {
        assert_eq!(report(kind, gib), "");
    }
    for (kind, gib) in [
        (VolumeType::gp2(), 16_385),
        (VolumeType::gp3(), 0),
        (VolumeType::gp3_with(2_999, 125), 8),
        (VolumeType::gp3_with(80_001, 2_000), 1_000),
        (VolumeType::gp3_with(10_000, 124), 1_000),
        (VolumeType::io2(4_001), 4),
    ] {
        assert_eq!(report(kind, gib).matches("INF4122").count(), 1);
    }
    insta::assert_snapshot!(
        "volume_multi_attach",
        findings(|stack| {
            disk!(8)
                .multi_attach(MultiAttach::Enabled)
                .build(stack, "Data");
        })
    );
    insta::assert_snapshot!(
        "volume_initialization_rate",
        findings(|stack| {
            disk!(8).initialization_rate(200).build(stack, "Data");
        })
    );
}

/// Returns the codes of the findings about a volume and an instance in zones.
fn zones(
    volume: impl for<'app> FnOnce(Vpc<'app>) -> infra_lib::Value<String>,
    network: VpcAttributes,
) -> String {
    findings(|stack| {
        let vpc = Vpc::from_attributes(stack, "Vpc", network);
        let data = Volume::builder()
            .availability_zone(volume(vpc))
            .size(Size::gib(8))
            .build(stack, "Data");
        VolumeAttachment::builder()
            .volume(data)
            .instance(server(stack, vpc))
            .device("/dev/sdf")
            .build(stack, "Attachment");
    })
}

#[test]
fn reports_volume_in_another_zone() {
    let network = |zone: &str| {
        VpcAttributes::new("vpc-0123456789abcdef0")
            .private([SubnetAttributes::new("subnet-0123456789abcde21").availability_zone(zone)])
    };
    insta::assert_snapshot!(
        "volume_zone",
        zones(|_| infra_lib::value("eu-west-1b"), network("eu-west-1a"))
    );
    assert_eq!(
        zones(|_| infra_lib::value("eu-west-1a"), network("eu-west-1a")),
        ""
    );
    // The zone of a subnet without one is not known.
    let unknown = VpcAttributes::new("vpc-0123456789abcdef0").private(["subnet-0123456789abcde21"]);
    assert_eq!(zones(|_| infra_lib::value("eu-west-1a"), unknown), "");
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc");
    let data = Volume::builder()
        .availability_zone(vpc.private().availability_zones()[1].clone())
        .size(Size::gib(8))
        .build(stack, "Data");
    VolumeAttachment::builder()
        .volume(data)
        .instance(server(stack, vpc))
        .device("/dev/sdf")
        .build(stack, "Attachment");
    let found = app.synth();
    let found = found
        .findings()
        .iter()
        .find(|one| one.code == codes::ATTACHMENT_ZONE);
    assert!(core::render(found.unwrap()).contains("zone 2 of the VPC"));
}

#[test]
fn starts_instances_in_placement_groups() {
    let template = Template::of_stack(|stack| {
        let network = vpc(stack);
        let apart = PlacementGroup::builder()
            .strategy(PlacementStrategy::Spread)
            .build(stack, "Apart");
        Instance::builder()
            .vpc(network)
            .instance_type(InstanceType::M7G_LARGE)
            .machine_image(MachineImage::amazon_linux_2023())
            .placement_group(apart)
            .build(stack, "Server");
        AutoScalingGroup::builder()
            .launch_template(
                LaunchTemplate::builder()
                    .vpc(network)
                    .instance_type(InstanceType::M7G_LARGE)
                    .machine_image(MachineImage::amazon_linux_2023())
                    .placement_group(PlacementGroup::from_name(stack, "Existing", "close")),
            )
            .subnets(network.private())
            .min_capacity(1)
            .max_capacity(2)
            .build(stack, "Workers");
    });
    template.has_properties(
        "AWS::EC2::Instance",
        json!({ "PlacementGroupName": { "Fn::GetAtt": [Match::string_like("Apart*"), "GroupName"] } }),
    );
    template.has_properties(
        "AWS::EC2::LaunchTemplate",
        json!({ "LaunchTemplateData": { "Placement": { "GroupName": "close" } } }),
    );
}

#[test]
fn sets_placement_strategies() {
    for (strategy, expected) in [
        (PlacementStrategy::Cluster, json!({ "Strategy": "cluster" })),
        (
            PlacementStrategy::Partition(7),
            json!({ "PartitionCount": 7, "Strategy": "partition" }),
        ),
        (
            PlacementStrategy::Spread,
            json!({ "SpreadLevel": "rack", "Strategy": "spread" }),
        ),
        (
            PlacementStrategy::SpreadHosts,
            json!({ "SpreadLevel": "host", "Strategy": "spread" }),
        ),
    ] {
        let template = Template::of_stack(|stack| {
            PlacementGroup::builder()
                .strategy(strategy)
                .build(stack, "Group");
        });
        template.has_properties("AWS::EC2::PlacementGroup", Match::exact(expected));
    }
}

#[test]
fn reports_number_of_partitions() {
    let report = |count| {
        findings(|stack| {
            let strategy = PlacementStrategy::Partition(count);
            PlacementGroup::builder()
                .strategy(strategy)
                .build(stack, "Group");
        })
    };
    insta::assert_snapshot!("partitions", report(8));
    assert!(report(0).contains("INF4124"));
    assert_eq!(report(1), "");
}
