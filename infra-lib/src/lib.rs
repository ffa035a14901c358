//! Typed AWS constructs that synthesize to CloudFormation templates.
//!
//! An app is a Rust program that builds a tree of constructs: stacks, and the resources in them. Synthesis turns the
//! tree into templates and findings, without credentials or a network. Many mistakes do not compile, such as a database
//! in public subnets or a secret that is used as text. Synthesis reports others, with the line of the program and a
//! correction. The tool `infra` reviews, deploys and operates the stacks.
//!
//! # A first stack
//!
//! ```toml
//! [dependencies]
//! infra-lib = { version = "0.1", features = ["s3"] }
//! ```
//!
//! ```
//! use infra_lib::prelude::*;
//! use infra_lib::s3::Bucket;
//!
//! fn build(app: &App) {
//!     let stack = Stack::new(app, "Files");
//!     let uploads = Bucket::builder().build(stack, "Uploads");
//!     Output::new(stack, "BucketName", uploads.bucket_name());
//! }
//!
//! let app = App::new();
//! build(&app);
//! let synthesis = app.synth();
//! assert!(synthesis.findings().is_empty());
//! assert_eq!(synthesis.stacks().len(), 1);
//! ```
//!
//! Most constructs have this form:
//!
//! - `builder()` sets properties. A required property that is missing is a compile error. Defaults are secure; the page
//!   of each construct lists those that differ from CloudFormation's.
//! - `build(scope, id)` adds the construct to the tree. `scope` is a stack or another construct, and `id` is unique
//!   within it. The logical ID is derived from the IDs on the path, as in the AWS CDK.
//! - The result is a `Copy` handle with the values of the resource, and with methods that add permissions
//!   (`grant_read`), connections (`allow_from`) and metrics.
//! - A [`Value`] is known now, or computed by CloudFormation at deployment, such as the name of the bucket above. Its
//!   type has the meaning: an ARN of a role is not accepted where the ID of a VPC is needed. [`sub!`] joins values to
//!   text.
//!
//! [`App::synth`] consumes the app and returns a [`Synthesis`] with templates and findings. A program usually leaves this
//! to the crate `infra-runtime`, which provides its commands: `synth` in the app, `diff` and `deploy` through the tool.
//!
//! # Modules
//!
//! | area | modules |
//! |---|---|
//! | whole systems | [`patterns`](patterns/index.html): a web service, a worker, a scheduled job, an event pipeline, a landing zone, each in one call |
//! | networks | [`ec2`](ec2/index.html): VPCs, subnets, security groups, connections, instances; [`autoscaling`](autoscaling/index.html): groups of instances |
//! | containers | [`ecs`](ecs/index.html): Fargate services, tasks and migrations; [`ecr`](ecr/index.html): image repositories; [`applicationautoscaling`](applicationautoscaling/index.html): scaling |
//! | functions | [`lambda`](lambda/index.html): functions, versions, aliases, URLs, event sources; [`codedeploy`](codedeploy/index.html): their gradual deployment |
//! | APIs | [`apigatewayv2`](apigatewayv2/index.html): HTTP and WebSocket APIs; [`apigateway`](apigateway/index.html): REST APIs |
//! | traffic | [`elbv2`](elbv2/index.html): load balancers; [`cloudfront`](cloudfront/index.html): sites; [`wafv2`](wafv2/index.html): web ACLs; [`route53`](route53/index.html): DNS; [`certificatemanager`](certificatemanager/index.html): TLS certificates |
//! | data | [`rds`](rds/index.html): PostgreSQL databases; [`dynamodb`](dynamodb/index.html): tables; [`s3`](s3/index.html): buckets; [`efs`](efs/index.html): file systems; [`elasticache`](elasticache/index.html): caches; [`opensearchservice`](opensearchservice/index.html): search domains; [`kinesis`](kinesis/index.html): data streams; [`kinesisfirehose`](kinesisfirehose/index.html): delivery to buckets |
//! | events | [`events`](events/index.html): event buses and rules; [`scheduler`](scheduler/index.html): schedules; [`pipes`](pipes/index.html): pipes; [`stepfunctions`](stepfunctions/index.html): state machines |
//! | messages | [`sqs`](sqs/index.html): queues; [`sns`](sns/index.html): topics and subscriptions |
//! | secrets and settings | [`secretsmanager`](secretsmanager/index.html): secrets; [`kms`](kms/index.html): keys; [`ssm`](ssm/index.html): parameters, documents |
//! | users | [`cognito`](cognito/index.html): user pools, clients, identity pools |
//! | permissions | [`iam`](iam/index.html): roles, policies, grants |
//! | builds | [`codebuild`](codebuild/index.html): builds; [`codepipeline`](codepipeline/index.html): pipelines |
//! | operation | [`cloudwatch`](cloudwatch/index.html): metrics, alarms, dashboards; [`logs`](logs/index.html): log groups, filters, subscriptions |
//! | delivery | [`github`](github/index.html) and [`gitlab`](gitlab/index.html): roles for pipelines |
//! | checks | [`policy`]: security policies; [`assertions`]: tests of templates; [`codes`]: codes of findings |
//! | existing templates | [`include`](mod@include): templates in JSON or YAML as part of a stack |
//! | existing resources | [`lookup`]: resources that AWS is asked for; [`import!`]: imports of constructs of your own |
//! | everything else | [`cfn`]: bindings of every CloudFormation resource type (L1); [`CfnResource`]: resources by type name and JSON |
//! | foundation | [`infra_core`], re-exported as `core`: tree, values, synthesis; [`intrinsics`] and [`pseudo`]: functions and pseudo parameters; [`prelude`]: common imports |
//!
//! # Features
//!
//! Each service has a Cargo feature, and none is enabled by default: `cargo add infra-lib --features s3,sqs`. The
//! feature has the name of the CloudFormation namespace in lower case, and enables
//!
//! - the bindings of the service, such as `infra_lib::cfn::s3`;
//! - its constructs, if there are any, such as `infra_lib::s3`, and the services that those use.
//!
//! | feature | enables |
//! |---|---|
//! | `constructs` | every service with constructs |
//! | `github` | roles for GitHub Actions |
//! | `gitlab` | roles for GitLab CI |
//! | `patterns` | [`patterns`](patterns/index.html), and the services that they use |
//! | `reach` | assertions about who can reach what, for tests |
//! | `elasticloadbalancingv2` | [`elbv2`](elbv2/index.html), the only module with a shorter name than its feature |
//! | `closed` | bindings of services that AWS has closed to new customers |
//! | `all` | all services; their bindings take minutes to compile |
//!
//! [`policy`], [`assertions`] and [`CfnResource`] need no feature.
//!
//! # Where to go next
//!
//! - [First stack in ten minutes](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/first-stack.md), the
//!   first page of the book: a project with a test and a deployment.
//! - [Constructs](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md): a page for each
//!   construct, with an example and a table of its properties
//! - [The book](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/SUMMARY.md): concepts, a guide for each
//!   task, and moving from the CDK, SAM, Terraform or templates.
//! - [The gallery](https://github.com/infra-lib/infra-lib/tree/main/examples): small programs to copy from.
//! - [Glossary](https://github.com/infra-lib/infra-lib/blob/main/docs/glossary.md): the terms of these pages.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "constructs"),
    allow(
        dead_code,
        unused_imports,
        reason = "items that one service has for another are unused while the other is off"
    )
)]

