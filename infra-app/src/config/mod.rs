//! Defines the configuration of an environment, read from `config/<environment>.yaml`; [`Config`] is the whole file.

mod alarms;
mod database;
mod delivery;
mod edge;
mod encryption;
mod logs;
mod network;
mod preview;
mod read;
mod service;
mod text;

pub use alarms::AlarmConfig;
pub use database::{Availability, DatabaseConfig, Protection};
pub use delivery::{DeliveryConfig, OidcProviderConfig};
pub use edge::{
    DomainConfig, EdgeConfig, IdentityProviderConfig, MailConfig, ProviderRegistration, Switch,
};
pub use encryption::Encryption;
pub use logs::LogRetention;
pub use network::{Nat, NetworkConfig};
pub use preview::PreviewConfig;
pub use service::{Architecture, Capacity, ServiceConfig, TaskCount};
pub use text::{
    AccountId, Date, DomainName, EmailAddress, EnvironmentName, GithubEnvironment, GithubId,
    GithubRepository, HostedZoneId, HttpsUrl, PreviewName, Region, SecretArn,
};

use infra_lib::{Environment, StackProps};
use schemars::JsonSchema;
use serde::Deserialize;

/// Configuration of an environment of the notes system, deserialized from its file in `config/`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the environment; the names of its stacks begin with `notes-<environment>-`.
    pub environment: EnvironmentName,
    /// ID of the AWS account, quoted in YAML. Default: the account of the credentials that are used for the deployment.
    pub account: Option<AccountId>,
    /// Region of all stacks except the edge, which is in us-east-1.
    pub region: Region,
    /// Keys that encrypt stored data. A change replaces the database and the image repositories.
    pub encryption: Encryption,
    /// Retention of logs in CloudWatch Logs, for service, database, network and firewall.
    pub log_retention: LogRetention,
    /// Delivery of new versions to the environment: repository, approval and number of kept images.
    pub delivery: DeliveryConfig,
    /// Network of the environment: address range, Availability Zones and NAT gateways of its VPC.
    pub network: NetworkConfig,
    /// Database of the environment: size, availability, backups and protection against deletion.
    pub database: DatabaseConfig,
    /// Service of the environment: image, task size, number of tasks and Fargate capacity.
    pub service: ServiceConfig,
    /// Edge of the environment: domain, firewall and access logs of the CloudFront distribution.
    pub edge: EdgeConfig,
    /// Alarms of the environment: thresholds, and the e-mail address that is notified.
    pub alarms: AlarmConfig,
    /// Settings of the environment for previews of pull requests. Default: none, for every other environment.
    pub preview: Option<PreviewConfig>,
}

impl infra_runtime::Configuration for Config {
    const FOLDER: &'static str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");
}

impl Config {
    /// Returns the prefix of the names of all stacks: `notes-dev-`, or `notes-preview-pr7-` for a preview.
    pub fn stack_prefix(&self) -> String {
        let shared = self.shared_prefix();
        match self
            .preview
            .as_ref()
            .and_then(|preview| preview.name.as_ref())
        {
            Some(name) => format!("{shared}{}-", name.as_str()),
            None => shared,
        }
    }

    /// Returns the prefix of the names of all stacks in the environment, including those of all its previews.
    pub fn shared_prefix(&self) -> String {
        format!("notes-{}-", self.environment.as_str())
    }

    /// Returns true if resources are removed with their stack, including data. Only previews are disposable.
    pub fn is_disposable(&self) -> bool {
        self.preview.is_some()
    }

    /// Returns the properties of a stack in this environment, named `notes-dev-network` for `network`.
    pub fn stack_props(&self, name: &str, description: &str) -> StackProps {
        StackProps::new()
            .stack_name(format!("{}{name}", self.stack_prefix()))
            .description(description)
            .environment(self.stack_environment())
    }

    /// Returns account and region of all stacks except the edge, which replaces the region with us-east-1.
    pub fn stack_environment(&self) -> Environment {
        let mut environment = Environment::region(self.region.as_str());
        environment.account = self.account.as_ref().map(|id| id.as_str().to_owned());
        environment
    }
}
