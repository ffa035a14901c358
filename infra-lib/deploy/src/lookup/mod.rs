//! Answers the context lookups in a cloud assembly, which are facts about an account that the app needs.
//!
//! Queries, answers and errors are those of the CDK's context providers, so that both tools can share one `cdk.context.json`. They follow the queries
//! in `@aws-cdk/cloud-assembly-schema` and the answers that `aws-cdk-lib` reads.

mod cloud_control;
mod ec2;
mod key;
mod load_balancer;
mod ssm;
mod vpc;
mod zone;

use std::sync::Arc;

use infra_aws::{ApiError, ApiErrorKind, Cloud, Identity};
use infra_core::{Diagnostic, MissingContext, codes, find_nearest};
use infra_template::assembly::{AssumedRole, Placeholders};
use serde::Deserialize;
use serde_json::{Map as JsonMap, Value as JsonValue};

use crate::access::{self, Access, Subject};
use crate::error::{Class, Error};

/// Answers to context lookups, in the order of the lookups, with the failures listed separately.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Answers {
    /// Context key and value of each answered lookup, ready to be stored in `cdk.context.json`.
    pub found: Vec<(String, JsonValue)>,
    /// Context key of each failed lookup, with the error that explains it.
    pub failed: Vec<(String, Error)>,
    /// Notices about lookup roles that could not be assumed, without duplicates.
    pub notices: Vec<String>,
}

/// Names of the supported context providers, as in the CDK.
const PROVIDERS: [&str; 11] = [
    "ami",
    "availability-zones",
    "cc-api-provider",
    "endpoint-service-availability-zones",
    "hosted-zone",
    "key-provider",
    "load-balancer",
    "load-balancer-listener",
    "security-group",
    "ssm",
    "vpc-provider",
];

/// Answers context lookups with read-only calls, using the lookup role of each lookup if it has one.
///
/// # Errors
///
/// When the caller identity cannot be determined; every lookup is then a finding as well. Errors of single lookups are in [`Answers::failed`].
pub async fn answer_lookups(
    cloud: &Arc<dyn Cloud>,
    lookups: &[MissingContext],
) -> Result<Answers, Error> {
    let identity = infra_aws::retry_transient(|| cloud.caller_identity()).await;
    let identity = identity.map_err(|error| {
        let unanswered = lookups.iter().map(MissingContext::to_finding);
        unanswered.fold(
            Error::from_api("answer context lookups", error),
            Error::with_finding,
        )
    })?;
    let mut answers = Answers::default();
    for lookup in lookups {
        let key = lookup.key.clone();
        match answer_lookup(cloud, &identity, lookup, &mut answers.notices).await {
            Ok(value) => answers.found.push((key, value)),
            Err(error) => answers.failed.push((key, error)),
        }
    }
    Ok(answers)
}

async fn answer_lookup(
    cloud: &Arc<dyn Cloud>,
    identity: &Identity,
    lookup: &MissingContext,
    notices: &mut Vec<String>,
) -> Result<JsonValue, Error> {
    if !PROVIDERS.contains(&lookup.provider.as_str()) {
        return Err(Error::new(Class::Error, unknown_provider(lookup)));
    }
    let question = LookupQuery::parse_lookup(lookup, identity)?;
    let cloud = question
        .cloud_for_lookup(cloud, identity, lookup, notices)
        .await?;
    let asked = infra_aws::retry_transient(|| async {
        match question.query_provider(&*cloud, &lookup.provider).await {
            Ok(value) => Ok(Ok(value)),
            Err(LookupProblem::Rejected(said)) => Ok(Err(said)),
            Err(LookupProblem::Api(error)) => Err(error),
        }
    });
    match asked.await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(said)) => {
            let finding = failed_lookup_finding(lookup, said).help(help_for(lookup));
            Err(Error::new(Class::Error, finding))
        }
        Err(error) => {
            let doing = format!("answer the context lookup `{}`", lookup.key);
            let refused = match error.kind {
                ApiErrorKind::NotFound | ApiErrorKind::Invalid | ApiErrorKind::Other => {
                    Some(failed_lookup_finding(lookup, error.to_string()).help(help_for(lookup)))
                }
                _ => None,
            };
            Err(match refused {
                Some(finding) => Error::new(Class::Error, finding),
                None => Error::from_api(doing, error),
            })
        }
    }
}

/// Builds the finding for a lookup without an answer.
fn failed_lookup_finding(lookup: &MissingContext, said: impl Into<String>) -> Diagnostic {
    Diagnostic::new(
        codes::LOOKUP_FAILED,
        format!("cannot answer the context lookup `{}`", lookup.key),
    )
    .note(said)
}

fn help_for(lookup: &MissingContext) -> String {
    let text = |name: &str| lookup.props.get(name).and_then(JsonValue::as_str);
    let help = match lookup.provider.as_str() {
        "ssm" => "create the parameter, or correct its name, account or region in the app",
        "cc-api-provider" => {
            let help =
                "correct identifier, properties, account and region of the lookup in the app";
            let (Some(kind), Some(region)) = (text("typeName"), text("region")) else {
                return help.to_owned();
            };
            return format!(
                "{help}; `aws cloudcontrol list-resources --type-name {kind} --region {region}` shows the resources there"
            );
        }
        _ => {
            "correct the filter, the account or the region of the lookup in the app, so that exactly one resource matches"
        }
    };
    help.to_owned()
}

