//! Defines a small app with a configuration, for the tests of the commands.

use std::collections::BTreeMap;

use infra_core::{App, CfnResource, Stack, StackProps};
use infra_runtime::Configuration;
use infra_runtime::testing::{Invocation, Outcome};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The name that stacks begin with.
    #[schemars(length(min = 1, max = 20))]
    pub(crate) name: String,
    /// Twelve digits. Default: the account of the deployment.
    #[schemars(regex(pattern = r"^\d{12}$"), extend("examples" = ["123456789012"]))]
    pub(crate) account: Option<String>,
    /// Where it is deployed.
    pub(crate) region: String,
    /// The queue.
    pub(crate) queue: QueueConfig,
    /// Tags of everything.
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
}

/// The queue.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueueConfig {
    /// Seconds that a message stays hidden after it was sent. At most a quarter of an hour.
    #[schemars(range(max = 900))]
    pub(crate) delay_secs: u32,
    /// In which order messages are read.
    pub(crate) order: Order,
    /// Who is told about them.
    #[serde(default)]
    pub(crate) subscribers: Vec<Subscriber>,
    /// How long messages are kept.
    pub(crate) retention: Option<Days>,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Order {
    BestEffort,
    FirstInFirstOut,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Subscriber {
    pub(crate) email: String,
}

/// A number of days with its unit, such as `4d`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Days(pub(crate) u32);

impl JsonSchema for Days {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Days".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

impl TryFrom<String> for Days {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let days = text.strip_suffix('d').and_then(|days| days.parse().ok());
        days.map(Self)
            .ok_or_else(|| "write days as `4d`".to_owned())
    }
}

impl Configuration for Config {
    const FOLDER: &'static str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/config");
    const FROM_VARIABLES: &'static [(&'static str, &'static str)] =
        &[("CDK_DEFAULT_ACCOUNT", "account")];
}

pub(crate) fn build(app: &App, config: &Config) {
    for (key, value) in &config.tags {
        app.tag(key, value);
    }
    let mut environment = infra_core::Environment::region(&config.region);
    environment.account.clone_from(&config.account);
    let data = StackProps::new()
        .stack_name(format!("{}-data", config.name))
        .environment(environment.clone())
        .termination_protection()
        .build(app, "Data");
    let subscribers = config.queue.subscribers.iter().map(|s| s.email.as_str());
    let topic = CfnResource::new(
        data,
        "Topic",
        "AWS::SNS::Topic",
        json!({ "DisplayName": subscribers.collect::<Vec<_>>().join(" ") }),
    );
    let retention = config.queue.retention.as_ref().map_or(4, |days| days.0);
    CfnResource::new(
        data,
        "Queue",
        "AWS::SQS::Queue",
        json!({
            "DelaySeconds": config.queue.delay_secs,
            "FifoQueue": config.queue.order == Order::FirstInFirstOut,
            "MessageRetentionPeriod": retention * 86_400,
        }),
    );

    let web = StackProps::new().environment(environment).build(app, "Web");
    let vpc = web_vpc(web);
    let reader = CfnResource::new(
        web,
        "Reader",
        "AWS::EC2::SecurityGroup",
        json!({ "GroupDescription": "reads the topic" }),
    );
    reader.override_prop("VpcId", vpc.ref_value::<String>().into_data());
    reader.override_prop(
        "GroupName",
        topic.attr_value::<String>("TopicName").into_data(),
    );
}

fn web_vpc(stack: Stack<'_>) -> infra_core::Resource<'_> {
    use infra_core::Construct as _;
    let network = stack.scope().construct("Network");
    let properties = json!({ "CidrBlock": "10.0.0.0/16" });
    let vpc = CfnResource::new(network, "Resource", "AWS::EC2::VPC", properties);
    let subnet = CfnResource::new(
        network.construct("Subnet1"),
        "Subnet",
        "AWS::EC2::Subnet",
        json!({ "CidrBlock": "10.0.0.0/24" }),
    );
    subnet.override_prop("VpcId", vpc.ref_value::<String>().into_data());
    vpc
}

/// Runs a command line of the app, with the folder of this package as working folder.
pub(crate) fn invoke(arguments: &[&str]) -> Outcome {
    invocation(arguments).run(build)
}

pub(crate) fn invocation(arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied()).directory(env!("CARGO_MANIFEST_DIR"))
}
