//! Functions of CloudFront, and their key-value stores.

use infra_cfn::cloudfront::function::{
    FunctionConfig, FunctionConfigRuntime, KeyValueStoreAssociation,
};
use infra_cfn::cloudfront::{
    CfnFunction, CfnFunctionProps, CfnFunctionRequired, CfnKeyValueStore, CfnKeyValueStoreProps,
};

use crate::construct::With;
use crate::iam::{Grant, Identity};
use crate::unique_name::unique_name;
use crate::{Arn, Construct, Diagnostic, IntoValue, Scope, Value, codes, kind, value};

/// Maximum size of the code of a function, in bytes.
///
/// See [quotas](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions).
const CODE_SIZE: usize = 10 * 1024;

crate::construct! {
    /// A function of CloudFront: JavaScript that runs at the edge for each request or response of a viewer, in less than a
    /// millisecond.
    ///
    /// Creates an
    /// [`AWS::CloudFront::Function`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | runtime | `cloudfront-js-2.0` | required |
    /// | publication | with each deployment | none; distributions cannot use the function |
    /// | name | from stack and construct | required |
    ///
    /// Code of more than 10 KiB, and code without a function `handler`, is reported (`INF4075`).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::Function;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Site");
    /// Function::builder()
    ///     .code("function handler(event) { return event.request; }")
    ///     .build(stack, "Function");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Function<'app>: "infra-lib.cloudfront.Function" {
        resource: CfnFunction<'app>,
    }

    /// Properties of a [`Function`], set through [`Function::builder`].
    pub struct FunctionProps, FunctionBuilder, function_builder {
        /// Code in JavaScript, such as `include_str!("rewrite.js")`.
        required_value code: String,
        /// Key-value store that the code reads. Default: none.
        reference key_value_store: AsKeyValueStore::as_key_value_store => KeyValueStoreRef<'app>,
        /// Comment on the function. Default: the construct path (CloudFormation: required).
        text comment,
        /// Name of the function, at most 64 characters. Default: from stack and construct (CloudFormation: required).
        text function_name,
    }
}

impl<'app> Function<'app> {
    fn create(scope: Scope<'app>, props: FunctionProps<'app>) -> Self {
        if let Some(code) = props.code.as_literal() {
            check_code(scope, code);
        }
        let comment = props.comment.unwrap_or_else(|| value(scope.path()));
        let config = FunctionConfig::new(comment, FunctionConfigRuntime::CLOUDFRONT_JS_2_0).with(
            props.key_value_store,
            |config, store| {
                let association = KeyValueStoreAssociation::new(store.arn());
                config.key_value_store_associations([association])
            },
        );
        let name = props
            .function_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 64)));
        let resource = CfnFunctionProps::new(CfnFunctionRequired {
            function_code: props.code,
            function_config: value(config),
            name,
        })
        .auto_publish(true)
        .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ARN of the published function.
    pub fn arn(&self) -> Value<Arn<kind::cloudfront::Function>> {
        self.resource.attr_function_arn()
    }

    /// Returns the L1 binding of the function.
    pub fn cfn(&self) -> CfnFunction<'app> {
        self.resource
    }
}

fn check_code(scope: Scope<'_>, code: &str) {
    let (actual, expected) = if code.len() > CODE_SIZE {
        (format!("{} bytes", code.len()), "at most 10,240 bytes")
    } else if !code.contains("handler") {
        (
            "no function `handler`".to_owned(),
            "`function handler(event) { … }`",
        )
    } else {
        return;
    };
    scope.report(
        Diagnostic::new(codes::EDGE_FUNCTION_CODE, "CloudFront rejects the code of a function")
            .property("FunctionCode")
            .actual(actual)
            .expected(expected)
            .url("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-functions.html"),
    );
}

