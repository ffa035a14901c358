//! Foundation: the image registry, the roles of the delivery workflows, and where access logs are kept.
//!
//! It comes first because an image must be in the registry before a service that runs it can be created.

use infra_lib::ecr::Repository;
use infra_lib::github::{DeliveryRoles, OidcProvider};
use infra_lib::s3::Bucket;
use infra_lib::{App, Duration, Output};

use crate::Config;
use crate::config::OidcProviderConfig;

/// What outlives everything else.
#[derive(Clone, Copy, Debug)]
pub struct Foundation<'app> {
    /// Where images of the service are.
    pub images: Repository<'app>,
    /// Where the load balancer logs requests.
    pub access_logs: Option<Bucket<'app>>,
}

impl<'app> Foundation<'app> {
    /// Adds the stack.
    pub fn build(app: &'app App, config: &Config) -> Self {
        let stack = config
            .stack("foundation", "Image registry and delivery roles")
            .build(app, "Foundation");

        let images = Repository::builder()
            .keep_tagged_images(config.delivery.images_kept)
            .build(stack, "Images");

        let provider = match config.delivery.oidc_provider {
            OidcProviderConfig::Create => OidcProvider::new(stack, "GitHub"),
            OidcProviderConfig::Existing => OidcProvider::of_account(),
        };
        let roles = DeliveryRoles::builder()
            .provider(&provider)
            .repository(config.delivery.repository.as_str())
            .deploy_environment(config.delivery.deploy_environment.as_str())
            .stack_prefix(config.stack_prefix())
            .publishes_to(&images)
            .build(stack, "Delivery");

        Output::new(stack, "ImageRepository", images.uri())
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
        let access_logs = logs.then(|| {
            let bucket = Bucket::log_bucket(Duration::days(90)).build(stack, "AccessLogs");
            bucket.accept_load_balancer_logs("");
            bucket
        });
        Self {
            images,
            access_logs,
        }
    }
}
