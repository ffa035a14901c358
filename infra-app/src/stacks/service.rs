//! Defines the service stack: the API on Fargate behind an internal load balancer.

use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::ec2::Connectable;
use infra_lib::ecs::{
    ContainerDefinition, FargateService, FargateTaskDefinition,
    HealthCheck as ContainerHealthCheck, WithoutPort,
};
use infra_lib::elbv2::{
    AccessLogs, Action, ApplicationLoadBalancer, DeletionProtection, HealthCheck, Listener,
    ListenerProtocol, TargetGroup,
};
use infra_lib::secretsmanager::Secret;
use infra_lib::{App, Duration, Output, pseudo};

use super::container::{build_container, log_group};
use super::{Data, Foundation, Migration, Network};
use crate::Config;
use crate::config::{DomainConfig, DomainName, Protection, TaskCount};
use crate::service_contract::{self as contract, variables};

/// The service and the resources in front of it, which the edge sends requests to.
#[derive(Clone, Copy, Debug)]
pub struct Service<'app> {
    /// Internal Application Load Balancer in private subnets, which has no public address.
    pub balancer: ApplicationLoadBalancer<'app>,
    /// Listener of the load balancer that the edge sends requests to.
    pub listener: Listener<'app>,
    /// Target group with the tasks of the service, whose readiness it checks every 15 seconds.
    pub targets: TargetGroup<'app>,
    /// Fargate service that runs the API, with circuit breaker, alarm and auto scaling.
    pub api: FargateService<'app>,
}

impl<'app> Service<'app> {
    /// Adds the stack with load balancer, service, auto scaling, and the alarm that rolls deployments back.
    pub fn build(
        app: &'app App,
        config: &Config,
        foundation: &Foundation<'app>,
        network: &Network<'app>,
        data: &Data<'app>,
        migration: &Migration<'app>,
    ) -> Self {
        let stack = config.stack_props("service", "API").build(app, "Service");
        let vpc = network.vpc;

        let balancer = ApplicationLoadBalancer::builder()
            .internal(vpc.private())
            .deletion_protection(match config.database.deletion_protection {
                Protection::Enabled => DeletionProtection::Enabled,
                Protection::Disabled => DeletionProtection::Disabled,
            })
            .maybe_access_logs(foundation.access_logs.map(AccessLogs::to))
            .build(stack, "LoadBalancer");
        let targets = TargetGroup::builder()
            .vpc(vpc)
            .port(contract::PORT)
            .health_check(readiness_check())
            .build(stack, "Targets");
        let listener = Listener::builder()
            .load_balancer(balancer)
            .protocol(ListenerProtocol::Http)
            .default_action(Action::forward(&targets))
            .build(balancer, "Listener");
        let failing = Alarm::builder()
            .metric(targets.metric_target_5xx(&balancer))
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(config.alarms.server_errors)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .description("A deployment during which this goes off is rolled back")
            .build(stack, "FailingRequests");
        if let Some(topic) = &foundation.alarms {
            failing.add_action(topic);
        }

        let api = FargateService::builder()
            .cluster(migration.cluster)
            .task_definition(
                FargateTaskDefinition::builder()
                    .size(config.service.size)
                    .cpu_architecture(config.service.architecture.into())
                    .container(
                        add_api_variables(
                            build_container("api", contract::SERVE, config, foundation, data),
                            config,
                            data,
                        )
                        .health_check(ContainerHealthCheck::command(
                            std::iter::once(&contract::BINARY)
                                .chain(contract::HEALTH_CHECK)
                                .copied(),
                        ))
                        // Holds imports that are too large for memory.
                        .scratch_volume("/tmp")
                        .stop_timeout(Duration::seconds(contract::STOP_TIMEOUT_SECS))
                        .port(contract::PORT),
                    )
                    .family(format!("{}api", config.stack_prefix()))
                    .log_group(log_group(stack, "ApiLogs", config, foundation))
                    .build(stack, "Api"),
            )
            .subnets(vpc.private())
            .capacity(config.service.capacity.into())
            .desired_count(match config.service.tasks {
                TaskCount::Fixed(count) | TaskCount::Scaled { min: count, .. } => count,
            })
            .deployment_alarm(failing.name())
            .build(stack, "Service");
        api.load_balance(&targets);
        if let TaskCount::Scaled { min, max } = config.service.tasks {
            api.auto_scale(min, max)
                .on_cpu(60)
                .on_requests_per_target(&targets, 1_000);
        }

        data.database.allow_from(&api);
        data.files.grant_read_write(&api);

        Output::new(stack, "ServiceName", api.service_name()).description("The service in ECS");
        Self {
            balancer,
            listener,
            targets,
            api,
        }
    }
}

/// Returns the health check with which the load balancer tests that a task can serve requests.
///
/// The check includes the database, so that a version that cannot reach it never receives requests. A failover of the database takes up to two
/// minutes; a task is replaced only after two and a half, or ECS would replace healthy ones.
fn readiness_check() -> HealthCheck {
    HealthCheck::http(contract::READINESS_PATH)
        .interval(Duration::seconds(15))
        .unhealthy_threshold(10)
}

/// Adds the variables that only a container with the API needs.
fn add_api_variables(
    container: ContainerDefinition<WithoutPort>,
    config: &Config,
    data: &Data<'_>,
) -> ContainerDefinition<WithoutPort> {
    let container = container
        .env(variables::PORT, contract::PORT.to_string())
        .env(variables::TRUSTED_HOPS, contract::TRUSTED_HOPS.to_string())
        .env(variables::FILES_BUCKET, data.files.bucket_name())
        .env(variables::FILES_PATH, contract::FILES_PATH)
        .env(variables::AWS_REGION, pseudo::region())
        .secret(variables::SECRET_KEY, data.secret_key.text());
    // CloudFront sends the host name of the load balancer, so the service cannot derive its own from the request.
    match &config.edge.domain {
        Some(domain) => add_domain_variables(container, domain),
        None => container,
    }
}

/// Adds the variables for the address of the page, and for mail and the identity provider, which require a fixed address.
fn add_domain_variables(
    container: ContainerDefinition<WithoutPort>,
    domain: &DomainConfig,
) -> ContainerDefinition<WithoutPort> {
    let address = format!("https://{}", domain.name.as_str());
    let mut container = container
        .env(variables::ALLOWED_ORIGINS, address.clone())
        .env(variables::PUBLIC_URL, address);
    if let Some(mail) = &domain.mail {
        let secret = Secret::from_arn(mail.secret_arn.as_str());
        container = container
            .env(variables::SMTP_HOST, mail.host.as_str())
            .env(variables::MAIL_FROM, mail.from.as_str())
            .secret(variables::SMTP_USERNAME, secret.field("username"))
            .secret(variables::SMTP_PASSWORD, secret.field("password"));
    }
    if let Some(provider) = &domain.identity_provider {
        let secret = Secret::from_arn(provider.secret_arn.as_str());
        container = container
            .env(variables::OIDC_ISSUER, provider.issuer.as_str())
            .env(variables::OIDC_CLIENT_ID, provider.client_id.clone())
            .env(variables::OIDC_NAME, provider.name.clone())
            .env(variables::OIDC_REGISTRATION, provider.registration.as_str())
            .secret(variables::OIDC_CLIENT_SECRET, secret.field("client_secret"));
        if !provider.email_domains.is_empty() {
            let domains: Vec<_> = provider
                .email_domains
                .iter()
                .map(DomainName::as_str)
                .collect();
            container = container.env(variables::OIDC_EMAIL_DOMAINS, domains.join(","));
        }
    }
    container
}
