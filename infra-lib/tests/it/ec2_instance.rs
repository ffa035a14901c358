//! Tests of instances and launch templates of `infra_lib::ec2`: defaults, options and findings.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::ec2::{
    Architecture, Connectable, DetailedMonitoring, Egress, Eip, FlowLogs, Instance, InstanceType,
    KeyPair, LaunchTemplate, MachineImage, Nat, Port, SecurityGroup, SessionManager,
    TerminationProtection, Tier, UbuntuRelease, UserData, Vpc,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::sns::Topic;
use infra_lib::{App, Size, Stack, cidr, codes, core, pseudo, sub};
use serde_json::{Value as Json, json};

fn vpc(stack: Stack<'_>, nat: Nat) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(nat)
        .flow_logs(FlowLogs::none())
        .build(stack, "Vpc")
}

/// Returns a builder with all that is required, of which the tests set more.
macro_rules! server {
    ($stack:expr) => {
        server!(
            $stack,
            InstanceType::T4G_SMALL,
            MachineImage::amazon_linux_2023()
        )
    };
    ($stack:expr, $kind:expr, $image:expr) => {
        Instance::builder()
            .vpc(vpc($stack, Nat::Single))
            .instance_type($kind)
            .machine_image($image)
    };
}

fn has(template: &Template, properties: Json) {
    template.has_properties("AWS::EC2::Instance", properties);
}

#[test]
fn places_instance_in_private_subnet_without_ssh() {
    let template = Template::of_stack(|stack| {
        server!(stack).build(stack, "Server");
    });
    template.has_resource(
        "AWS::EC2::Instance",
        json!({
            "DependsOn": Match::any(),
            "Properties": {
                "BlockDeviceMappings": [{
                    "DeviceName": "/dev/xvda",
                    "Ebs": { "DeleteOnTermination": true, "Encrypted": true, "VolumeType": "gp3" },
                }],
                "DisableApiTermination": false,
                "IamInstanceProfile": { "Ref": Match::string_like("ServerInstanceProfile*") },
                "ImageId": "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}",
                "InstanceType": "t4g.small",
                "KeyName": Match::absent(),
                "MetadataOptions": { "HttpEndpoint": "enabled", "HttpTokens": "required" },
                "Monitoring": false,
                "SecurityGroupIds": [{ "Fn::GetAtt": [Match::string_like("ServerInstanceSecurityGroup*"), "GroupId"] }],
                "SubnetId": { "Ref": Match::string_like("VpcPrivateSubnet1*") },
                "UserData": Match::absent(),
            },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "ManagedPolicyArns": [
            { "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore" },
        ] }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({
            "SecurityGroupEgress": [{ "CidrIp": "0.0.0.0/0", "FromPort": 443, "IpProtocol": "tcp", "ToPort": 443 }],
            "SecurityGroupIngress": Match::absent(),
        }),
    );
}

#[test]
fn sets_options() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(Principal::service("ec2.amazonaws.com"))
            .build(stack, "Role");
        let server = server!(
            stack,
            InstanceType::other("m8i.large"),
            MachineImage::ubuntu(UbuntuRelease::V24_04)
        )
        .tier(Tier::Isolated)
        .subnet_index(1)
        .role(role)
        .session_manager(SessionManager::Disabled)
        .key_pair(KeyPair::from_name(stack, "Office", "office"))
        .root_volume_size(Size::gib(30))
        .encryption_key(Key::builder().build(stack, "Key"))
        .detailed_monitoring(DetailedMonitoring::Enabled)
        .termination_protection(TerminationProtection::Enabled)
        .build(stack, "Server");
        Topic::builder().build(stack, "Jobs").grant_publish(&server);
    });
    has(
        &template,
        json!({
            "BlockDeviceMappings": [{
                "DeviceName": "/dev/sda1",
                "Ebs": { "KmsKeyId": { "Fn::GetAtt": [Match::string_like("Key*"), "Arn"] }, "VolumeSize": 30 },
            }],
            "DisableApiTermination": true,
            "ImageId": "{{resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id}}",
            "InstanceType": "m8i.large",
            "KeyName": "office",
            "Monitoring": true,
            "SubnetId": { "Ref": Match::string_like("VpcIsolatedSubnet2*") },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "ManagedPolicyArns": Match::absent(),
            "Policies": [{ "PolicyDocument": { "Statement": [{ "Action": "sns:Publish" }] } }],
        }),
    );
    // Isolated subnets have no way out, so the group allows none.
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({ "SecurityGroupEgress": [{ "CidrIp": "255.255.255.255/32" }] }),
    );
}

