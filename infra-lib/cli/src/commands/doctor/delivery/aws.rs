//! Checks the AWS half of a delivery: hosted zone, identity provider, roles, boundaries, registries and mail.

use std::collections::BTreeSet;
use std::sync::Arc;

use infra_aws::{ApiError, Cloud, Identities, service_principal};
use serde_json::Value as JsonValue;

use super::check::{Check, Stage};
use super::settings::{PREVIEW_EXECUTION_ROLE, PREVIEW_ROLE, Settings, Variables};
use super::trust::{self, Delivery, Holder, ISSUER, PATH};

/// Image tag that does not exist; looking it up reveals if the repository exists.
const NO_TAG: &str = "infra-doctor";

/// Suffix of the name of an app's permissions boundary, after the prefix of its stacks.
const BOUNDARY: &str = "boundary";

/// Repair for the AWS half if AWS could not be read.
const LOGIN: &str = "use credentials that can read IAM: run `aws sso login --profile NAME`, then pass `--profile NAME`";

/// Creates the check for an AWS half that could not be read.
pub(super) fn aws_unreadable(reason: &str) -> Check {
    Check::unknown(
        Stage::Foundation,
        "identity provider, roles and registries in AWS",
        reason,
        LOGIN,
    )
}

/// Checks the account of the credentials. The second value is true if AWS responded.
pub(super) async fn check_account(
    cloud: &Arc<dyn Cloud>,
    settings: &Settings,
    delivery: &Delivery,
) -> (Vec<Check>, bool) {
    let account = match cloud.caller_identity().await {
        Ok(identity) => identity.account,
        Err(error) => return (vec![aws_unreadable(&error.to_string())], false),
    };
    let Some(iam) = cloud.iam_client() else {
        return (
            vec![aws_unreadable("this AWS endpoint does not provide IAM")],
            true,
        );
    };
    let mut checks = vec![check_provider(&*iam, delivery).await];
    let mut seen = BTreeSet::new();
    for (variable, holder) in [
        ("PUBLISH_ROLE", Holder::Jobs),
        (PREVIEW_ROLE, Holder::Previews),
        (PREVIEW_EXECUTION_ROLE, Holder::CloudFormation),
    ] {
        let arn = settings.shared.get(variable).filter(|arn| !arn.is_empty());
        let Some(arn) = arn else {
            continue;
        };
        let subject = Subject {
            name: variable,
            arn,
            holder,
        };
        checks.extend(check_role(&*iam, subject, &account, delivery, &mut seen).await);
    }
    if let Some(address) = settings
        .shared
        .get("PROPOSAL_REPOSITORY")
        .filter(|one| !one.is_empty())
    {
        checks
            .push(check_registry(cloud, "PROPOSAL_REPOSITORY", address, &account, delivery).await);
    }
    for (name, variables) in &settings.environments {
        checks.extend(
            check_environment(cloud, &*iam, name, variables, &account, delivery, &mut seen).await,
        );
    }
    (checks, true)
}

/// Checks the roles, registry, mail and hosted zone of one environment.
async fn check_environment(
    cloud: &Arc<dyn Cloud>,
    iam: &dyn Identities,
    name: &str,
    variables: &Variables,
    account: &str,
    delivery: &Delivery,
    seen: &mut BTreeSet<String>,
) -> Vec<Check> {
    let value = |name: &str| variables.get(name).filter(|value| !value.is_empty());
    let mut checks = Vec::new();
    let of = |variable: &str| format!("{variable} of `{name}`");
    let deploys_to = delivery.project.deploy_environment(name);
    for variable in ["PLAN_ROLE", "DEPLOY_ROLE", "EXECUTION_ROLE", "ASSETS_ROLE"] {
        let Some(arn) = value(variable) else {
            continue;
        };
        let deploys = variable == "DEPLOY_ROLE";
        // A missing job is reported with the variables. Without a checkout the workflows are unknown.
        if deploys && deploys_to.is_none() && !delivery.project.workflows().is_empty() {
            continue;
        }
        let holder = match variable {
            "EXECUTION_ROLE" => Holder::CloudFormation,
            _ if deploys => Holder::DeployJobs(deploys_to.as_deref().unwrap_or_default()),
            _ => Holder::Jobs,
        };
        let subject = Subject {
            name: &of(variable),
            arn,
            holder,
        };
        checks.extend(check_role(iam, subject, account, delivery, seen).await);
    }
    if let Some(address) = value("IMAGE_REPOSITORY") {
        checks
            .push(check_registry(cloud, &of("IMAGE_REPOSITORY"), address, account, delivery).await);
    }
    // Mail and hosted zone belong to the account of the roles.
    let here = value("DEPLOY_ROLE").is_some_and(|arn| account_from_arn(arn) == Some(account));
    if let Some(region) = value("AWS_REGION").filter(|_| here) {
        checks.extend(check_subscriptions(cloud, name, region).await);
        // A distribution without its own domain has a name of CloudFront.
        let address = value("PUBLIC_ADDRESS").filter(|one| !one.ends_with(".cloudfront.net"));
        if let Some(address) = address {
            checks.push(check_hosted_zone(cloud, region, address).await);
        }
    }
    checks
}

