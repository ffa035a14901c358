//! The configuration of an environment: `config/<environment>.yaml`, as types.

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

/// An environment of the notes system.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The name of the environment; the names of its stacks begin with `notes-<environment>-`.
    pub environment: EnvironmentName,
    /// The account. Default: that of the credentials it is deployed with.
    pub account: Option<AccountId>,
    /// The region of everything but the edge, which is everywhere.
    pub region: Region,
    /// Whose keys encrypt what is stored. Changing it replaces database and image registry.
    pub encryption: Encryption,
    /// For how long logs in CloudWatch are kept: of service, database, network and firewall.
    pub log_retention: LogRetention,
    /// How new versions get here.
    pub delivery: DeliveryConfig,
    /// The network.
    pub network: NetworkConfig,
    /// The database.
    pub database: DatabaseConfig,
    /// The service.
    pub service: ServiceConfig,
    /// What browsers talk to.
    pub edge: EdgeConfig,
    /// When people are told.
    pub alarms: AlarmConfig,
    /// Previews of pull requests, for the environment that is for them. Default: an environment like any other.
    pub preview: Option<PreviewConfig>,
}

impl infra_runtime::Configuration for Config {
    const FOLDER: &'static str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");
}

impl Config {
    /// With what the names of all stacks begin.
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

    /// Prefix of the names of all stacks of the environment, those of all its previews included.
    pub fn shared_prefix(&self) -> String {
        format!("notes-{}-", self.environment.as_str())
    }

    /// Returns true where everything is removed with its stack, data included.
    pub fn is_disposable(&self) -> bool {
        self.preview.is_some()
    }

    /// A stack of this environment: `notes-dev-network` for `network`.
    pub fn stack(&self, name: &str, description: &str) -> StackProps {
        StackProps::new()
            .stack_name(format!("{}{name}", self.stack_prefix()))
            .description(description)
            .environment(self.environment())
    }

    /// Where everything but the edge goes.
    pub fn environment(&self) -> Environment {
        let mut environment = Environment::region(self.region.as_str());
        environment.account = self.account.as_ref().map(|id| id.as_str().to_owned());
        environment
    }
}
