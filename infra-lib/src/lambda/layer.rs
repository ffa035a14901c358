//! Layers: files that functions share.

use super::code::Code;
use super::{Architecture, Runtime};
use crate::cfn::lambda::{
    CfnLayerVersion, CfnLayerVersionPermissionProps, CfnLayerVersionPermissionRequired,
    CfnLayerVersionProps, function, layer_version,
};
use crate::construct::With;
use crate::core::{
    Arn, Data, Diagnostic, IntoValue, Name, RemovalPolicy, Scope, Value, codes, value,
};
use crate::kind;

crate::construct! {
    /// A version of a layer: files below `/opt` that functions share, such as libraries or an extension.
    ///
    /// Creates an
    /// [`AWS::Lambda::LayerVersion`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversion.html).
    /// A change of the code or of any other property creates a new version; functions that have the old one keep it
    /// until they are updated. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | runtimes and processors | not stated, so nothing is compared | the same |
    /// | use by other accounts | none | none |
    /// | old version | deleted, functions that have it keep working | the same |
    /// | name | generated from the logical ID | the same |
    ///
    /// Inline code cannot be a layer (`INF4901`). A function whose runtime or processor is not among those that its layer
    /// states is reported (`INF4915`).
    ///
    /// ```
    /// use infra_lib::lambda::{Code, Function, LayerVersion, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let shared = LayerVersion::builder()
    ///     .code(Code::bucket("releases", "shared-1.2.0.zip"))
    ///     .compatible_runtime(Runtime::Nodejs24)
    ///     .license("MIT")
    ///     .build(stack, "Shared");
    /// shared.grant_use_to_account("111122223333");
    /// Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => {};"))
    ///     .layer(&shared)
    ///     .build(stack, "Function");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct LayerVersion<'app>: "infra-lib.lambda.LayerVersion" {
        resource: CfnLayerVersion<'app>,
    }

    /// Properties of a [`LayerVersion`], set through [`LayerVersion::builder`].
    pub struct LayerVersionProps, LayerVersionBuilder, layer_version_builder {
        /// Runtimes that the files are made for.
        list runtimes: Runtime,
        /// Processors that the files are made for.
        list architectures: Architecture,
        /// Files of the layer: a folder, an archive or an object in a bucket.
        required code: Code,
        /// Name of the layer. Default: a generated name.
        text layer_name,
        /// Description of the version, at most 256 characters. Default: none.
        text description,
        /// License of the files: an SPDX identifier, a URL or the text, at most 512 characters. Default: none.
        text license,
        /// Removal policy of an old version. Default: it is deleted, as in CloudFormation.
        optional removal_policy: RemovalPolicy,
    }
}

impl<S: layer_version_builder::State> LayerVersionBuilder<'_, S> {
    /// Adds a runtime that the files are made for. Default: none is stated.
    pub fn compatible_runtime(mut self, runtime: Runtime) -> Self {
        self.runtimes.push(runtime);
        self
    }

    /// Adds a processor that the files are made for. Default: none is stated.
    pub fn compatible_architecture(mut self, architecture: Architecture) -> Self {
        self.architectures.push(architecture);
        self
    }
}

impl<'app> LayerVersion<'app> {
    fn create(scope: Scope<'app>, props: LayerVersionProps<'app>) -> Self {
        let runtime = Runtime::Other(String::new());
        let architecture = props.architectures.first().copied();
        let architecture = architecture.unwrap_or(Architecture::Arm64);
        let code = props.code.bind(scope, &runtime, architecture);
        let runtimes: Vec<_> = props
            .runtimes
            .iter()
            .map(|runtime| layer_version::CompatibleRuntimes::other(runtime.as_str().to_owned()))
            .collect();
        let architectures: Vec<_> = props
            .architectures
            .iter()
            .map(|one| layer_version::CompatibleArchitectures::other(one.as_str().to_owned()))
            .collect();
        let resource = CfnLayerVersionProps::new(content(scope, code.code))
            .with(some(runtimes), CfnLayerVersionProps::compatible_runtimes)
            .with(
                some(architectures),
                CfnLayerVersionProps::compatible_architectures,
            )
            .with(props.layer_name, CfnLayerVersionProps::layer_name)
            .with(props.description, CfnLayerVersionProps::description)
            .with(props.license, CfnLayerVersionProps::license_info)
            .build(scope, "Resource");
        if let Some(policy) = props.removal_policy {
            resource.apply_removal_policy(policy);
        }
        if let Some(asset) = code.asset {
            asset.annotate(*resource, "Content");
        }
        Self { scope, resource }
    }

