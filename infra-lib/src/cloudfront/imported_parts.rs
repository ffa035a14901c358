//! Functions, keys and key groups that exist already.

use super::{Function, KeyGroup, PublicKey};
use crate::import::{ArnForm, check_form};
use crate::{Arn, Construct, Id, IntoValue, Value, kind};

const FUNCTION_ARN: ArnForm = ArnForm::new(
    "cloudfront",
    "function/",
    "the ARN of a function of CloudFront, `arn:aws:cloudfront::ACCOUNT:function/NAME`",
);

crate::import! {
    /// An existing function of CloudFront, from [`Function::from_arn`]. Behaviors run its published code.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, cloudfront::{Behavior, Distribution, Function, FunctionEvent, Origin}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let rewrite = Function::from_arn(stack, "Rewrite", "arn:aws:cloudfront::111122223333:function/rewrite");
    /// let behavior = Behavior::new(Origin::https("www.example.com")).function(FunctionEvent::ViewerRequest, rewrite);
    /// Distribution::builder().default_behavior(behavior).build(stack, "Site");
    /// # assert!(!app.synth().has_errors());
    /// ```
    ///
    /// AWS: [CloudFront Functions](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-functions.html).
    pub struct ImportedFunction<'app>: "infra-lib.cloudfront.ImportedFunction" {
        /// Returns the ARN of the published function.
        arn: Arn<kind::cloudfront::Function>,
    }

    /// A function of the app or an existing one, from [`AsFunction::as_function`].
    pub enum FunctionRef of Function;

    /// A function for behaviors: a [`Function`] or an [`ImportedFunction`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no function of CloudFront",
        label = "a `cloudfront::Function` or a `cloudfront::ImportedFunction` is needed here",
        note = "a function of Lambda runs with `edge_function` and its version"
    )]
    pub trait AsFunction::as_function;
}

crate::import! {
    /// An existing public key, from [`PublicKey::from_id`], for the key groups of the app.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, cloudfront::{KeyGroup, PublicKey}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let key = PublicKey::from_id(stack, "Key", "K2JCJMDEHXQW5F");
    /// KeyGroup::builder().key(key).build(stack, "Signers");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedPublicKey<'app>: "infra-lib.cloudfront.ImportedPublicKey" {
        /// Returns the ID of the key, which signed URLs name as `Key-Pair-Id`.
        public_key_id: Id<kind::cloudfront::PublicKey>,
    }

    /// A public key of the app or an existing one, from [`AsPublicKey::as_public_key`].
    pub enum PublicKeyRef of PublicKey;

    /// A public key for key groups: a [`PublicKey`] or an [`ImportedPublicKey`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no public key",
        label = "a `PublicKey` or an `ImportedPublicKey` is needed here"
    )]
    pub trait AsPublicKey::as_public_key;
}

crate::import! {
    /// An existing key group, from [`KeyGroup::from_id`]. Behaviors accept URLs and cookies signed with its keys, which belong to
    /// the app that creates it.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, cloudfront::{Behavior, Distribution, KeyGroup, Origin}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let signers = KeyGroup::from_id(stack, "Signers", "c7a2b9d4-1234-4abc-9def-0123456789ab");
    /// let behavior = Behavior::new(Origin::https("www.example.com")).trusted_key_group(signers);
    /// Distribution::builder().default_behavior(behavior).build(stack, "Site");
    /// # assert!(!app.synth().has_errors());
    /// ```
    ///
    /// AWS: [Signers](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html).
    pub struct ImportedKeyGroup<'app>: "infra-lib.cloudfront.ImportedKeyGroup" {
        /// Returns the ID of the group.
        key_group_id: Id<kind::cloudfront::KeyGroup>,
    }

    /// A key group of the app or an existing one, from [`AsKeyGroup::as_key_group`].
    pub enum KeyGroupRef of KeyGroup;

    /// A key group for behaviors: a [`KeyGroup`] or an [`ImportedKeyGroup`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no key group",
        label = "a `KeyGroup` or an `ImportedKeyGroup` is needed here"
    )]
    pub trait AsKeyGroup::as_key_group;
}

impl<'app> Function<'app> {
    /// Imports an existing function by its ARN. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::cloudfront::Function>>,
    ) -> ImportedFunction<'app> {
        let arn = arn.into_value();
        let function = ImportedFunction::import(scope, id, arn.clone());
        FUNCTION_ARN.check(&function, &arn);
        function
    }
}

impl<'app> PublicKey<'app> {
    /// Imports an existing key by its ID. A literal with other characters than letters and digits is reported (`INF8026`).
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        public_key_id: impl IntoValue<Id<kind::cloudfront::PublicKey>>,
    ) -> ImportedPublicKey<'app> {
        let given = public_key_id.into_value();
        let key = ImportedPublicKey::import(scope, id, given.clone());
        check_id(
            &key,
            &given,
            "the ID of a public key, such as `K2JCJMDEHXQW5F`",
        );
        key
    }
}

impl<'app> KeyGroup<'app> {
    /// Imports an existing group by its ID. A literal with other characters than letters, digits and `-` is reported (`INF8026`).
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        key_group_id: impl IntoValue<Id<kind::cloudfront::KeyGroup>>,
    ) -> ImportedKeyGroup<'app> {
        let given = key_group_id.into_value();
        let group = ImportedKeyGroup::import(scope, id, given.clone());
        check_id(&group, &given, "the ID of a key group, a UUID");
        group
    }
}

fn check_id<'app, T>(import: &impl Construct<'app>, given: &Value<T>, shown: &str) {
    check_form(import, given, shown, |id| {
        !id.is_empty()
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
}
