//! Interprets AWS's error messages about failed resources.

use infra_aws::ApiError;
use infra_template::ResourceName;

/// Cause of a resource failure, derived from its status reason by error code and known phrases.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Cause {
    /// The role that CloudFormation uses lacks a permission for the call.
    MissingPermission {
        /// ARN of the user or role that made the call, if the message contains it.
        principal: Option<String>,
        /// IAM action that was refused, such as `s3:CreateBucket`, if the message contains it.
        action: Option<String>,
        /// Resource that the action was refused on, if the message contains it.
        resource: Option<String>,
    },
    /// A resource of the same name exists already, for instance in another stack.
    AlreadyExists,
    /// A service quota of the account is exhausted, such as the number of VPCs.
    Quota,
    /// The resource was created, but did not reach its final state in time.
    NotStabilized,
    /// A resource that this one refers to does not exist.
    NotFound,
    /// The bucket or repository is not empty, and therefore cannot be deleted.
    NotEmpty,
    /// Another resource still uses it, so that it cannot be changed or deleted.
    InUse,
    /// The service rejected a property value, or a combination of them, as invalid.
    InvalidValue,
    /// AWS has insufficient capacity for it in this region or zone at the moment.
    Capacity,
    /// The service had an internal error or a timeout, or throttled the request. Trying again can help.
    ServiceFailure,
    /// The stack policy denies the change: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html>.
    StackPolicy,
    /// A CloudFormation hook inspected the operation before its execution and rejected it.
    Hook {
        /// Type name of the hook, such as `MyOrg::Security::Hook`.
        type_name: String,
    },
    /// The status reason is empty, or contains no known error code or phrase.
    Unknown,
}

impl Cause {
    /// Derives the cause from a status reason. Most handlers report an error code; older resource types report text only.
    pub fn from_reason(reason: &str) -> Self {
        let says = |words: &str| reason.contains(words);
        let code = handler_error_code(reason);
        // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
        if says("denied by stack policy") {
            return Self::StackPolicy;
        }
        if says("not authorized to perform")
            || says("AccessDenied")
            || code == Some("AccessDenied")
            || says("Encoded authorization failure message")
        {
            let (principal, action, resource) = parse_permission(reason);
            return Self::MissingPermission {
                principal,
                action,
                resource,
            };
        }
        match code {
            Some("AlreadyExists") => return Self::AlreadyExists,
            Some("ServiceLimitExceeded") => return Self::Quota,
            Some("NotStabilized") => return Self::NotStabilized,
            Some("NotFound") => return Self::NotFound,
            Some(
                "ServiceInternalError"
                | "InternalFailure"
                | "NetworkFailure"
                | "ServiceTimeout"
                | "Throttling",
            ) => {
                return Self::ServiceFailure;
            }
            _ => {}
        }
        let any = |words: &[&str]| words.iter().any(|word| says(word));
        if any(&["already exists", "AlreadyExists", "already owned by you"]) {
            Self::AlreadyExists
        } else if any(&[
            "LimitExceeded",
            "limit exceeded",
            "exceeds your current quota",
            "maximum number of",
        ]) {
            Self::Quota
        } else if any(&["not empty", "BucketNotEmpty", "because it still contains"]) {
            Self::NotEmpty
        } else if any(&[
            "has a dependent object",
            "DependencyViolation",
            "is in use",
            "ResourceInUse",
            "currently in use",
        ]) {
            Self::InUse
        } else if any(&[
            "Circuit Breaker",
            "did not stabilize",
            "NotStabilized",
            "failed to stabilize",
            "Timed out",
            "timed out",
            "Failed to receive",
        ]) {
            Self::NotStabilized
        } else if any(&[
            "InsufficientCapacity",
            "insufficient capacity",
            "Insufficient",
        ]) {
            Self::Capacity
        } else if code == Some("InvalidRequest")
            || any(&[
                "Invalid",
                "invalid",
                "ValidationException",
                "does not conform",
                "Cannot find version",
            ])
        {
            Self::InvalidValue
        } else if any(&["does not exist", "not found", "NotFound", "NoSuch"]) {
            Self::NotFound
        } else if any(&["Internal error", "Internal Failure", "InternalError"]) {
            Self::ServiceFailure
        } else {
            Self::Unknown
        }
    }

