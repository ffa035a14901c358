//! Defines the foundation stack: image registry, roles of the delivery workflows, KMS key, topic of alarms, and bucket for access logs.
//!
//! It is deployed first, because an image must be in the registry before a service that runs it can be created.

use infra_lib::ecr::{Repository, RepositoryUri};
use infra_lib::github::{DeliveryRoles, DeliveryRolesBuilder, OidcProvider};
use infra_lib::kms::Key;
use infra_lib::s3::{AccessLogs, Bucket, ReleaseLog};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::{App, Duration, Output};

use super::edge::REGION as EDGE_REGION;
use crate::Config;
use crate::config::{Encryption, GithubId, OidcProviderConfig};

/// Workflow that plans and publishes for pull requests without running their code.
const TRUSTED_WORKFLOW: &str = "trusted.yml";

/// Workflows with a job in the GitHub environment that deploys.
const DEPLOY_WORKFLOWS: [&str; 3] = ["environment.yml", "migration.yml", "rollback.yml"];

/// Prefix of the tags of deployed images, which `scripts/delivery/image` sets.
const RELEASES: &str = "release-*";

/// Lifetime of a proposed image, after which it can no longer be deployed.
const PROPOSALS_KEPT: Duration = Duration::days(30);

/// The resources that outlive all other stacks, and that those refer to.
#[derive(Clone, Debug)]
pub struct Foundation<'app> {
    /// ECR repository that tasks pull the service's images from.
    pub images: Images<'app>,
    /// Key that encrypts database, images and logs in its region; `None` if AWS managed keys do.
    pub key: Option<Key<'app>>,
    /// SNS topic that alarms notify, encrypted with a customer managed key; `None` in a preview.
    pub alarms: Option<Topic<'app>>,
    /// Bucket for access logs of the load balancer; `None` if they are disabled.
    pub access_logs: Option<Bucket<'app>>,
}

/// The ECR repository that tasks pull the service's images from.
#[derive(Clone, Debug)]
pub enum Images<'app> {
    /// ECR repository of images that are or were deployed.
    Releases(Repository<'app>),
    /// ECR repository with the proposals of pull requests, which belongs to another environment.
    Proposals(RepositoryUri),
}

impl<'app> Foundation<'app> {
    /// Returns the foundation of a preview, which has no such stack: proposed images only.
    pub fn of_preview(images: RepositoryUri) -> Self {
        Self {
            images: Images::Proposals(images),
            key: None,
            alarms: None,
            access_logs: None,
        }
    }

    /// Adds the stack, and limits the roles of the whole app with a permissions boundary.
    pub fn build(app: &'app App, config: &Config) -> Self {
        let stack = config
            .stack_props("foundation", "Image registry and delivery roles")
            .build(app, "Foundation");

        // Alarms always need a customer managed key: CloudWatch cannot use the AWS managed key of SNS.
        let key = Key::builder()
            .description("What the notes system stores, and its alarms")
            .build(stack, "Key");
        let alarms = Topic::builder()
            .display_name("Notes alarms")
            .encryption(TopicEncryption::key(key))
            .build(stack, "Alarms");
        if let Some(email) = &config.alarms.email {
            alarms.subscribe_email(email.as_str());
        }
        let key = match config.encryption {
            Encryption::CustomerKey => Some(key),
            Encryption::AwsManaged => None,
        };

        let images = Repository::builder()
            .maybe_encryption_key(key.as_ref())
            .keep_tagged_images(config.delivery.images_kept)
            .kept_tags(RELEASES)
            .build(stack, "Images");
        // Every push to a pull request proposes an image. In the repository of releases they would displace deployed images.
        let proposals = Repository::builder()
            .maybe_encryption_key(key.as_ref())
            .expire_images_after(PROPOSALS_KEPT)
            .build(stack, "Proposals");
        if let Some(account) = &config.delivery.preview_account {
            proposals.grant_pull_to_account(account.as_str());
        }

        let provider = match config.delivery.oidc_provider {
            OidcProviderConfig::Create => OidcProvider::new(stack, "GitHub"),
            OidcProviderConfig::Existing => OidcProvider::of_account(),
        };
        let start = DEPLOY_WORKFLOWS.into_iter().fold(
            DeliveryRoles::builder(),
            DeliveryRolesBuilder::deploy_workflow,
        );
        let start = match config.region.as_str() {
            EDGE_REGION => start,
            _ => start.stacks_in(EDGE_REGION),
        };
        let roles = start
            .provider(&provider)
            .repository(config.delivery.repository.as_str())
            .maybe_owner_id(config.delivery.owner_id.as_ref().map(GithubId::as_str))
            .maybe_repository_id(config.delivery.repository_id.as_ref().map(GithubId::as_str))
            .trusted_workflow(TRUSTED_WORKFLOW)
            .deploy_environment(config.delivery.deploy_environment.as_str())
            .stack_prefix(config.stack_prefix())
            .publishes_to(&proposals)
            .promotes_to(&images)
            .build(stack, "Delivery");
        roles.limit_roles(app);

        Output::new(stack, "ImageRepository", images.uri())
            .description("Where a deployment copies the image to");
        Output::new(stack, "ProposalRepository", proposals.uri())
            .description("Where the publish workflow pushes images");
        for (id, role, purpose) in [
            ("PlanRole", roles.plan(), "plans"),
            ("PublishRole", roles.publish(), "pushes images"),
            ("DeployRole", roles.deploy(), "deploys"),
            (
                "ExecutionRole",
                roles.execution(),
                "CloudFormation works with",
            ),
        ] {
            Output::new(stack, id, role.arn()).description(format!("The role that {purpose}"));
        }

        let logs = config.edge.access_logs.is_enabled();
        let access_logs =
            logs.then(|| Bucket::log_bucket(Duration::days(90)).build(stack, "AccessLogs"));

        // The deploy role may use every bucket of the app; the plan role shows earlier releases.
        let releases = ReleaseLog::builder()
            .maybe_access_logs(access_logs.map(|logs| AccessLogs::to(logs).prefix("releases/")))
            .build(stack, "Releases");
        releases.bucket().grant_read(&roles.plan());
        Self {
            images: Images::Releases(images),
            key,
            alarms: Some(alarms),
            access_logs,
        }
    }
}