fn unknown_check(subject: &str, error: &ApiError) -> Check {
    Check::unknown(Stage::Foundation, subject, error.to_string(), LOGIN)
}

async fn check_provider(iam: &dyn Identities, delivery: &Delivery) -> Check {
    let subject = "identity provider of GitHub";
    let stage = Stage::Foundation;
    let found = match iam.list_oidc_providers().await {
        Ok(found) => found,
        Err(error) => return unknown_check(subject, &error),
    };
    let ending = format!(":oidc-provider/{ISSUER}");
    let Some(arn) = found.into_iter().find(|arn| arn.ends_with(&ending)) else {
        let repair = delivery.project.explain_provider();
        return Check::missing(stage, subject, "the account has no such provider", repair);
    };
    let audience = service_principal("sts");
    match iam.list_oidc_audiences(&arn).await {
        Ok(audiences) if audiences.contains(&audience) => Check::ok(stage, subject),
        Ok(_) => Check::missing(
            stage,
            subject,
            format!("it does not accept tokens for {audience}"),
            format!(
                "aws iam add-client-id-to-open-id-connect-provider --client-id {audience} --open-id-connect-provider-arn {arn}"
            ),
        ),
        Err(error) => unknown_check(subject, &error),
    }
}

/// Returns the account ID in an ARN.
fn account_from_arn(arn: &str) -> Option<&str> {
    arn.split(':').nth(4)
}

/// A role that a variable names.
#[derive(Clone, Copy, Debug)]
struct Subject<'s> {
    /// Name of the variable, with its environment.
    name: &'s str,
    /// ARN of the role.
    arn: &'s str,
    /// Principal that assumes the role.
    holder: Holder<'s>,
}

/// Checks a role; a role that was checked already yields no further checks.
async fn check_role(
    iam: &dyn Identities,
    role: Subject<'_>,
    account: &str,
    delivery: &Delivery,
    seen: &mut BTreeSet<String>,
) -> Vec<Check> {
    let Subject {
        name: subject, arn, ..
    } = role;
    if !seen.insert(arn.to_owned()) {
        return Vec::new();
    }
    match account_from_arn(arn) {
        Some(of_role) if of_role == account => {}
        Some(other) if other.len() == 12 => {
            let reason = format!(
                "it is in account {other}, but these credentials belong to account {account}"
            );
            let repair = "run the command again with credentials of that account";
            return vec![Check::unknown(Stage::Foundation, subject, reason, repair)];
        }
        _ => {
            let message = format!("`{arn}` is not the ARN of a role");
            let repair = delivery.project.explain_correction();
            return vec![Check::missing(Stage::Variables, subject, message, repair)];
        }
    }
    match inspect_role(iam, role, delivery).await {
        Ok(checks) => checks,
        Err(error) => vec![unknown_check(subject, &error)],
    }
}