#[test]
fn connects_given_security_group() {
    let template = Template::of_stack(|stack| {
        let network = vpc(stack, Nat::Single);
        let group = SecurityGroup::builder()
            .vpc(network)
            .egress(Egress::AllowAll)
            .build(stack, "Group");
        let server = Instance::builder()
            .vpc(network)
            .instance_type(InstanceType::M7G_LARGE)
            .machine_image(MachineImage::amazon_linux_2023())
            .security_group(group)
            .build(stack, "Server");
        server.allow_from_on(&server, Port::tcp(8080));
    });
    template.resource_count("AWS::EC2::SecurityGroup", 1);
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 8080, "ToPort": 8080 }),
    );
}

#[test]
fn renders_user_data() {
    let shell = "#!/bin/bash -e\ndnf install -y nginx\nsystemctl enable --now nginx\n";
    let config = "#cloud-config\ntimezone: UTC\n";
    let commands = || {
        UserData::new()
            .command("dnf install -y nginx")
            .command("systemctl enable --now nginx")
    };
    let part = |kind: &str, text: &str| {
        format!(
            "--==infra-lib-user-data==\nContent-Type: {kind}; charset=\"utf-8\"\nMIME-Version: 1.0\n\n{text}"
        )
    };
    let both = format!(
        "Content-Type: multipart/mixed; boundary=\"==infra-lib-user-data==\"\nMIME-Version: 1.0\n\n{}{}--==infra-lib-user-data==--\n",
        part("text/cloud-config", config),
        part("text/x-shellscript", shell),
    );
    let region = UserData::new().command(sub!["echo ${HOME} ", pseudo::region()]);
    // A variable of the shell stays one, next to those of CloudFormation.
    let joined = json!({ "Fn::Sub": "#!/bin/bash -e\necho ${!HOME} ${AWS::Region}\n" });
    for (data, expected) in [
        (commands(), json!(shell)),
        (UserData::new().cloud_config("timezone: UTC"), json!(config)),
        (commands().cloud_config("timezone: UTC"), json!(both)),
        (region, joined),
    ] {
        let template = Template::of_stack(|stack| {
            server!(stack).user_data(data).build(stack, "Server");
        });
        has(&template, json!({ "UserData": { "Fn::Base64": expected } }));
    }
}

#[test]
fn reads_architecture_from_type_name() {
    let arm = [
        "a1.large",
        "t4g.nano",
        "im4gn.large",
        "c7gn.metal",
        "g5g.xlarge",
        "x8g.large",
        "mac2-m2.metal",
        "p6e-gb200.36xlarge",
    ];
    let x86 = [
        "t3a.nano",
        "g4dn.xlarge",
        "gr6.4xlarge",
        "u-6tb1.metal",
        "m7i-flex.large",
        "mac1.metal",
        "p6-b200.48xlarge",
        "trn2.48xlarge",
    ];
    for (names, expected) in [(arm, Architecture::Arm64), (x86, Architecture::X86_64)] {
        for name in names {
            assert_eq!(InstanceType::other(name).architecture(), expected, "{name}");
        }
    }
}

