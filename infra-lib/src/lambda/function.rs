//! Functions of AWS Lambda.

use infra_contract::{Provide, WithoutEvent};

use super::architecture::Architecture;
use super::code::Code;
use super::file_system::{self, FileSystemMount, MountedByFunction};
use super::imported_signing::{AsCodeSigningConfig, CodeSigningConfigRef};
use super::invoke::{Invocable, Invoked};
use super::logging::{LogFormat, LogLevel, Tracing};
use super::network::{self, Groups};
use super::settings::{self, RecursiveLoop, SnapStart, SystemLogLevel};
use super::{Runtime, environment, handler, insights, layer_checks, powertools};
use crate::cfn::lambda::{CfnFunction, CfnFunctionProps, function};
use crate::construct::With;
use crate::core::{
    Arn, Construct, Diagnostic, Duration, IntoValue, Name, Scope, Size, Value, codes,
};
use crate::ec2::{AsSubnets, InternalTier, SecurityGroup, Subnets, SubnetsRef};
use crate::iam::{
    AsRole, Grant, Grantable, Grantee, Identity, Principal, Role, RoleRef, Statement,
};
use crate::kind;
use crate::logs::{AsLogGroup, LogGroup, LogGroupRef, RetentionDays};

/// Resources of a contract, which the builder keeps until the function exists.
struct Provider<'app>(Box<dyn Provide<Function<'app>> + 'app>);

impl std::fmt::Debug for Provider<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Provider")
    }
}

crate::construct! {
    /// A function of AWS Lambda, with its execution role and its log group.
    ///
    /// Creates an
    /// [`AWS::Lambda::Function`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html),
    /// a role that may write to the log group only, and the log group. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | architecture | arm64 | x86_64 |
    /// | role | one for this function | required |
    /// | log group | one for this function, events expire after a month | created by Lambda on the first invocation, events never expire |
    /// | log format | JSON | text |
    /// | memory | 128 MiB | 128 MiB |
    /// | timeout | 3 seconds | 3 seconds |
    /// | tracing | of requests that the caller traces | the same |
    /// | environment | encrypted with a key of Lambda | the same |
    /// | connections in a VPC | HTTPS to anywhere from private subnets, none from isolated ones | those of the given security groups |
    /// | name | generated, so that the function can be replaced | generated |
    ///
    /// Synthesis reports code without its handler (`INF4902`), an executable for another processor (`INF4906`), runtimes
    /// without support (`INF4903`), and environments that Lambda rejects (`INF4904`).
    ///
    /// Grants to the function go to its role:
    ///
    /// ```
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::s3::Bucket;
    /// use infra_lib::{App, Duration, Size, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let uploads = Bucket::builder().build(stack, "Uploads");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => 'hello';"))
    ///     .memory(Size::mib(512))
    ///     .timeout(Duration::seconds(30))
    ///     .env("UPLOADS", uploads.bucket_name())
    ///     .build(stack, "Thumbnails");
    /// uploads.grant_read(&function);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Function<'app>: "infra-lib.lambda.Function" {
        resource: CfnFunction<'app>,
        role: RoleRef<'app>,
        log_group: LogGroupRef<'app>,
    }

    /// Properties of a [`Function`], set through [`Function::builder`].
    pub struct FunctionProps, FunctionBuilder, function_builder {
        /// Environment variables.
        list env: (String, Value<String>),
        /// Resources of contracts.
        list providers: Provider<'app>,
        /// ARNs of layer versions.
        list layers: Value<String>,
        /// Releases of Powertools; the last call counts.
        list powertools: String,
        /// Layer version of Lambda Insights; the last call counts.
        list insights: Value<String>,
        /// Subnets; the last call counts.
        list placements: SubnetsRef<'app>,
        /// File systems; Lambda mounts one.
        list file_systems: FileSystemMount<'app>,
        /// Security groups in place of an own one.
        list security_groups: SecurityGroup<'app>,
        /// Code of the function.
        required code: Code,
        /// Runtime of the function. One without support is reported (`INF4903`).
        required runtime: Runtime,
        /// Entry point in the code. Node.js, Python and Ruby: path of a file, a dot, and a function, such as
        /// `index.handler`. Java: class and method. `provided` runtimes: any text, by convention `bootstrap`.
        required_value handler: String,
        /// Physical name of the function. Default: a generated name, so that CloudFormation can replace the function.
        text function_name,
        /// Description of the function, at most 256 characters. Default: none.
        text description,
        /// Processor that runs the function. Default: arm64 (CloudFormation: x86_64).
        default architecture: Architecture = Architecture::Arm64,
        /// Memory of the function, which also determines its share of a CPU: 1,769 MiB are one. Default: 128 MiB, as in
        /// CloudFormation.
        optional memory: Size,
        /// Maximum duration of an invocation, 1 second to 15 minutes. Default: 3 seconds, as in CloudFormation.
        optional timeout: Duration,
        /// Size of the folder `/tmp`, 512 MiB to 10 GiB. Default: 512 MiB, as in CloudFormation.
        optional ephemeral_storage: Size,
        /// Number of invocations at the same time that is reserved for the function, which is also its maximum; 0 stops
        /// the function. Default: none, the function shares the concurrency of the account.
        optional reserved_concurrency: u32,
        /// Traces in AWS X-Ray. Default: those of requests that the caller traces, as in CloudFormation.
        default tracing: Tracing = Tracing::PassThrough,
        /// Execution role. Default: a role for this function. The permissions that the function needs are added to it in
        /// either case.
        reference role: AsRole::as_role => RoleRef<'app>,
        /// Log group. Default: one for this function, whose events expire after a month (CloudFormation: one without
        /// expiry, which Lambda creates).
        reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Format of the logs. Default: JSON (CloudFormation: text).
        default log_format: LogFormat = LogFormat::Json,
        /// Lowest level of the lines that the function logs; needs the JSON format. Default: `Info`, as in CloudFormation.
        optional log_level: LogLevel,
        /// Lowest level of the lines that Lambda itself logs; needs the JSON format. Default: `Info`, as in CloudFormation.
        optional system_log_level: SystemLogLevel,
        /// Start from a snapshot, for Java, Python 3.12 and .NET 8 or later (`INF4913` otherwise). Default: none, as in
        /// CloudFormation.
        optional snap_start: SnapStart,
        /// Treatment of a function that invokes itself. Default: Lambda stops it, as in CloudFormation.
        optional recursive_loop: RecursiveLoop,
        /// Signatures that the code must have: a [`CodeSigningConfig`](super::CodeSigningConfig), or one from its `from_arn`.
        /// Default: none, as in CloudFormation.
        reference code_signing: AsCodeSigningConfig::as_code_signing_config => CodeSigningConfigRef<'app>,
    }
}

