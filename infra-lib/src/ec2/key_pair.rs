//! The [`KeyPair`] construct, and existing key pairs.

use infra_cfn::ec2::{CfnKeyPair, CfnKeyPairProps, key_pair};
use infra_cfn::kind;

use crate::construct::unique_name;
use crate::iam::{Grant, Grantable};
use crate::{
    Arn, Construct, Diagnostic, Id, IntoValue, Name, Scope, Value, codes, pseudo, sub, value,
};

/// Format of the private key that EC2 creates.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum KeyFormat {
    /// PEM, for OpenSSH.
    #[default]
    Pem,
    /// PPK, for PuTTY.
    Ppk,
}

/// Origin of the keys of a [`KeyPair`].
#[derive(Clone, Debug)]
pub struct KeySource(Source);

#[derive(Clone, Debug)]
enum Source {
    Created {
        key_type: key_pair::KeyType,
        format: KeyFormat,
    },
    Imported(Value<String>),
}

impl KeySource {
    /// Creates an ED25519 key. Windows instances do not support it.
    pub fn ed25519(format: KeyFormat) -> Self {
        Self(Source::Created {
            key_type: key_pair::KeyType::ED25519,
            format,
        })
    }

    /// Creates an RSA key of 2,048 bits, with which EC2 also encrypts the password of a Windows instance.
    pub fn rsa(format: KeyFormat) -> Self {
        Self(Source::Created {
            key_type: key_pair::KeyType::RSA,
            format,
        })
    }

    /// Imports a public key whose private key AWS never sees: ED25519, or RSA of 1,024, 2,048 or 4,096 bits, in OpenSSH
    /// format (`ssh-ed25519 …`), as an SSH public key file (RFC 4716) or in Base64-encoded DER. Another text is reported
    /// (`INF4120`).
    ///
    /// See [Import a public
    /// key](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#how-to-generate-your-own-key-and-import-it-to-aws).
    pub fn public_key(text: impl IntoValue<String>) -> Self {
        Self(Source::Imported(text.into_value()))
    }
}

crate::construct! {
    /// An EC2 key pair: the public key that an instance accepts for SSH, or that encrypts the password of a Windows
    /// instance.
    ///
    /// Creates an
    /// [`AWS::EC2::KeyPair`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-keypair.html).
    /// EC2 stores the private key that it creates as a `SecureString` in the SSM parameter `/ec2/keypair/ID`, and deletes
    /// it with the key pair; the template never contains it. Session Manager, which instances have by default, needs no
    /// key pair. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | generated | required |
    /// | key | created by EC2, ED25519 | created by EC2, RSA |
    /// | format | PEM | PEM |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{Instance, InstanceType, KeyPair, MachineImage, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let key = KeyPair::builder().build(stack, "Key");
    /// Instance::builder()
    ///     .vpc(vpc)
    ///     .instance_type(InstanceType::T4G_SMALL)
    ///     .machine_image(MachineImage::amazon_linux_2023())
    ///     .key_pair(key)
    ///     .build(stack, "Server");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct KeyPair<'app>: "infra-lib.ec2.KeyPair" {
        resource: CfnKeyPair<'app>,
        created: bool,
    }

    /// Properties of a [`KeyPair`], set through [`KeyPair::builder`].
    pub struct KeyPairProps, KeyPairBuilder, key_pair_builder {
        /// Physical name of the key pair, at most 255 characters. Default: a generated name (CloudFormation: required).
        /// Changing it replaces the key pair.
        text key_pair_name,
        /// Origin of the keys. Default: EC2 creates an ED25519 key in PEM format (CloudFormation: RSA). Changing it replaces
        /// the key pair, which requires another name if that is set.
        default source: KeySource = KeySource::ed25519(KeyFormat::Pem),
    }
}

