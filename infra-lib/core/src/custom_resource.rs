//! Custom resources: resources that a function or topic of the user creates. [`CustomResource`] is the construct, [`CustomResourceProps`] its properties.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, codes};
use crate::duration::Duration;
use crate::props::Props;
use crate::removal_policy::RemovalPolicy;
use crate::resource::{Resource, add_resource};
use crate::tree::{Construct, Scope};
use crate::value::{Data, IntoValue, Map, Value};

/// Properties that CloudFormation reads itself.
pub(crate) const SERVICE_TOKEN: &str = "ServiceToken";
pub(crate) const SERVICE_TIMEOUT: &str = "ServiceTimeout";

/// Properties of a [`CustomResource`]; [`build`](Self::build) adds it to a scope.
#[derive(Clone, Debug)]
pub struct CustomResourceProps {
    type_name: Cow<'static, str>,
    service_token: Data,
    service_timeout: Option<Duration>,
    properties: Map,
    removal_policy: Option<RemovalPolicy>,
}

impl CustomResourceProps {
    /// Creates properties of a custom resource with the given type and provider.
    ///
    /// `type_name` is `Custom::` and a name of up to 60 characters in total, or `AWS::CloudFormation::CustomResource`. `service_token` is the ARN of
    /// the provider: a Lambda function or an SNS topic in the region of the stack.
    pub fn new(
        type_name: impl Into<Cow<'static, str>>,
        service_token: impl IntoValue<String>,
    ) -> Self {
        Self {
            type_name: type_name.into(),
            service_token: service_token.into_value().into_data(),
            service_timeout: None,
            properties: Map::new(),
            removal_policy: None,
        }
    }

    /// Sets a property that the provider reads. CloudFormation passes numbers and booleans as text. Any change calls the provider.
    pub fn property(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Data>) -> Self {
        self.properties.insert(name, value);
        self
    }

    /// Sets the time within which the provider must respond, 1 second to 1 hour. Default: 1 hour, as in CloudFormation; until then, a provider that
    /// fails without a response blocks the stack.
    pub fn service_timeout(mut self, timeout: Duration) -> Self {
        self.service_timeout = Some(timeout);
        self
    }

    /// Sets the fate of the resource when it is removed from the stack. Default: [`Destroy`](RemovalPolicy::Destroy), which calls the provider with
    /// `Delete`; with `Retain`, the provider is not called.
    pub fn removal_policy(mut self, policy: RemovalPolicy) -> Self {
        self.removal_policy = Some(policy);
        self
    }

    /// Adds the custom resource to `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> CustomResource<'app> {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.CustomResource");
        let mut props = Map::new();
        props.insert(SERVICE_TOKEN, self.service_token);
        if let Some(timeout) = self.service_timeout {
            let seconds = i64::try_from(timeout.as_seconds()).unwrap_or(i64::MAX);
            props.insert(SERVICE_TIMEOUT, seconds);
        }
        for (name, value) in self.properties {
            if name == SERVICE_TOKEN || name == SERVICE_TIMEOUT {
                report_reserved(scope, &name);
            } else {
                props.insert(name, value);
            }
        }
        let resource = add_resource(scope, "Default", self.type_name, Props::from(props));
        resource.apply_removal_policy(self.removal_policy.unwrap_or(RemovalPolicy::Destroy));
        CustomResource { scope, resource }
    }
}

fn report_reserved(scope: Scope<'_>, name: &str) {
    scope.report(
        Diagnostic::new(
            codes::CUSTOM_RESOURCE_SETTING,
            format!("the property `{name}` of a custom resource is reserved for CloudFormation"),
        )
        .property(name)
        .help("give the provider to `CustomResourceProps::new`, and the time to `service_timeout`"),
    );
}

/// A custom resource: CloudFormation calls a provider, a Lambda function or SNS topic of yours, to create, update and delete it.
///
/// Creates an
/// [`AWS::CloudFormation::CustomResource`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html).
/// The role or user that deploys calls the provider, so it needs `lambda:InvokeFunction` or `sns:Publish` for it.
///
/// No construct of this library adds one. The provider is code in your account with its own permissions, and its work appears neither in reviews nor
/// in drift detection, so every custom resource is a finding (`INF1286`), until it is acknowledged with a reason:
///
/// ```
/// use infra_core::{App, Construct as _, CustomResourceProps, Duration, Stack, codes};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Search");
/// let index = CustomResourceProps::new("Custom::SearchIndex", "arn:aws:lambda:eu-west-1:111122223333:function:indexer")
///     .property("Shards", 3_i64)
///     .service_timeout(Duration::minutes(5))
///     .build(stack, "Index");
/// index.scope().acknowledge(codes::CUSTOM_RESOURCE, "the engine has no resource type for indexes");
/// let endpoint = index.attr_value::<String>("Endpoint");
/// # infra_core::Output::new(stack, "Endpoint", endpoint);
/// # assert!(app.synth().findings().is_empty());
/// ```
///
/// A provider answers with the physical ID of the resource. Another ID in the answer to an update replaces the resource: CloudFormation then calls the
/// provider with `Delete` for the old one. `infra_contract::custom_resource` has the events and answers for providers in Rust.
#[derive(Clone, Copy, Debug)]
pub struct CustomResource<'app> {
    scope: Scope<'app>,
    resource: Resource<'app>,
}

impl<'app> CustomResource<'app> {
    /// Adds a custom resource without properties to `scope`. Use [`CustomResourceProps`] for properties.
    #[track_caller]
    pub fn new(
        scope: impl Construct<'app>,
        id: &str,
        type_name: impl Into<Cow<'static, str>>,
        service_token: impl IntoValue<String>,
    ) -> Self {
        CustomResourceProps::new(type_name, service_token).build(scope, id)
    }

    /// Returns the physical ID that the provider chose (`Ref`). The caller chooses `T`, the meaning of the value.
    pub fn ref_value<T: ?Sized>(&self) -> Value<T> {
        self.resource.ref_value()
    }

    /// Returns a value of the provider's answer (`Fn::GetAtt`), by its name in `Data`. The caller chooses `T`, the meaning of the value. A name that
    /// the answer lacks fails the deployment.
    pub fn attr_value<T: ?Sized>(&self, name: impl Into<Cow<'static, str>>) -> Value<T> {
        self.resource.attr_value(name)
    }

    /// Returns the resource in the template.
    pub fn resource(&self) -> Resource<'app> {
        self.resource
    }
}

impl<'app> Construct<'app> for CustomResource<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