#[doc(hidden)]
#[cfg(feature = "iam")]
pub use bon as __bon;

#[cfg(feature = "apigateway")]
pub mod apigateway;
#[cfg(feature = "apigatewayv2")]
pub mod apigatewayv2;
#[cfg(feature = "applicationautoscaling")]
pub mod applicationautoscaling;
pub mod assertions;
#[cfg(feature = "autoscaling")]
pub mod autoscaling;
#[cfg(feature = "backup")]
pub mod backup;
#[cfg(feature = "certificatemanager")]
pub mod certificatemanager;
#[cfg(feature = "cloudformation")]
pub mod cloudformation;
#[cfg(feature = "cloudfront")]
pub mod cloudfront;
#[cfg(feature = "cloudwatch")]
pub mod cloudwatch;
#[cfg(feature = "codebuild")]
pub mod codebuild;
#[cfg(feature = "codedeploy")]
pub mod codedeploy;
#[cfg(feature = "codepipeline")]
pub mod codepipeline;
#[cfg(feature = "cognito")]
pub mod cognito;
pub mod construct;
#[cfg(feature = "lambda")]
mod contract;
#[cfg(any(feature = "ecs", feature = "lambda"))]
mod docker;
#[cfg(feature = "dynamodb")]
pub mod dynamodb;
#[cfg(feature = "ec2")]
pub mod ec2;
#[cfg(feature = "ecr")]
pub mod ecr;
#[cfg(feature = "ecs")]
pub mod ecs;
#[cfg(feature = "efs")]
pub mod efs;
#[cfg(feature = "elasticache")]
pub mod elasticache;
#[cfg(feature = "elasticloadbalancingv2")]
pub mod elbv2;
#[cfg(feature = "events")]
pub mod events;
#[cfg(feature = "github")]
pub mod github;
#[cfg(feature = "gitlab")]
pub mod gitlab;
#[cfg(feature = "iam")]
pub mod iam;
mod import;
pub mod include;
#[cfg(feature = "iot")]
pub mod iot;
#[cfg(feature = "kinesis")]
pub mod kinesis;
#[cfg(feature = "kinesisfirehose")]
pub mod kinesisfirehose;
#[cfg(feature = "kms")]
pub mod kms;
#[cfg(feature = "lambda")]
pub mod lambda;
#[cfg(feature = "logs")]
pub mod logs;
pub mod lookup;
#[cfg(any(feature = "elasticache", feature = "rds"))]
mod maintenance_window;
#[cfg(feature = "opensearchservice")]
pub mod opensearchservice;
#[cfg(feature = "patterns")]
pub mod patterns;
#[cfg(feature = "pipes")]
pub mod pipes;
pub mod policy;
#[cfg(feature = "rds")]
pub mod rds;
#[cfg(feature = "route53")]
pub mod route53;
#[cfg(feature = "s3")]
pub mod s3;
#[cfg(any(feature = "backup", feature = "events", feature = "scheduler"))]
mod schedule_expression;
#[cfg(feature = "scheduler")]
pub mod scheduler;
#[cfg(feature = "secretsmanager")]
pub mod secretsmanager;
#[cfg(feature = "sns")]
pub mod sns;
#[cfg(feature = "sqs")]
pub mod sqs;
#[cfg(feature = "ssm")]
pub mod ssm;
#[cfg(feature = "stepfunctions")]
pub mod stepfunctions;
mod unique_name;
mod us_east_1;
#[cfg(feature = "wafv2")]
pub mod wafv2;