impl<'app, S: function_builder::State> FunctionBuilder<'app, S> {
    /// Sets an environment variable. Names that are reserved, malformed or set twice, and more than 4 KB, are reported
    /// (`INF4904`). Every principal that may read the configuration of the function can read the value: give the
    /// function the ARN of a secret instead of the secret.
    pub fn env(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.env.push((name.into(), value.into_value()));
        self
    }

    /// Gives the resources of a contract to the function: sets its environment variables, and grants the permissions to its role.
    ///
    /// The program reads the same contract, so a variable that it needs and the stack does not set is a compile error:
    ///
    /// ```
    /// # use infra_lib::dynamodb::{Attribute, Table};
    /// # use infra_lib::lambda::RustFunction;
    /// # use infra_lib::{App, Stack};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// // In a crate that the program and the stack depend on:
    /// infra_contract::contract! {
    ///     /// Environment of the function that stores orders.
    ///     pub struct Orders, resources OrdersResources {
    ///         /// Table of the orders.
    ///         table: ReadWriteTable = "TABLE",
    ///         /// Text before the name of a customer.
    ///         greeting: Text = "GREETING",
    ///     }
    /// }
    ///
    /// // In the stack. The program calls `Orders::from_env()`.
    /// let table = Table::builder().partition_key(Attribute::string("id")).build(stack, "Table");
    /// RustFunction::package("orders")
    ///     .contract(OrdersResources { table, greeting: "hello" })
    ///     .build(stack, "Orders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// [`infra_contract::access`] lists the kinds of variables and the constructs that each takes.
    ///
    /// A contract that names an event is passed to [`build_typed`](Self::build_typed) instead.
    pub fn contract(
        mut self,
        resources: impl Provide<Function<'app>> + WithoutEvent + 'app,
    ) -> Self {
        self.providers.push(Provider(Box::new(resources)));
        self
    }