async fn inspect_role(
    iam: &dyn Identities,
    wanted: Subject<'_>,
    delivery: &Delivery,
) -> Result<Vec<Check>, ApiError> {
    let Subject {
        name: subject,
        arn,
        holder,
    } = wanted;
    let stage = Stage::Foundation;
    let name = arn.rsplit('/').next().unwrap_or_default();
    let Some(role) = iam.get_role(name).await? else {
        let (correct, redeploy) = (
            delivery.project.explain_correction(),
            delivery.project.explain_redeploy(),
        );
        let repair = format!("{correct}, or {redeploy}");
        return Ok(vec![Check::missing(
            stage,
            subject,
            format!("{arn} does not exist"),
            repair,
        )]);
    };
    let mut checks = Vec::new();
    let path: Vec<String> = (role.path != PATH)
        .then(|| {
            format!(
                "{} instead of {PATH}: a template may change the role",
                role.path
            )
        })
        .into_iter()
        .collect();
    checks.push(Check::from_problems(
        stage,
        format!("path of {subject}"),
        &path,
        delivery.project.explain_redeploy(),
    ));
    checks.push(Check::from_problems(
        stage,
        format!("trust of {subject}"),
        &trust::find_trust_problems(&role.trust, holder, delivery),
        delivery.project.explain_redeploy(),
    ));
    let attached = iam.list_attached_policies(&role.name).await?;
    // Policies of the delivery have its path, which only administrators can change.
    let (own, foreign): (Vec<String>, Vec<String>) = attached
        .into_iter()
        .partition(|arn| arn.contains(&format!(":policy{PATH}")));
    let problem: Vec<String> = (!foreign.is_empty())
        .then(|| format!("unexpected policies are attached: {}", foreign.join(", ")))
        .into_iter()
        .collect();
    let detach = format!(
        "aws iam detach-role-policy --role-name {} --policy-arn {}",
        role.name,
        foreign.first().map_or("ARN", String::as_str)
    );
    checks.push(Check::from_problems(
        stage,
        format!("policies of {subject}"),
        &problem,
        detach,
    ));
    let mut policies: Vec<JsonValue> = iam.list_role_policies(&role.name).await?;
    for arn in own {
        policies.extend(iam.get_policy(&arn).await?);
    }
    checks.push(Check::from_problems(
        stage,
        format!("permissions of {subject}"),
        &trust::find_permission_problems(&policies, holder),
        delivery.project.explain_redeploy(),
    ));
    if holder == Holder::CloudFormation {
        let own_boundary = format!("boundary of {subject}");
        checks.push(check_boundary(iam, own_boundary, role.boundary.as_deref(), delivery).await?);
        let demanded = trust::required_boundary(&policies);
        let of_app = format!("boundary of the app's roles, for {subject}");
        checks.push(check_boundary(iam, of_app, demanded.as_deref(), delivery).await?);
        if let Some(limit) = demanded {
            checks.push(check_app_roles(iam, subject, &limit).await?);
        }
    }
    Ok(checks)
}

/// Checks the roles that the execution role may pass to services: those with the app's name prefix. One without the permissions boundary, created by
/// hand or before the boundary, would bypass it.
async fn check_app_roles(
    iam: &dyn Identities,
    subject: &str,
    limit: &str,
) -> Result<Check, ApiError> {
    let title = format!("roles of the app, for {subject}");
    let name = limit.rsplit('/').next().unwrap_or_default();
    let Some(prefix) = name.strip_suffix(BOUNDARY) else {
        let message = format!(
            "the name of {limit} does not begin with the prefix of the stacks, so their roles are unknown"
        );
        return Ok(Check::unknown(Stage::Foundation, title, message, ""));
    };
    let mut open = Vec::new();
    for name in iam.list_roles_by_prefix(prefix).await? {
        let role = iam.get_role(&name).await?;
        if role.is_some_and(|role| role.boundary.as_deref() != Some(limit)) {
            open.push(name);
        }
    }
    let problems: Vec<String> = (!open.is_empty())
        .then(|| {
            format!(
                "roles without the app's permissions boundary: {}",
                open.join(", ")
            )
        })
        .into_iter()
        .collect();
    let repair = format!(
        "aws iam put-role-permissions-boundary --permissions-boundary {limit} --role-name {}, or rename the role if it does not belong to the app",
        open.first().map_or("NAME", String::as_str)
    );
    Ok(Check::from_problems(
        Stage::Foundation,
        title,
        &problems,
        repair,
    ))
}

