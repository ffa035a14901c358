//! Assumes the roles that a cloud assembly names for a stack or context lookup, and fills the placeholders in its texts.

use std::sync::Arc;

use infra_aws::{ApiErrorKind, Cloud, Identity};
use infra_core::{Diagnostic, codes};
use infra_template::assembly::{AssumedRole, Placeholders, Stack};

use crate::error::{Class, Error};

/// Credentials for work on a stack: those of an assumed role, or the user's own.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    /// AWS with the credentials of the assumed role; `None` when the user's own credentials apply.
    pub(crate) cloud: Option<Arc<dyn Cloud>>,
    /// Notice for the user when the role could not be assumed and the user's credentials took its place.
    pub(crate) notice: Option<String>,
}

/// Part of an assembly that a role is assumed for; findings point to it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'a> {
    /// A stack; findings have its construct path.
    Stack(&'a Stack),
    /// A context lookup, identified by its context key.
    Lookup(&'a str),
}

impl<'a> From<&'a Stack> for Subject<'a> {
    fn from(stack: &'a Stack) -> Self {
        Self::Stack(stack)
    }
}

impl Subject<'_> {
    /// Adds the construct path of the stack, or a note with the key of the lookup, to a finding.
    fn add_location(self, finding: Diagnostic) -> Diagnostic {
        match self {
            Self::Stack(stack) => finding.path(stack.path.clone()),
            Self::Lookup(key) => finding.note(format!("for the context lookup `{key}`")),
        }
    }
}

/// Returns the placeholder values for a stack. A stack without an account takes the account of the credentials.
pub(crate) fn placeholders_for_stack(
    stack: &Stack,
    region: &str,
    identity: &Identity,
) -> Placeholders {
    let account = stack.account.as_ref().unwrap_or(&identity.account);
    build_placeholders(account, region, identity)
}

/// Returns the placeholder values for an account and region, in the partition of the credentials (`aws` if their ARN names none).
pub(crate) fn build_placeholders(
    account: impl Into<String>,
    region: impl Into<String>,
    identity: &Identity,
) -> Placeholders {
    let partition = identity.arn.split(':').nth(1);
    let partition = partition.filter(|partition| !partition.is_empty());
    Placeholders::new(account, region, partition.unwrap_or("aws"))
}

/// Replaces the placeholders in a text of the assembly.
///
/// # Errors
///
/// `ASSEMBLY_NOT_READABLE` if the text has an unknown placeholder.
pub(crate) fn fill_placeholders<'a>(
    place: &Placeholders,
    text: &str,
    subject: impl Into<Subject<'a>>,
) -> Result<String, Error> {
    let subject = subject.into();
    place.fill_text(text).map_err(|error| {
        let finding = Diagnostic::new(codes::ASSEMBLY_NOT_READABLE, error.to_string())
            .expected("${AWS::AccountId}, ${AWS::Region} or ${AWS::Partition}");
        Error::new(Class::Error, subject.add_location(finding))
    })
}

/// Assumes the role of a stack or context lookup, or checks that the user's credentials belong to the right account if no role is given.
///
/// When STS refuses the role and the user's credentials belong to the same account, those are used instead, as the `cdk` CLI does: an administrator
/// of the account needs no bootstrap roles.
///
/// # Errors
///
/// When the credentials are of another account, and no role helps.
pub(crate) async fn assume_role<'a>(
    cloud: &dyn Cloud,
    role: Option<&AssumedRole>,
    subject: impl Into<Subject<'a>>,
    place: &Placeholders,
    identity: &Identity,
) -> Result<Access, Error> {
    let subject = subject.into();
    let own = |notice| Access {
        cloud: None,
        notice,
    };
    let Some(role) = role else {
        if identity.account != place.account {
            return Err(other_account_error(subject, place, identity));
        }
        return Ok(own(None));
    };
    let mut role = role.clone();
    role.arn = fill_placeholders(place, &role.arn, subject)?;
    let error = match infra_aws::retry_transient(|| cloud.assume_role(&role)).await {
        Ok(cloud) => {
            return Ok(Access {
                cloud: Some(cloud),
                notice: None,
            });
        }
        Err(error) => error,
    };
    let expired = matches!(
        error.kind,
        ApiErrorKind::ExpiredCredentials | ApiErrorKind::NoCredentials
    );
    if expired || error.is_transient() {
        return Err(Error::from_api(
            format!("assume the role `{}`", role.arn),
            error,
        ));
    }
    if identity.account == place.account {
        return Ok(own(Some(format!(
            "cannot assume the role `{}`; the current credentials belong to its account and are used instead",
            role.arn
        ))));
    }
    let finding = Diagnostic::new(
        codes::ROLE_NOT_ASSUMED,
        format!("cannot assume the role `{}`", role.arn),
    )
    .note(format!("caller: {}", identity.arn))
    .note(format!(
        "{} returned an error for `{}`: {}",
        error.service, error.operation, error.message
    ))
    .help(format!(
        "use credentials with permission to assume it, for example with AWS_PROFILE; `cdk bootstrap --trust {}` allows an account to assume it",
        identity.account
    ));
    Err(Error::new(
        Class::Credentials,
        subject.add_location(finding),
    ))
}