    /// Adds a [`LayerVersion`](super::LayerVersion), or one by its ARN; at most five.
    pub fn layer(mut self, version_arn: impl IntoValue<String>) -> Self {
        self.layers.push(version_arn.into_value());
        self
    }

    /// Adds the layer of Powertools for AWS Lambda for the runtime and processor of the function: Python with all
    /// dependencies of the library, or Node.js. `release` is one of the library, such as `3.22.1` for Python, or
    /// `latest`. Default: none.
    ///
    /// CloudFormation reads the ARN from a public parameter in each region, when it creates or changes the function;
    /// with `latest`, functions that do not change keep the layer that they have. A runtime without a layer is reported
    /// (`INF4978`).
    ///
    /// ```
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// Function::builder()
    ///     .runtime(Runtime::Python314)
    ///     .handler("index.handler")
    ///     .code(Code::inline("from aws_lambda_powertools import Logger\ndef handler(event, context): return event"))
    ///     .powertools("latest")
    ///     .build(stack, "Function");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// See the layers for [Python](https://docs.aws.amazon.com/powertools/python/latest/getting-started/install/) and
    /// [TypeScript](https://docs.aws.amazon.com/powertools/typescript/latest/getting-started/lambda-layers/).
    pub fn powertools(mut self, release: impl Into<String>) -> Self {
        self.powertools = vec![release.into()];
        self
    }

    /// Reports CPU, memory and network of the function to CloudWatch Lambda Insights, at a charge: adds the layer version of
    /// the extension for the region and processor, and the permission to write its log group only. Default: none.
    ///
    /// AWS lists the [versions of the
    /// extension](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights-extension-versions.html).
    pub fn insights(mut self, layer_version_arn: impl IntoValue<String>) -> Self {
        self.insights = vec![layer_version_arn.into_value()];
        self
    }

    /// Places the function into private or isolated subnets of a VPC, with a security group of its own unless
    /// [`security_group`](Self::security_group) names others. Default: no VPC.
    ///
    /// A function in public subnets would have no way to the internet, so they are not accepted:
    ///
    /// ```compile_fail
    /// # use infra_lib::{App, Stack, cidr, ec2::Vpc};
    /// # use infra_lib::lambda::{Code, Function, Runtime};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// # let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// Function::builder().subnets(vpc.public());
    /// ```
    pub fn subnets<T: InternalTier>(mut self, subnets: Subnets<'app, T>) -> Self {
        self.placements = vec![subnets.as_subnets()];
        self
    }

    /// Mounts an access point of EFS at a path below `/mnt`, such as `/mnt/data`. The function needs
    /// [`subnets`](Self::subnets) in the VPC of the file system; outside a VPC, with another path or with a second file
    /// system it is reported (`INF4045`). Default: none.
    ///
    /// The role may mount the access point and write to it, both security groups permit NFS, and the function is created
    /// after the mount targets.
    ///
    /// See [file systems](https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html).
    pub fn file_system(
        mut self,
        file_system: &impl MountedByFunction<'app>,
        path: impl Into<String>,
    ) -> Self {
        self.file_systems.push(FileSystemMount {
            file_system: file_system.function_file_system(),
            path: path.into(),
        });
        self
    }

    /// Adds an existing security group for a function with [`subnets`](Self::subnets), instead of one of its own.
    pub fn security_group(mut self, group: impl std::borrow::Borrow<SecurityGroup<'app>>) -> Self {
        self.security_groups.push(*group.borrow());
        self
    }
}

