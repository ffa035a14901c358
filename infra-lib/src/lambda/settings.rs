//! Settings of functions beyond code, memory and time: SnapStart, recursion, system logs and code signing.

use super::Runtime;
use super::runtime::Family;
use crate::cfn::lambda::{
    CfnCodeSigningConfig, CfnCodeSigningConfigProps, CfnFunction, code_signing_config, function,
};
use crate::construct::With;
use crate::core::{Arn, Data, Diagnostic, IntoValue, Scope, Size, Value, codes};
use crate::kind;

/// Start of new environments of a function from a snapshot, in place of its initialization.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SnapStart {
    /// Published versions start from a snapshot that Lambda takes when the version is published.
    PublishedVersions,
}

/// Treatment of a function that invokes itself through a queue, a topic or a bucket.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RecursiveLoop {
    /// Lambda lets the function run, which may cost a lot.
    Allow,
    /// Lambda stops the function after about 16 invocations that result from one event.
    Terminate,
}

/// Lowest level of the lines that Lambda itself logs about a function.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SystemLogLevel {
    /// Details for the search of errors, and everything below.
    Debug,
    /// Normal operation, such as start and report of each invocation, and everything below.
    Info,
    /// Conditions that may lead to errors.
    Warn,
}

impl SystemLogLevel {
    pub(super) fn cfn(self) -> function::LoggingConfigSystemLogLevel {
        use function::LoggingConfigSystemLogLevel as Level;
        match self {
            Self::Debug => Level::DEBUG,
            Self::Info => Level::INFO,
            Self::Warn => Level::WARN,
        }
    }
}

/// Treatment of code without a valid signature.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UntrustedCode {
    /// Lambda refuses the deployment.
    Refuse,
    /// Lambda deploys the code and counts it in the metric `SignatureValidationErrors`.
    Warn,
}

crate::construct! {
    /// Signatures that the code of functions must have, from signing profiles of AWS Signer.
    ///
    /// Creates an
    /// [`AWS::Lambda::CodeSigningConfig`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-codesigningconfig.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | code without a valid signature | refused | deployed, with a warning |
    ///
    /// ```
    /// use infra_lib::lambda::{Code, CodeSigningConfig, Function, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let signed = CodeSigningConfig::builder()
    ///     .signing_profile("arn:aws:signer:eu-west-1:111122223333:/signing-profiles/releases/a1b2c3d4e5")
    ///     .build(stack, "Signed");
    /// Function::builder()
    ///     .runtime(Runtime::Python314)
    ///     .handler("app.handler")
    ///     .code(Code::bucket("releases", "signed/app.zip"))
    ///     .code_signing(signed)
    ///     .build(stack, "Function");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct CodeSigningConfig<'app>: "infra-lib.lambda.CodeSigningConfig" {
        resource: CfnCodeSigningConfig<'app>,
    }

    /// Properties of a [`CodeSigningConfig`], set through [`CodeSigningConfig::builder`].
    pub struct CodeSigningConfigProps, CodeSigningConfigBuilder, code_signing_config_builder {
        /// ARNs of versions of further signing profiles.
        list profiles: Value<Arn<kind::signer::SigningProfile>>,
        /// ARN of a version of a signing profile, one of whose signatures the code must have.
        required_value signing_profile: Arn<kind::signer::SigningProfile>,
        /// Treatment of code without a valid signature. Default: it is refused (CloudFormation: deployed, with a warning).
        default untrusted_code: UntrustedCode = UntrustedCode::Refuse,
        /// Description, at most 256 characters. Default: none.
        text description,
    }
}

impl<S: code_signing_config_builder::State> CodeSigningConfigBuilder<'_, S> {
    /// Accepts the signatures of another signing profile as well, by the ARN of a version.
    pub fn also_accept(
        mut self,
        profile_version_arn: impl IntoValue<Arn<kind::signer::SigningProfile>>,
    ) -> Self {
        self.profiles.push(profile_version_arn.into_value());
        self
    }
}

impl<'app> CodeSigningConfig<'app> {
    fn create(scope: Scope<'app>, mut props: CodeSigningConfigProps<'app>) -> Self {
        use code_signing_config::{
            AllowedPublishers, CodeSigningPolicies,
            CodeSigningPoliciesUntrustedArtifactOnDeployment as OnDeployment,
        };
        let policy = match props.untrusted_code {
            UntrustedCode::Refuse => OnDeployment::ENFORCE,
            UntrustedCode::Warn => OnDeployment::WARN,
        };
        props.profiles.insert(0, props.signing_profile);
        let resource = CfnCodeSigningConfigProps::new(AllowedPublishers::new(props.profiles))
            .code_signing_policies(CodeSigningPolicies::new(policy))
            .with(props.description, CfnCodeSigningConfigProps::description)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ARN of the configuration.
    pub fn arn(&self) -> Value<Arn<kind::lambda::CodeSigningConfig>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the configuration.
    pub fn cfn(&self) -> CfnCodeSigningConfig<'app> {
        self.resource
    }
}

/// Sets recursion and SnapStart; reports SnapStart that Lambda rejects (`INF4913`).
pub(super) fn apply(
    scope: Scope<'_>,
    resource: CfnFunction<'_>,
    runtime: &Runtime,
    snap_start: Option<SnapStart>,
    recursive_loop: Option<RecursiveLoop>,
    storage: Option<Size>,
) {
    if let Some(recursion) = recursive_loop {
        let name = match recursion {
            RecursiveLoop::Allow => "Allow",
            RecursiveLoop::Terminate => "Terminate",
        };
        resource.override_prop("RecursiveLoop", name);
    }
    if snap_start.is_none() {
        return;
    }
    resource.override_prop(
        "SnapStart",
        Data::map([("ApplyOn", Data::from("PublishedVersions"))]),
    );
    let has_snap_start = match runtime {
        Runtime::Java8 | Runtime::Python311 | Runtime::Python310 | Runtime::Python39 => false,
        known => !matches!(
            known.family(),
            Some(Family::Nodejs | Family::Ruby | Family::Provided)
        ),
    };
    if !has_snap_start {
        report(
            scope,
            format!("the runtime `{}` has no SnapStart", runtime.as_str()),
            "Java 11, Python 3.12, .NET 8, or a newer version of them",
        );
    }
    if let Some(size) = storage.filter(|size| size.as_mib() > 512) {
        report(
            scope,
            format!(
                "SnapStart excludes a folder `/tmp` of {} MiB",
                size.as_mib()
            ),
            "512 MiB, the default",
        );
    }
}

fn report(scope: Scope<'_>, message: String, expected: &'static str) {
    scope.report(
        Diagnostic::new(codes::SNAP_START, message)
            .property("SnapStart")
            .expected(expected)
            .help("remove `.snap_start(…)`; provisioned concurrency of an alias also avoids cold starts")
            .url("https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html"),
    );
}