#[test]
fn describes_metrics() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let imported = Instance::from_id(stack, "Server", "i-0123456789abcdef0");
    assert_eq!(imported.metric_namespace(), "AWS/EC2");
    assert_eq!(
        imported.metric_cpu_utilization(),
        imported.metric_named("CPUUtilization")
    );
    assert_eq!(imported.metric_dimensions()[0].0, "InstanceId");
}

#[test]
fn associates_elastic_ip() {
    let template = Template::of_stack(|stack| {
        let server = server!(stack).tier(Tier::Public).build(stack, "Server");
        Eip::builder().instance(server).build(stack, "Own");
        let imported = Instance::from_id(stack, "Imported", "i-0123456789abcdef0");
        Eip::builder().instance(imported).build(stack, "Other");
    });
    for (address, instance) in [
        ("Own*", json!({ "Ref": Match::string_like("Server*") })),
        ("Other*", json!("i-0123456789abcdef0")),
    ] {
        let address = json!({ "Fn::GetAtt": [Match::string_like(address), "AllocationId"] });
        template.has_properties(
            "AWS::EC2::EIPAssociation",
            json!({ "AllocationId": address, "InstanceId": instance }),
        );
    }
    has(
        &template,
        json!({ "SubnetId": { "Ref": Match::string_like("VpcPublicSubnet1*") } }),
    );
}

#[test]
fn describes_launch_with_secure_defaults() {
    let template = Template::of_stack(|stack| {
        let worker = LaunchTemplate::builder()
            .vpc(vpc(stack, Nat::Single))
            .instance_type(InstanceType::M7G_LARGE)
            .machine_image(MachineImage::amazon_linux_2023())
            .build(stack, "Worker");
        Topic::builder().build(stack, "Jobs").grant_publish(&worker);
        worker.allow_from_on(&worker, Port::tcp(8080));
    });
    let group =
        json!({ "Fn::GetAtt": [Match::string_like("WorkerInstanceSecurityGroup*"), "GroupId"] });
    template.has_properties(
        "AWS::EC2::LaunchTemplate",
        json!({
            "LaunchTemplateName": Match::absent(),
            "LaunchTemplateData": {
                "BlockDeviceMappings": [{
                    "DeviceName": "/dev/xvda",
                    "Ebs": { "DeleteOnTermination": true, "Encrypted": true, "VolumeType": "gp3" },
                }],
                "IamInstanceProfile": { "Arn": { "Fn::GetAtt": [Match::string_like("WorkerProfile*"), "Arn"] } },
                "ImageId": "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}",
                "InstanceType": "m7g.large",
                "KeyName": Match::absent(),
                "MetadataOptions": { "HttpEndpoint": "enabled", "HttpTokens": "required" },
                "Monitoring": { "Enabled": false },
                "SecurityGroupIds": [group],
                "UserData": Match::absent(),
            },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "ManagedPolicyArns": [
                { "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore" },
            ],
            "Policies": [{ "PolicyDocument": { "Statement": [{ "Action": "sns:Publish" }] } }],
        }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 8080, "ToPort": 8080 }),
    );
}

#[test]
fn sets_options_of_launch_template() {
    let template = Template::of_stack(|stack| {
        LaunchTemplate::builder()
            .vpc(vpc(stack, Nat::Single))
            .instance_type(InstanceType::M7I_LARGE)
            .machine_image(MachineImage::ubuntu(UbuntuRelease::V24_04))
            .user_data(UserData::new().cloud_config("timezone: UTC"))
            .session_manager(SessionManager::Disabled)
            .key_pair(KeyPair::from_name(stack, "Office", "office"))
            .root_volume_size(Size::mib(1_025))
            .encryption_key(Key::builder().build(stack, "Key"))
            .detailed_monitoring(DetailedMonitoring::Enabled)
            .launch_template_name("worker")
            .build(stack, "Worker");
    });
    template.has_properties(
        "AWS::EC2::LaunchTemplate",
        json!({
            "LaunchTemplateName": "worker",
            "LaunchTemplateData": {
                "BlockDeviceMappings": [{
                    "DeviceName": "/dev/sda1",
                    "Ebs": { "KmsKeyId": { "Fn::GetAtt": [Match::string_like("Key*"), "Arn"] }, "VolumeSize": 2 },
                }],
                "InstanceType": "m7i.large",
                "KeyName": "office",
                "Monitoring": { "Enabled": true },
                "UserData": { "Fn::Base64": "#cloud-config\ntimezone: UTC\n" },
            },
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "ManagedPolicyArns": Match::absent() }),
    );
}

