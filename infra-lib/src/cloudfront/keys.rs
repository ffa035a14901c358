//! Keys that verify signed URLs and cookies.

use infra_cfn::cloudfront::key_group::KeyGroupConfig;
use infra_cfn::cloudfront::public_key::{PublicKeyConfig, PublicKeyConfigRequired};
use infra_cfn::cloudfront::{CfnKeyGroup, CfnKeyGroupProps, CfnPublicKey, CfnPublicKeyProps};

use super::{AsPublicKey, PublicKeyRef};
use crate::construct::With;
use crate::unique_name::unique_name;
use crate::{Diagnostic, Id, Scope, Value, codes, kind, value};

crate::construct! {
    /// A public key with which CloudFront verifies signed URLs and cookies.
    ///
    /// Creates an
    /// [`AWS::CloudFront::PublicKey`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-publickey.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name and caller reference | from stack and construct | required |
    ///
    /// Text that is no public key in PEM is reported (`INF4076`). Keep the private key in Secrets Manager, for the program that
    /// signs. A key cannot be changed: add a second one to the group, sign with that, then remove the first.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::PublicKey;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Site");
    /// let pem = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----";
    /// let key = PublicKey::builder().encoded_key(pem).build(stack, "Key");
    /// Output::new(stack, "KeyPairId", key.public_key_id());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct PublicKey<'app>: "infra-lib.cloudfront.PublicKey" {
        resource: CfnPublicKey<'app>,
    }

    /// Properties of a [`PublicKey`], set through [`PublicKey::builder`].
    pub struct PublicKeyProps, PublicKeyBuilder, public_key_builder {
        /// Public key in PEM: RSA with 2,048 bits or ECDSA with P-256, from `openssl pkey -pubout`. A change replaces the key.
        required_value encoded_key: String,
        /// Name of the key. Default: from stack and construct (CloudFormation: required).
        text key_name,
        /// Comment on the key. Default: none.
        text comment,
    }
}

impl<'app> PublicKey<'app> {
    fn create(scope: Scope<'app>, props: PublicKeyProps<'app>) -> Self {
        if let Some(text) = props.encoded_key.as_literal() {
            check_pem(scope, text);
        }
        let reference = unique_name(scope, "Resource", 80);
        let name = props.key_name.unwrap_or_else(|| value(&reference));
        let config = PublicKeyConfig::new(PublicKeyConfigRequired {
            caller_reference: value(reference),
            encoded_key: props.encoded_key,
            name,
        })
        .with(props.comment, PublicKeyConfig::comment);
        let resource = CfnPublicKeyProps::new(config).build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ID of the key, which signed URLs name as `Key-Pair-Id`.
    pub fn public_key_id(&self) -> Value<Id<kind::cloudfront::PublicKey>> {
        self.resource.attr_id()
    }

    /// Returns the L1 binding of the key.
    pub fn cfn(&self) -> CfnPublicKey<'app> {
        self.resource
    }
}

fn check_pem(scope: Scope<'_>, text: &str) {
    let text = text.trim();
    let is_public = text.starts_with("-----BEGIN PUBLIC KEY-----")
        && text.ends_with("-----END PUBLIC KEY-----");
    if !is_public {
        // The text itself may be a private key, so it is not shown.
        let first = text.lines().next().unwrap_or_default();
        let actual = if first.starts_with("-----BEGIN ") {
            first
        } else {
            "text without `-----BEGIN PUBLIC KEY-----`"
        };
        scope.report(
            Diagnostic::new(codes::PUBLIC_KEY_PEM, "the text is no public key in PEM")
                .property("PublicKeyConfig.EncodedKey")
                .actual(actual)
                .expected("`-----BEGIN PUBLIC KEY-----` to `-----END PUBLIC KEY-----`")
                .help("write it with `openssl pkey -in private.pem -pubout`")
                .url("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html"),
        );
    }
}

crate::construct! {
    /// A group of public keys: a behavior that trusts it accepts URLs and cookies signed with any of them.
    ///
    /// Creates an
    /// [`AWS::CloudFront::KeyGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-keygroup.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | from stack and construct | required |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::{KeyGroup, PublicKey};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Site");
    /// let pem = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----";
    /// let key = PublicKey::builder().encoded_key(pem).build(stack, "Key");
    /// KeyGroup::builder().key(&key).build(stack, "Signers");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct KeyGroup<'app>: "infra-lib.cloudfront.KeyGroup" {
        resource: CfnKeyGroup<'app>,
    }

    /// Properties of a [`KeyGroup`], set through [`KeyGroup::builder`].
    pub struct KeyGroupProps, KeyGroupBuilder, key_group_builder {
        /// Keys of the group.
        list keys: PublicKeyRef<'app>,
        /// Name of the group. Default: from stack and construct (CloudFormation: required).
        text group_name,
        /// Comment on the group. Default: none.
        text comment,
    }
}

impl<'app, S: key_group_builder::State> KeyGroupBuilder<'app, S> {
    /// Adds a key to the group: one of the app, or one from [`PublicKey::from_id`].
    pub fn key(mut self, key: impl AsPublicKey<'app>) -> Self {
        self.keys.push(key.as_public_key());
        self
    }
}

impl<'app> KeyGroup<'app> {
    fn create(scope: Scope<'app>, props: KeyGroupProps<'app>) -> Self {
        let keys: Vec<_> = props.keys.iter().map(PublicKeyRef::public_key_id).collect();
        let name = props
            .group_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 80)));
        let keys: Vec<Value<String>> = keys.into_iter().map(Value::cast).collect();
        let config = KeyGroupConfig::new(keys, name).with(props.comment, KeyGroupConfig::comment);
        let resource = CfnKeyGroupProps::new(config).build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ID of the group.
    pub fn key_group_id(&self) -> Value<Id<kind::cloudfront::KeyGroup>> {
        self.resource.attr_id()
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnKeyGroup<'app> {
        self.resource
    }
}