impl<'app> Function<'app> {
    fn create(scope: Scope<'app>, props: FunctionProps<'app>) -> Self {
        check_runtime(scope, &props.runtime);
        let image = props.code.as_image().cloned();
        let code = props.code.bind(scope, &props.runtime, props.architecture);
        handler::check(
            scope,
            &code,
            &props.runtime,
            props.handler.as_literal(),
            props.architecture,
            !props.layers.is_empty(),
        );
        let role = props.role.unwrap_or_else(|| {
            Role::builder()
                .assumed_by(Principal::service("lambda.amazonaws.com"))
                .build(scope, "ServiceRole")
                .as_role()
        });
        let log_group = props.log_group.unwrap_or_else(|| {
            LogGroup::builder()
                .retention(RetentionDays::ONE_MONTH)
                .build(scope, "LogGroup")
                .as_log_group()
        });
        role.add_statement(
            Statement::allow()
                .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
                .resource(log_group.arn()),
        );
        let placement = props.placements.first().copied();
        let groups = placement.map(|placement| {
            network::allow_interfaces(role);
            match props.security_groups.as_slice() {
                [] => vec![network::security_group(scope, placement)],
                given => given.to_vec(),
            }
        });
        let mounted = file_system::check_mounts(scope, props.file_systems, placement.is_some());
        let mut layers = props.layers;
        let release = props.powertools.last();
        layers.extend(release.and_then(|release| {
            powertools::layer(scope, &props.runtime, props.architecture, release)
        }));
        if let Some(extension) = props.insights.into_iter().next_back() {
            insights::allow(role);
            layers.push(extension);
        }
        if props.tracing == Tracing::Active {
            // X-Ray has no resources for these actions.
            role.add_statement(
                Statement::allow()
                    .actions(["xray:PutTraceSegments", "xray:PutTelemetryRecords"])
                    .resource("*"),
            );
        }
        let logging = function::LoggingConfig::new()
            .log_group(log_group.name())
            .log_format(props.log_format.cfn())
            .with(props.log_level, |logging, level| {
                logging.application_log_level(level.cfn())
            })
            .with(props.system_log_level, |logging, level| {
                logging.system_log_level(level.cfn())
            });
        let mut cfn = CfnFunctionProps::new(code.code, role.arn())
            .runtime(function::Runtime::other(props.runtime.as_str().to_owned()))
            .handler(props.handler)
            .architectures(vec![match props.architecture {
                Architecture::Arm64 => function::Architectures::ARM64,
                Architecture::X86_64 => function::Architectures::X86_64,
            }])
            .logging_config(logging)
            .with(props.function_name, CfnFunctionProps::function_name)
            .with(props.description, CfnFunctionProps::description)
            .with(props.memory, |cfn, size| cfn.memory_size(mib(size)))
            .with(props.timeout, |cfn, time| {
                cfn.timeout(time.to_seconds_i64())
            })
            .with(props.ephemeral_storage, |cfn, size| {
                cfn.ephemeral_storage(function::EphemeralStorage::new(mib(size)))
            })
            .with(
                props.reserved_concurrency,
                CfnFunctionProps::reserved_concurrent_executions,
            )
            .with(props.code_signing, |cfn, config| {
                cfn.code_signing_config_arn(config.arn())
            });
        if props.tracing == Tracing::Active {
            cfn = cfn.tracing_config(
                function::TracingConfig::new().mode(function::TracingConfigMode::ACTIVE),
            );
        }
        if !layers.is_empty() {
            cfn = cfn.layers(layers);
        }
        if let (Some(placement), Some(groups)) = (placement, &groups) {
            cfn = cfn.vpc_config(network::config(placement, groups));
        }
        if let Some(mounted) = &mounted {
            cfn = cfn.file_system_configs([mounted.config()]);
        }
        let resource = cfn.build(scope, "Resource");
        if let Some(mounted) = &mounted {
            let groups = groups.as_deref().unwrap_or_default();
            file_system::mount(mounted, *resource, role, groups);
        }
        settings::apply(
            scope,
            resource,
            &props.runtime,
            props.snap_start,
            props.recursive_loop,
            props.ephemeral_storage,
        );
        if let Some(image) = image {
            image.apply(scope, resource);
        }
        if let Some(asset) = code.asset {
            asset.annotate(*resource, "Code");
        }
        if let Some(image) = code.image {
            image.annotate(*resource, "Code.ImageUri");
        }
        if let (Some(placement), Some(groups)) = (placement, groups) {
            placement.established_before(*resource);
            let ids = groups.iter().map(|group| group.scope().node_id());
            scope.attach(Groups(ids.collect()));
        }
        for (name, value) in props.env {
            environment::set(scope, resource, &name, value);
        }
        scope.add_validator(environment::check);
        scope.add_validator(layer_checks::check);
        let function = Self {
            scope,
            resource,
            role,
            log_group,
        };
        for provider in &props.providers {
            provider.0.provide(&function);
        }
        function
    }