#[test]
fn imports_launch_template_with_security_group() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let group = SecurityGroup::from_id(stack, "Group", "sg-0123456789abcdef0", Egress::AllowAll);
    let template = LaunchTemplate::from_id(stack, "Worker", "lt-0123456789abcdef0", "3", group);
    assert_eq!(template.version().as_literal(), Some("3"));
    let groups = template.connections().security_groups;
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].id(), group.id());
}

/// Returns the findings about a stack, rendered as for users, without line numbers.
fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let mut shown = String::new();
    for finding in app.synth().findings() {
        for line in core::render(finding).lines() {
            let end = line
                .find("ec2_instance.rs:")
                .map(|at| at + "ec2_instance.rs".len());
            shown.push_str(&line[..end.unwrap_or(line.len())]);
            shown.push('\n');
        }
    }
    shown
}

#[test]
fn reports_what_ec2_would_reject() {
    let image =
        |architecture| MachineImage::from_id("ami-0123456789abcdef0", architecture, "/dev/xvda");
    insta::assert_snapshot!(
        "architecture",
        findings(|stack| {
            server!(stack, InstanceType::M7I_LARGE, image(Architecture::Arm64))
                .build(stack, "Server");
        })
    );
    insta::assert_snapshot!(
        "user_data_size",
        findings(|stack| {
            let text = UserData::new().command("#".repeat(16_369));
            server!(stack).user_data(text).build(stack, "Server");
        })
    );
    insta::assert_snapshot!(
        "subnet_index",
        findings(|stack| {
            server!(stack).subnet_index(7).build(stack, "Server");
        })
    );
    insta::assert_snapshot!(
        "private_address",
        findings(|stack| {
            let server = server!(stack).build(stack, "Server");
            Eip::builder().instance(server).build(stack, "Address");
        })
    );
}

#[test]
fn names_properties_of_launch_templates() {
    insta::assert_snapshot!(findings(|stack| {
        LaunchTemplate::builder()
            .vpc(vpc(stack, Nat::Single))
            .instance_type(InstanceType::M7I_LARGE)
            .machine_image(MachineImage::from_id(
                "ami-0123456789abcdef0",
                Architecture::Arm64,
                "/dev/xvda",
            ))
            .user_data(UserData::new().command("#".repeat(16_369)))
            .build(stack, "Worker");
    }));
}

#[test]
fn accepts_user_data_of_the_limit() {
    // The head of the script and the last newline have 16 bytes.
    let shown = findings(|stack| {
        let text = UserData::new().command("#".repeat(16_368));
        server!(stack).user_data(text).build(stack, "Server");
    });
    assert_eq!(shown, "");
}

#[test]
fn requires_way_to_session_manager() {
    for (session, count) in [(SessionManager::Enabled, 1), (SessionManager::Disabled, 0)] {
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        Instance::builder()
            .vpc(vpc(stack, Nat::None))
            .instance_type(InstanceType::T4G_SMALL)
            .machine_image(MachineImage::amazon_linux_2023())
            .session_manager(session)
            .build(stack, "Server");
        let synthesis = app.synth();
        let found = synthesis.findings().iter();
        let missing = found.filter(|one| one.code == codes::UNREACHABLE_SERVICE);
        assert_eq!(missing.count(), count, "{session:?}");
    }
}