    /// Returns the end of a sentence about the failure, such as `: the service failed`; empty if the cause is unknown.
    pub(super) fn render_clause(&self) -> String {
        match self {
            Self::MissingPermission {
                action: Some(action),
                ..
            } => format!(": `{action}` is not permitted"),
            Self::MissingPermission { .. } => ": a permission is missing".to_owned(),
            Self::AlreadyExists => ": a resource of that name already exists".to_owned(),
            Self::Quota => ": a quota of the account is exceeded".to_owned(),
            Self::NotStabilized => ": it was created, but did not stabilize".to_owned(),
            Self::NotFound => ": a resource that it refers to does not exist".to_owned(),
            Self::NotEmpty => ": it is not empty".to_owned(),
            Self::InUse => ": it is still in use".to_owned(),
            Self::InvalidValue => ": a value was rejected".to_owned(),
            Self::Capacity => ": AWS currently has no capacity for it".to_owned(),
            Self::ServiceFailure => ": the service failed".to_owned(),
            Self::StackPolicy => ": the stack policy denies it".to_owned(),
            Self::Hook { type_name } => format!(": the hook `{type_name}` rejected it"),
            Self::Unknown => String::new(),
        }
    }

    /// Returns a suggestion for the user, if there is one.
    pub(super) fn suggest_help(&self, resource: &ResourceName) -> Option<String> {
        Some(match self {
            Self::MissingPermission {
                principal, action, ..
            } => {
                let what = action
                    .as_deref()
                    .map_or_else(|| "the action".to_owned(), |action| format!("`{action}`"));
                match principal {
                    Some(principal) => format!("allow {what} to {principal}"),
                    None => format!("allow {what} to the execution role of CloudFormation"),
                }
            }
            Self::AlreadyExists if resource.logical_id.contains('/') => {
                "give it another name, or delete the other one: resources cannot be imported into a nested stack".to_owned()
            }
            Self::AlreadyExists => format!(
                "import it with `import --resource {}=…`, give it another name, or delete the other one",
                resource.logical_id
            ),
            Self::Quota => {
                "request an increase in the Service Quotas console, or remove what is not needed"
                    .to_owned()
            }
            Self::NotEmpty => "empty it first: its content would be lost".to_owned(),
            Self::InUse => {
                "first remove the resources that use it, or keep it with `RemovalPolicy::Retain`".to_owned()
            }
            Self::InvalidValue => {
                "correct the value, then deploy again".to_owned()
            }
            Self::Capacity | Self::ServiceFailure => {
                "deploy again later; no change is required".to_owned()
            }
            Self::StackPolicy => "do not change the resource, or ask the owner of the stack policy to change it (`aws cloudformation set-stack-policy`)"
                .to_owned(),
            Self::Hook { .. } => "correct what the hook rejects, or ask its owner".to_owned(),
            Self::NotStabilized => {
                "see the reasons of its tasks, targets and log below, or run `diagnose`"
                    .to_owned()
            }
            Self::NotFound | Self::Unknown => return None,
        })
    }
}

/// Extracts `X` from `(… HandlerErrorCode: X)`, or from the older `(… Error Code: X; …)`.
fn handler_error_code(reason: &str) -> Option<&str> {
    ["HandlerErrorCode: ", "Error Code: "]
        .iter()
        .find_map(|label| {
            let (_, rest) = reason.split_once(label)?;
            rest.split(|c: char| !c.is_ascii_alphanumeric()).next()
        })
}

fn parse_permission(reason: &str) -> (Option<String>, Option<String>, Option<String>) {
    match ApiError::new("", "", "AccessDenied", reason).kind {
        infra_aws::ApiErrorKind::AccessDenied {
            principal,
            action,
            resource,
        } => (principal, action, resource),
        _ => (None, None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::Cause;

    #[test]
    fn derives_cause_from_aws_messages() {
        for (reason, expected) in [
            (
                "Resource of type 'AWS::S3::Bucket' with identifier 'x' already exists. (HandlerErrorCode: AlreadyExists)",
                Cause::AlreadyExists,
            ),
            (
                "x already exists in stack arn:aws:cloudformation:us-east-1:1:stack/y/1",
                Cause::AlreadyExists,
            ),
            (
                "The maximum number of VPCs has been reached. (Service: Ec2; Error Code: VpcLimitExceeded)",
                Cause::Quota,
            ),
            (
                "The bucket you tried to delete is not empty",
                Cause::NotEmpty,
            ),
            (
                "resource sg-1 has a dependent object (Service: Ec2, Status Code: 400)",
                Cause::InUse,
            ),
            (
                "ECS Deployment Circuit Breaker was triggered",
                Cause::NotStabilized,
            ),
            (
                "Cannot find version 16.99 for postgres (HandlerErrorCode: InvalidRequest)",
                Cause::InvalidValue,
            ),
            (
                "Internal error reported from downstream service (HandlerErrorCode: ServiceInternalError)",
                Cause::ServiceFailure,
            ),
            (
                "Action denied by stack policy: Statement [#1] does not allow [Update:Replace] for resource [LogicalResourceId/Database]",
                Cause::StackPolicy,
            ),
            ("", Cause::Unknown),
        ] {
            assert_eq!(Cause::from_reason(reason), expected, "{reason}");
        }
    }
}