    /// Returns the ARN of the function.
    pub fn arn(&self) -> Value<Arn<kind::lambda::Function>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the function.
    pub fn function_name(&self) -> Value<Name<kind::lambda::Function>> {
        self.resource.ref_()
    }

    /// Returns the execution role.
    pub fn role(&self) -> RoleRef<'app> {
        self.role
    }

    /// Returns the log group.
    pub fn log_group(&self) -> LogGroupRef<'app> {
        self.log_group
    }

    /// Returns the L1 binding of the function.
    pub fn cfn(&self) -> CfnFunction<'app> {
        self.resource
    }

    /// Sets an environment variable, as [`FunctionBuilder::env`] does.
    #[track_caller]
    pub fn add_env(&self, name: &str, value: impl IntoValue<String>) {
        environment::set(self.scope, self.resource, name, value.into_value());
    }

    /// Adds a statement to the policy of the execution role.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        self.role.add_statement(statement);
    }

    /// Allows a principal to invoke the function, and every version and alias of it.
    ///
    /// Roles of the app receive the permission in their policy. Services, accounts, organizations and imported roles
    /// receive it through an `AWS::Lambda::Permission`. A service needs a source, since anybody could make it invoke the
    /// function otherwise (`INF4905`):
    ///
    /// ```
    /// # use infra_lib::lambda::{Code, Function, Runtime};
    /// # use infra_lib::{App, Stack, iam::Principal};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// # let function = Function::builder()
    /// #     .runtime(Runtime::Nodejs24)
    /// #     .handler("index.handler")
    /// #     .code(Code::inline("exports.handler = async () => {};"))
    /// #     .build(stack, "Function");
    /// let rule = "arn:aws:events:eu-west-1:111122223333:rule/nightly";
    /// function.grant_invoke(
    ///     &Principal::service("events.amazonaws.com").condition("ArnLike", "aws:SourceArn", rule),
    /// );
    /// function.grant_invoke(&Principal::service("s3.amazonaws.com").for_this_account());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.invoked().grant_all(to)
    }
}

impl<'app> Invocable<'app> for Function<'app> {
    fn invoked(&self) -> Invoked<'app> {
        Invoked::of_own(self.scope, self.arn())
    }
}

/// Receives permissions in the policy of the execution role.
impl<'app> Grantable<'app> for Function<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for Function<'app> {}

impl IntoValue<Arn<kind::lambda::Function>> for Function<'_> {
    fn into_value(self) -> Value<Arn<kind::lambda::Function>> {
        self.arn()
    }
}

impl IntoValue<Arn<kind::lambda::Function>> for &Function<'_> {
    fn into_value(self) -> Value<Arn<kind::lambda::Function>> {
        self.arn()
    }
}

fn mib(size: Size) -> i64 {
    i64::try_from(size.as_mib()).unwrap_or(i64::MAX)
}

/// Reports a runtime whose support has ended (`INF4903`).
fn check_runtime(scope: Scope<'_>, runtime: &Runtime) {
    let end = runtime.end_of_support().filter(|_| runtime.is_deprecated());
    if let (Some(end), Some(successor)) = (end, runtime.successor()) {
        scope.report(
            Diagnostic::new(
                codes::DEPRECATED_RUNTIME,
                format!("the support of the runtime `{}` ended on {end}", runtime.as_str()),
            )
            .property("Runtime")
            .actual(runtime.as_str())
            .note("AWS fixes no security problems of the runtime any more, and will refuse changes of its functions")
            .help(format!("use `{}`", successor.as_str()))
            .url("https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"),
        );
    }
}
