//! Clients for IAM and SNS, with the read operations of a check of a delivery.

use async_trait::async_trait;
use aws_config::SdkConfig;
use serde_json::Value as JsonValue;

use super::Answer;
use super::signed::query::{Form, QueryClient};
use super::signed::xml::Element;
use super::signed::{Endpoint, Service, percent_decode};
use crate::{ApiError, ApiErrorKind, Identities, Role, Topics, UnconfirmedSubscription};

const IAM: Service = Service {
    name: "IAM",
    id: "iam",
    signing_name: "iam",
    endpoint: Endpoint::Iam,
};

const SNS: Service = Service {
    name: "SNS",
    id: "sns",
    signing_name: "sns",
    endpoint: Endpoint::Regional("sns"),
};

/// ARN that SNS returns for a subscription that is not confirmed.
const PENDING: &str = "PendingConfirmation";

/// IAM client with signed calls.
#[derive(Debug)]
pub(super) struct Client(QueryClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(QueryClient::new(config, IAM, "2010-05-08"))
    }

    /// Returns the result of an operation, or `None` if the entity does not exist.
    async fn find(&self, operation: &'static str, form: &Form) -> Answer<Option<Element>> {
        match self.0.call(operation, form).await {
            Ok(answer) => Ok(answer.child(&format!("{operation}Result")).cloned()),
            Err(error) if error.code == "NoSuchEntity" => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the members of a list from every page of a response.
    async fn all<T>(
        &self,
        operation: &'static str,
        form: &Form,
        read: impl Fn(&Element) -> Vec<T>,
    ) -> Answer<Vec<T>> {
        let mut found = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let mut form = form.clone();
            form.extend(marker.map(|marker| ("Marker".to_owned(), marker)));
            let Some(result) = self.find(operation, &form).await? else {
                return Ok(found);
            };
            found.extend(read(&result));
            marker = result
                .text("Marker")
                .filter(|_| result.is_true("IsTruncated"));
            if marker.is_none() {
                return Ok(found);
            }
        }
    }
}

fn one(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Reads a policy, which IAM returns as percent-encoded JSON.
fn document(operation: &'static str, encoded: &str) -> Answer<JsonValue> {
    let text = percent_decode(encoded);
    serde_json::from_str(&text).map_err(|error| {
        let said = format!("cannot read a policy: {error}");
        ApiError::no_answer(ApiErrorKind::Unreadable, IAM.name, operation, said, error)
    })
}

#[async_trait]
impl Identities for Client {
    async fn oidc_providers(&self) -> Answer<Vec<String>> {
        let found = self
            .find("ListOpenIDConnectProviders", &Form::new())
            .await?;
        let found = found.unwrap_or_default();
        let list = found.list("OpenIDConnectProviderList");
        Ok(list.filter_map(|one| one.text("Arn")).collect())
    }

    async fn oidc_audiences(&self, provider: &str) -> Answer<Vec<String>> {
        let form = vec![one("OpenIDConnectProviderArn", provider)];
        let found = self.find("GetOpenIDConnectProvider", &form).await?;
        Ok(found.unwrap_or_default().texts("ClientIDList"))
    }

    async fn role(&self, name: &str) -> Answer<Option<Role>> {
        const OPERATION: &str = "GetRole";
        let found = self.find(OPERATION, &vec![one("RoleName", name)]).await?;
        let found = found.unwrap_or_default();
        let Some(role) = found.child("Role") else {
            return Ok(None);
        };
        let trust = document(OPERATION, &role.text_or_empty("AssumeRolePolicyDocument"))?;
        let boundary = role.child("PermissionsBoundary");
        let boundary = boundary.and_then(|one| one.text("PermissionsBoundaryArn"));
        let (name, path) = (role.text_or_empty("RoleName"), role.text_or_empty("Path"));
        Ok(Some(Role::new(name, path, trust).boundary(boundary)))
    }

    async fn roles_named(&self, prefix: &str) -> Answer<Vec<String>> {
        self.all("ListRoles", &Form::new(), |result| {
            let named = result.list("Roles").filter_map(|role| {
                let name = role.text("RoleName")?;
                let whole = role.text_or_empty("Path") + &name;
                whole.strip_prefix('/')?.starts_with(prefix).then_some(name)
            });
            named.collect()
        })
        .await
    }

    async fn attached_policies(&self, role: &str) -> Answer<Vec<String>> {
        let form = vec![one("RoleName", role)];
        self.all("ListAttachedRolePolicies", &form, |result| {
            let list = result.list("AttachedPolicies");
            list.filter_map(|one| one.text("PolicyArn")).collect()
        })
        .await
    }

    async fn role_policies(&self, role: &str) -> Answer<Vec<JsonValue>> {
        const OPERATION: &str = "GetRolePolicy";
        let form = vec![one("RoleName", role)];
        let names = self
            .all("ListRolePolicies", &form, |result| {
                result.texts("PolicyNames")
            })
            .await?;
        let mut found = Vec::new();
        for name in names {
            let form = vec![one("RoleName", role), one("PolicyName", &name)];
            if let Some(result) = self.find(OPERATION, &form).await? {
                found.push(document(
                    OPERATION,
                    &result.text_or_empty("PolicyDocument"),
                )?);
            }
        }
        Ok(found)
    }

    async fn policy(&self, arn: &str) -> Answer<Option<JsonValue>> {
        const OPERATION: &str = "GetPolicyVersion";
        let found = self.find("GetPolicy", &vec![one("PolicyArn", arn)]).await?;
        let found = found.unwrap_or_default();
        let version = found
            .child("Policy")
            .and_then(|one| one.text("DefaultVersionId"));
        let Some(version) = version else {
            return Ok(None);
        };
        let form = vec![one("PolicyArn", arn), one("VersionId", &version)];
        let found = self.find(OPERATION, &form).await?.unwrap_or_default();
        let Some(version) = found.child("PolicyVersion") else {
            return Ok(None);
        };
        document(OPERATION, &version.text_or_empty("Document")).map(Some)
    }
}

/// SNS client with signed calls.
#[derive(Debug)]
pub(super) struct Notifications(QueryClient);

impl Notifications {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(QueryClient::new(config, SNS, "2010-03-31"))
    }
}

#[async_trait]
impl Topics for Notifications {
    async fn unconfirmed(&self) -> Answer<Vec<UnconfirmedSubscription>> {
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let form: Form = next
                .into_iter()
                .map(|next| one("NextToken", &next))
                .collect();
            let answer = self.0.call("ListSubscriptions", &form).await?;
            let Some(result) = answer.child("ListSubscriptionsResult") else {
                return Ok(found);
            };
            let pending = result
                .list("Subscriptions")
                .filter(|one| one.text("SubscriptionArn").as_deref() == Some(PENDING));
            found.extend(pending.map(|one| {
                UnconfirmedSubscription::new(
                    one.text_or_empty("TopicArn"),
                    one.text_or_empty("Endpoint"),
                )
            }));
            next = result.text("NextToken");
            if next.is_none() {
                return Ok(found);
            }
        }
    }
}