/// Returns AWS with credentials that can read a stack: those of its lookup role, else of its deploy role, else the user's own.
pub(crate) async fn reader_for_stack(
    cloud: &Arc<dyn Cloud>,
    stack: &Stack,
    region: &str,
) -> Result<Arc<dyn Cloud>, Error> {
    if reading_roles(stack).next().is_none() {
        return Ok(Arc::clone(cloud));
    }
    let identity = read_identity(&**cloud).await?;
    let place = placeholders_for_stack(stack, region, &identity);
    reader_as(cloud, stack, &place, &identity).await
}

/// Returns AWS with credentials that can read services, tasks and logs in the account of a stack.
///
/// In the user's own account these are the user's credentials, because the CDK's deploy role may not read ECS services. In
/// another account a role is assumed, since the user's credentials would read services of the wrong account.
pub(crate) async fn observer_for_stack(
    cloud: &Arc<dyn Cloud>,
    stack: &Stack,
    region: &str,
) -> Result<Arc<dyn Cloud>, Error> {
    if reading_roles(stack).next().is_none() {
        return Ok(Arc::clone(cloud));
    }
    let identity = read_identity(&**cloud).await?;
    observer_as(cloud, stack, region, &identity).await
}

/// Does the same as [`observer`] for a caller identity that is already known, which saves a call to STS.
pub(crate) async fn observer_as(
    cloud: &Arc<dyn Cloud>,
    stack: &Stack,
    region: &str,
    identity: &Identity,
) -> Result<Arc<dyn Cloud>, Error> {
    let place = placeholders_for_stack(stack, region, identity);
    if place.account == identity.account {
        return Ok(Arc::clone(cloud));
    }
    reader_as(cloud, stack, &place, identity).await
}

async fn read_identity(cloud: &dyn Cloud) -> Result<Identity, Error> {
    let found = cloud.caller_identity().await;
    found.map_err(|error| Error::from_api("identify the AWS credentials", error))
}

fn reading_roles(stack: &Stack) -> impl Iterator<Item = &AssumedRole> {
    let settings = &stack.settings;
    [&settings.lookup_role, &settings.deploy_role]
        .into_iter()
        .flatten()
}

async fn reader_as(
    cloud: &Arc<dyn Cloud>,
    stack: &Stack,
    place: &Placeholders,
    identity: &Identity,
) -> Result<Arc<dyn Cloud>, Error> {
    let mut last = None;
    for role in reading_roles(stack) {
        match assume_role(&**cloud, Some(role), stack, place, identity).await {
            Ok(Access {
                cloud: Some(cloud), ..
            }) => return Ok(cloud),
            Ok(_) => {}
            Err(error) => last = Some(error),
        }
    }
    match last {
        Some(error) => Err(error),
        None => Ok(Arc::clone(cloud)),
    }
}

fn other_account_error(subject: Subject<'_>, place: &Placeholders, identity: &Identity) -> Error {
    let what = match subject {
        Subject::Stack(stack) => format!("stack `{}` belongs to", stack.name),
        Subject::Lookup(key) => format!("the context lookup `{key}` is for"),
    };
    let finding = Diagnostic::new(
        codes::WRONG_ACCOUNT,
        format!(
            "{what} account {}, but the credentials belong to account {}",
            place.account, identity.account
        ),
    )
    .note(format!("caller: {}", identity.arn))
    .help("use credentials of that account, for example with AWS_PROFILE");
    let finding = match subject {
        Subject::Stack(_) => subject.add_location(finding),
        Subject::Lookup(_) => finding,
    };
    Error::new(Class::Credentials, finding)
}