/// Checks a policy that serves as permissions boundary.
async fn check_boundary(
    iam: &dyn Identities,
    subject: String,
    arn: Option<&str>,
    delivery: &Delivery,
) -> Result<Check, ApiError> {
    let stage = Stage::Foundation;
    let Some(arn) = arn else {
        return Ok(Check::missing(
            stage,
            subject,
            "not set",
            delivery.project.explain_redeploy(),
        ));
    };
    let Some(document) = iam.get_policy(arn).await? else {
        return Ok(Check::missing(
            stage,
            subject,
            format!("{arn} does not exist"),
            delivery.project.explain_redeploy(),
        ));
    };
    Ok(Check::from_problems(
        stage,
        subject,
        &trust::find_boundary_problems(arn, &document),
        delivery.project.explain_redeploy(),
    ))
}

/// Checks an ECR repository by its address, `ACCOUNT.dkr.ecr.REGION.…/NAME`.
async fn check_registry(
    cloud: &Arc<dyn Cloud>,
    subject: &str,
    address: &str,
    account: &str,
    delivery: &Delivery,
) -> Check {
    let stage = Stage::Foundation;
    let parts = address.split_once('/').and_then(|(host, name)| {
        let mut words = host.split('.');
        let (account, region) = (words.next()?, words.nth(2)?);
        Some((account, region, name))
    });
    let Some((of_registry, region, name)) = parts else {
        let message = format!("`{address}` is not the URI of an image repository");
        let repair = delivery.project.explain_correction();
        return Check::missing(Stage::Variables, subject, message, repair);
    };
    if of_registry != account {
        let reason = format!(
            "it is in account {of_registry}, but these credentials belong to account {account}"
        );
        return Check::unknown(
            stage,
            subject,
            reason,
            "run the command again with credentials of that account",
        );
    }
    match cloud.ecr_client(region).has_image(name, NO_TAG).await {
        Ok(_) => Check::ok(stage, subject),
        Err(error) if error.code == "RepositoryNotFoundException" => Check::missing(
            stage,
            subject,
            format!("the repository `{name}` does not exist in {region}"),
            delivery.project.explain_redeploy(),
        ),
        Err(error) => unknown_check(subject, &error),
    }
}

/// Checks for SNS subscriptions that have not been confirmed.
async fn check_subscriptions(cloud: &Arc<dyn Cloud>, name: &str, region: &str) -> Vec<Check> {
    let stage = Stage::Mail;
    let subject = format!("mail of `{name}`");
    let Some(topics) = cloud.sns_client(region) else {
        return vec![Check::unknown(
            stage,
            subject,
            "this AWS endpoint does not provide SNS",
            "",
        )];
    };
    match topics.list_unconfirmed().await {
        Ok(waiting) if waiting.is_empty() => vec![Check::ok(stage, subject)],
        Ok(waiting) => waiting
            .iter()
            .map(|one| {
                Check::missing(
                    stage,
                    subject.clone(),
                    format!("{} has not confirmed its subscription to {}", one.endpoint, one.topic),
                    format!(
                        "confirm with the link in the mail, or send it again: aws sns subscribe --region {region} --protocol email --topic-arn {} --notification-endpoint {}",
                        one.topic, one.endpoint
                    ),
                )
            })
            .collect(),
        Err(error) => vec![Check::unknown(stage, subject, error.to_string(), LOGIN)],
    }
}

/// Checks that a public hosted zone exists for the public address.
async fn check_hosted_zone(cloud: &Arc<dyn Cloud>, region: &str, address: &str) -> Check {
    let stage = Stage::Name;
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let subject = format!("hosted zone of {host}");
    let zones = cloud.route53_client(region);
    let mut domain = host;
    while domain.contains('.') {
        match zones.list_zones_from(domain).await {
            Ok(found) => {
                let wanted = format!("{domain}.");
                if found
                    .iter()
                    .any(|zone| zone.name == wanted && !zone.is_private)
                {
                    return Check::ok(stage, subject);
                }
            }
            Err(error) => return Check::unknown(stage, subject, error.to_string(), LOGIN),
        }
        domain = domain.split_once('.').map_or("", |(_, parent)| parent);
    }
    Check::missing(
        stage,
        subject,
        "the account has no public hosted zone for it",
        format!(
            "aws route53 create-hosted-zone --name {host} --caller-reference \"$(date +%s)\", then add an NS record with its name servers to the parent domain"
        ),
    )
}