#[cfg(doctest)]
mod book;
#[cfg(doctest)]
mod code_pages;

/// The examples of the package's README as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod package_readme {}

/// The example of the README as a documentation test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub mod readme {}

pub use infra_cfn as cfn;
pub use infra_cfn::kind;
pub use infra_core as core;
pub use infra_core::{
    App, Arn, Aspect, AspectPriority, CfnResource, Code, Condition, Construct, CustomResource,
    CustomResourceProps, Data, Diagnostic, Duration, Environment, Id, IntoValue, Json, Mapping,
    Name, NestedStack, NestedStackProps, Output, Parameter, ParameterProps, ParameterType, Policy,
    Props, ReferenceStrength, RemovalPolicy, Resource, Rule, Scope, Section, Severity, Size, Stack,
    StackProps, Stage, Synthesis, Value, codes, intrinsics, pseudo, sub, value,
};

/// Files, folders and images that are published before a stack is deployed, under a hash of their content.
pub mod assets {
    pub use infra_core::assembly::{
        AssetFile, AssetPackaging, BuildCache, BuildContext, BuildSecret, DockerImage, FileAsset,
        ImageAsset,
    };
}

/// Common imports for the files of an app: tree, stacks, values and units.
pub mod prelude {
    pub use crate::{
        App, Construct, Duration, Environment, IntoValue, NestedStack, Output, RemovalPolicy,
        Scope, Size, Stack, StackProps, Stage, Value, pseudo, sub,
    };
}