crate::construct! {
    /// A key-value store: data that functions of CloudFront read at the edge, and programs change without a deployment.
    ///
    /// Creates an
    /// [`AWS::CloudFront::KeyValueStore`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-keyvaluestore.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | from stack and construct | required |
    /// | initial data | none | none |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::{Function, KeyValueStore};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Site");
    /// let flags = KeyValueStore::builder().build(stack, "Flags");
    /// let code = "
    /// import cf from 'cloudfront';
    /// async function handler(event) {
    ///     const target = await cf.kvs().get(event.request.uri);
    ///     return { statusCode: 302, headers: { location: { value: target } } };
    /// }";
    /// Function::builder().code(code).key_value_store(&flags).build(stack, "Redirects");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct KeyValueStore<'app>: "infra-lib.cloudfront.KeyValueStore" {
        resource: CfnKeyValueStore<'app>,
    }

    /// Properties of a [`KeyValueStore`], set through [`KeyValueStore::builder`].
    pub struct KeyValueStoreProps, KeyValueStoreBuilder, key_value_store_builder {
        /// Name of the store, at most 64 characters. Default: from stack and construct (CloudFormation: required).
        text store_name,
        /// Comment on the store. Default: none.
        text comment,
    }
}

crate::import! {
    /// An existing key-value store, from [`KeyValueStore::from_arn`].
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cloudfront::{Function, KeyValueStore};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Site");
    /// let arn = "arn:aws:cloudfront::111122223333:key-value-store/11111111-2222-3333-4444-555555555555";
    /// let flags = KeyValueStore::from_arn(stack, "Flags", arn);
    /// Function::builder()
    ///     .code("async function handler(event) { return event.request; }")
    ///     .key_value_store(flags)
    ///     .build(stack, "Function");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedKeyValueStore<'app>: "infra-lib.cloudfront.ImportedKeyValueStore" {
        /// Returns the ARN of the store.
        arn: Arn<kind::cloudfront::KeyValueStore>,
    }

    /// A key-value store of the app or an existing one, from [`AsKeyValueStore::as_key_value_store`].
    pub enum KeyValueStoreRef of KeyValueStore;

    /// A key-value store for builders: a [`KeyValueStore`] or an [`ImportedKeyValueStore`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no key-value store",
        label = "a `KeyValueStore` or an `ImportedKeyValueStore` is needed here"
    )]
    pub trait AsKeyValueStore::as_key_value_store;
}

impl<'app> KeyValueStore<'app> {
    fn create(scope: Scope<'app>, props: KeyValueStoreProps<'app>) -> Self {
        let name = props
            .store_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 64)));
        let resource = CfnKeyValueStoreProps::new(name)
            .with(props.comment, CfnKeyValueStoreProps::comment)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Imports an existing key-value store by its ARN.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::cloudfront::KeyValueStore>>,
    ) -> ImportedKeyValueStore<'app> {
        ImportedKeyValueStore::import(scope, id, arn.into_value())
    }

    /// Returns the ARN of the store.
    pub fn arn(&self) -> Value<Arn<kind::cloudfront::KeyValueStore>> {
        self.resource.attr_arn()
    }

    /// Returns the L1 binding of the store.
    pub fn cfn(&self) -> CfnKeyValueStore<'app> {
        self.resource
    }
}

/// Adds the grants of a store to a handle.
macro_rules! store_grants {
    ($($type:ident),+) => {$(
        impl<'app> $type<'app> {
            /// Allows an identity of the app to read keys.
            #[track_caller]
            pub fn grant_read(&self, to: &impl Identity<'app>) -> Grant<'app> {
                Grant::on_imported(
                    to,
                    self.arn(),
                    [
                        "cloudfront-keyvaluestore:DescribeKeyValueStore",
                        "cloudfront-keyvaluestore:GetKey",
                        "cloudfront-keyvaluestore:ListKeys",
                    ],
                )
            }

            /// Allows an identity of the app to change keys.
            #[track_caller]
            pub fn grant_write(&self, to: &impl Identity<'app>) -> Grant<'app> {
                Grant::on_imported(
                    to,
                    self.arn(),
                    [
                        "cloudfront-keyvaluestore:DeleteKey",
                        "cloudfront-keyvaluestore:DescribeKeyValueStore",
                        "cloudfront-keyvaluestore:PutKey",
                        "cloudfront-keyvaluestore:UpdateKeys",
                    ],
                )
            }
        }
    )+};
}

store_grants!(KeyValueStore, ImportedKeyValueStore, KeyValueStoreRef);
