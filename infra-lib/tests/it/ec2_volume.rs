//! Tests of what instances use of `infra_lib::ec2`: key pairs.

use infra_lib::assertions::{Match, Template};
use infra_lib::ec2::{
    InstanceType, KeyFormat, KeyPair, KeySource, LaunchTemplate, MachineImage, Vpc, VpcAttributes,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::{App, Output, Stack, core};
use serde_json::json;

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