impl<'app> KeyPair<'app> {
    fn create(scope: Scope<'app>, props: KeyPairProps<'app>) -> Self {
        let name = props
            .key_pair_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 255)));
        let cfn = CfnKeyPairProps::new(name);
        let created = matches!(props.source.0, Source::Created { .. });
        let cfn = match props.source.0 {
            Source::Created { key_type, format } => {
                cfn.key_type(key_type).key_format(match format {
                    KeyFormat::Pem => key_pair::KeyFormat::PEM,
                    KeyFormat::Ppk => key_pair::KeyFormat::PPK,
                })
            }
            Source::Imported(text) => {
                if let Some(text) = text.as_literal() {
                    check_public_key(scope, text);
                }
                cfn.public_key_material(text)
            }
        };
        let resource = cfn.build(scope, "Resource");
        Self {
            scope,
            resource,
            created,
        }
    }

    /// Imports an existing key pair of this region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        key_pair_name: impl IntoValue<Name<kind::ec2::KeyPair>>,
    ) -> ImportedKeyPair<'app> {
        ImportedKeyPair::import(scope, id, key_pair_name.into_value())
    }

    /// Returns the name of the key pair.
    pub fn key_pair_name(&self) -> Value<Name<kind::ec2::KeyPair>> {
        self.resource.ref_()
    }

    /// Returns the ID of the key pair, `key-…`.
    pub fn key_pair_id(&self) -> Value<Id<kind::ec2::KeyPair>> {
        self.resource.attr_key_pair_id()
    }

    /// Returns the fingerprint of the key.
    pub fn fingerprint(&self) -> Value<String> {
        self.resource.attr_key_fingerprint()
    }

    /// Returns the name of the SSM parameter with the private key, `/ec2/keypair/ID`. A pair with an imported public key
    /// has none, which is reported (`INF4121`).
    #[track_caller]
    pub fn private_key_parameter(&self) -> Value<Name<kind::ssm::Parameter>> {
        self.require_private_key();
        sub!["/ec2/keypair/", self.key_pair_id()].cast()
    }

    /// Allows a role to read the private key from its SSM parameter, which is encrypted with the key `aws/ssm` of the
    /// account. A pair with an imported public key has no such parameter, which is reported (`INF4121`).
    #[track_caller]
    pub fn grant_read_private_key(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.require_private_key();
        let arn: Value<Arn<kind::ssm::Parameter>> = sub![
            "arn:",
            pseudo::partition(),
            ":ssm:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":parameter/ec2/keypair/",
            self.key_pair_id()
        ]
        .cast();
        Grant::to(to)
            .actions(["ssm:GetParameter", "ssm:GetParameters"])
            .resource(arn)
            .on_identity(self)
    }

    /// Returns the L1 binding of the key pair.
    pub fn cfn(&self) -> CfnKeyPair<'app> {
        self.resource
    }

    #[track_caller]
    fn require_private_key(&self) {
        if !self.created {
            self.scope.report(
                Diagnostic::new(
                    codes::PRIVATE_KEY,
                    "the key pair has an imported public key, so AWS does not have its private key",
                )
                .origin(std::panic::Location::caller())
                .expected("a key pair whose keys EC2 creates")
                .help("let EC2 create the keys: `.source(KeySource::ed25519(KeyFormat::Pem))`, or keep the private key in a secret of your own")
                .url("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html"),
            );
        }
    }
}

/// Reports a text that is known to be no public key for EC2. The text is never part of the message, since it may be a
/// private key.
fn check_public_key(scope: Scope<'_>, text: &str) {
    let kind = text.split_whitespace().next().unwrap_or_default();
    let actual = if text.contains("PRIVATE KEY") || kind.starts_with("PuTTY-User-Key-File") {
        "a private key".to_owned()
    } else if kind.is_empty() {
        "an empty text".to_owned()
    } else if ["ecdsa-", "sk-", "ssh-dss"]
        .iter()
        .any(|start| kind.starts_with(start))
    {
        format!("a key of the type `{kind}`")
    } else {
        return;
    };
    scope.report(
        Diagnostic::new(codes::PUBLIC_KEY, "EC2 does not accept the public key")
            .property("PublicKeyMaterial")
            .actual(actual)
            .expected("a public key, `ssh-ed25519 …` or `ssh-rsa …`")
            .help("create one with `ssh-keygen -t ed25519`, and use the text of the file that ends with `.pub`")
            .url("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#how-to-generate-your-own-key-and-import-it-to-aws"),
    );
}

crate::import! {
    /// An existing key pair, from [`KeyPair::from_name`].
    pub struct ImportedKeyPair<'app>: "infra-lib.ec2.ImportedKeyPair" {
        /// Returns the name of the key pair.
        key_pair_name: Name<kind::ec2::KeyPair>,
    }

    /// A key pair of the app or an existing one, from [`AsKeyPair::as_key_pair`].
    pub enum KeyPairRef of KeyPair;

    /// A key pair for builders: a [`KeyPair`] or an [`ImportedKeyPair`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no key pair",
        label = "a `KeyPair` or an `ImportedKeyPair` is needed here"
    )]
    pub trait AsKeyPair::as_key_pair;
}