fn unknown_provider(lookup: &MissingContext) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::UNKNOWN_LOOKUP,
        format!(
            "the context lookup `{}` has a provider that this version does not support",
            lookup.key
        ),
    )
    .actual(format!("the provider `{}`", lookup.provider))
    .expected(format!("one of {}", PROVIDERS.join(", ")));
    match find_nearest(&lookup.provider, PROVIDERS) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None if lookup.provider == "plugin" => finding
            .help("run `cdk synth` once: the `cdk` CLI runs plugins and stores their answers in `cdk.context.json`"),
        None => finding.help("use a newer version of this tool, or run `cdk synth` once: it stores its answers in `cdk.context.json`"),
    }
}

/// Reason for a lookup without an answer.
enum LookupProblem {
    /// An AWS call failed.
    Api(ApiError),
    /// No resource or too many resources match, or the query is invalid.
    Rejected(String),
}

impl From<ApiError> for LookupProblem {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl LookupProblem {
    fn reject<T>(said: impl Into<String>) -> Result<T, Self> {
        Err(Self::Rejected(said.into()))
    }
}

/// A lookup, with the environment and role to use, and the query of its provider.
struct LookupQuery {
    placeholders: Placeholders,
    role: Option<AssumedRole>,
    /// Properties of the query, without those that all providers share.
    properties: JsonMap<String, JsonValue>,
    /// Value to use if nothing is found; `None` makes that an error.
    default_value: Option<JsonValue>,
}

impl LookupQuery {
    fn parse_lookup(lookup: &MissingContext, identity: &Identity) -> Result<Self, Error> {
        let mut asked = lookup.props.clone();
        let mut text = |name: &str| match asked.shift_remove(name) {
            Some(JsonValue::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        let (account, region) = (text("account"), text("region"));
        let (arn, external_id) = (text("lookupRoleArn"), text("lookupRoleExternalId"));
        let options = asked.shift_remove("assumeRoleAdditionalOptions");
        let suppress = asked.shift_remove("ignoreErrorOnMissingContext");
        let dummy = asked.shift_remove("dummyValue");
        // Only distinguishes cache entries, and is not part of the query.
        asked.shift_remove("additionalCacheKey");
        let refuse = |said: String| Error::new(Class::Error, failed_lookup_finding(lookup, said));
        let (Some(account), Some(region)) = (account, region) else {
            return Err(refuse("it has no account or no region".to_owned()));
        };
        let role = match arn {
            None => None,
            Some(arn) => {
                let role = AssumedRole::with_options(arn, external_id, options.as_ref());
                Some(role.map_err(|option| {
                    refuse(format!(
                        "it assumes a role with the option `{option}`, which this version does not support"
                    ))
                })?)
            }
        };
        let suppress = suppress == Some(JsonValue::Bool(true));
        Ok(Self {
            placeholders: access::build_placeholders(account, region, identity),
            role,
            properties: asked,
            default_value: dummy.filter(|_| suppress),
        })
    }

    /// Returns AWS with the credentials for the lookup.
    async fn cloud_for_lookup(
        &self,
        cloud: &Arc<dyn Cloud>,
        identity: &Identity,
        lookup: &MissingContext,
        notices: &mut Vec<String>,
    ) -> Result<Arc<dyn Cloud>, Error> {
        let subject = Subject::Lookup(&lookup.key);
        let role = self.role.as_ref();
        let Access {
            cloud: assumed,
            notice,
        } = access::assume_role(&**cloud, role, subject, &self.placeholders, identity).await?;
        if let Some(notice) = notice
            && !notices.contains(&notice)
        {
            notices.push(notice);
        }
        Ok(assumed.unwrap_or_else(|| Arc::clone(cloud)))
    }

    async fn query_provider(
        &self,
        cloud: &dyn Cloud,
        provider: &str,
    ) -> Result<JsonValue, LookupProblem> {
        let region = &self.placeholders.region;
        match provider {
            "ami" => ec2::find_image(&*cloud.ec2_client(region), self.parse_query()?).await,
            "availability-zones" => {
                ec2::list_zones(&*cloud.ec2_client(region), self.parse_query()?).await
            }
            "endpoint-service-availability-zones" => {
                ec2::find_endpoint_service(&*cloud.ec2_client(region), self.parse_query()?).await
            }
            "security-group" => {
                ec2::find_security_group(&*cloud.ec2_client(region), &self.parse_query()?).await
            }
            "vpc-provider" => vpc::find_vpc(&*cloud.ec2_client(region), &self.parse_query()?).await,
            "load-balancer" => {
                load_balancer::find_load_balancer(&*cloud.elb_client(region), &self.parse_query()?)
                    .await
            }
            "load-balancer-listener" => {
                load_balancer::find_listener(&*cloud.elb_client(region), &self.parse_query()?).await
            }
            "hosted-zone" => {
                zone::find_hosted_zone(&*cloud.route53_client(region), &self.parse_query()?).await
            }
            "ssm" => {
                ssm::read_parameter(&*cloud.ssm_client(region), self, &self.parse_query()?).await
            }
            "key-provider" => {
                key::find_key(&*cloud.kms_client(region), self, &self.parse_query()?).await
            }
            _ => {
                let query = self.parse_query()?;
                cloud_control::find_resources(&*cloud.cloud_control_client(region), self, &query)
                    .await
            }
        }
    }

    /// Deserializes the query of a provider. Rejects unknown properties, because they might change the answer.
    fn parse_query<T: for<'de> Deserialize<'de>>(&self) -> Result<T, LookupProblem> {
        let asked = JsonValue::Object(self.properties.clone());
        T::deserialize(asked).map_err(|error| {
            LookupProblem::Rejected(format!("cannot read its properties: {error}"))
        })
    }
}

/// Formats a value as JSON on one line, for messages.
fn to_json_line(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