    /// Imports an existing version of a layer by its ARN, which ends with the number of the version.
    pub fn from_arn(arn: impl IntoValue<Arn<kind::lambda::LayerVersion>>) -> ImportedLayerVersion {
        ImportedLayerVersion {
            arn: arn.into_value(),
        }
    }

    /// Returns the ARN of the version.
    pub fn arn(&self) -> Value<Arn<kind::lambda::LayerVersion>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the version.
    pub fn cfn(&self) -> CfnLayerVersion<'app> {
        self.resource
    }

    /// Allows functions of another account to use the version.
    #[track_caller]
    pub fn grant_use_to_account(&self, account_id: impl IntoValue<String>) {
        let id = account_id.into_value();
        let name = id.as_literal().unwrap_or("Account").to_owned();
        self.permit(&name, id, None);
    }

    /// Allows functions of every account of an organization to use the version.
    #[track_caller]
    pub fn grant_use_to_organization(&self, organization_id: impl IntoValue<String>) {
        let id = organization_id.into_value();
        let name = id.as_literal().unwrap_or("Organization").to_owned();
        // With an organization, the principal is every account of it.
        self.permit(&name, value("*"), Some(id));
    }

    #[track_caller]
    fn permit(&self, name: &str, principal: Value<String>, organization: Option<Value<String>>) {
        CfnLayerVersionPermissionProps::new(CfnLayerVersionPermissionRequired {
            action: value("lambda:GetLayerVersion"),
            layer_version_arn: self.arn(),
            principal,
        })
        .with(
            organization,
            CfnLayerVersionPermissionProps::organization_id,
        )
        .build(self.scope.at_caller(), &format!("Use-{name}"));
    }
}

impl IntoValue<String> for LayerVersion<'_> {
    fn into_value(self) -> Value<String> {
        self.arn().cast()
    }
}

impl IntoValue<String> for &LayerVersion<'_> {
    fn into_value(self) -> Value<String> {
        self.arn().cast()
    }
}

/// An existing version of a layer, from [`LayerVersion::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedLayerVersion {
    arn: Value<Arn<kind::lambda::LayerVersion>>,
}

impl ImportedLayerVersion {
    /// Returns the ARN of the version.
    pub fn arn(&self) -> Value<Arn<kind::lambda::LayerVersion>> {
        self.arn.clone()
    }
}

impl IntoValue<String> for ImportedLayerVersion {
    fn into_value(self) -> Value<String> {
        self.arn.cast()
    }
}

impl IntoValue<String> for &ImportedLayerVersion {
    fn into_value(self) -> Value<String> {
        self.arn().cast()
    }
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// Returns the object of the code as the property `Content`; reports code that is not an archive (`INF4901`).
fn content(scope: Scope<'_>, code: function::Code) -> layer_version::Content {
    let code = IntoValue::<function::Code>::into_value(code).into_data();
    let part = |name: &str| code.pointer(name).cloned();
    if part("S3Bucket").is_none() {
        scope.report(
            Diagnostic::new(
                codes::FUNCTION_CODE,
                "a layer consists of files, not of text or an image",
            )
            .property("Content")
            .expected("a folder, an archive or an object in a bucket")
            .help("put the files into a folder: `Code::folder(…)`")
            .url("https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html"),
        );
    }
    // A text in place of the missing object keeps this the only finding.
    let text = |name: &str| part(name).unwrap_or_else(|| Data::from("missing"));
    layer_version::Content::new(
        Value::<Name<kind::s3::Bucket>>::from_data(text("S3Bucket")),
        Value::<String>::from_data(text("S3Key")),
    )
    .with(part("S3ObjectVersion"), |content, version| {
        content.s3_object_version(Value::<String>::from_data(version))
    })
}
