//! Clients for IAM and SNS, with the read operations of a check of a delivery.

use async_trait::async_trait;
use aws_config::SdkConfig;
use serde_json::Value as JsonValue;

use super::ApiResult;
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
    async fn call_if_exists(
        &self,
        operation: &'static str,
        form: &Form,
    ) -> ApiResult<Option<Element>> {
        match self.0.call_operation(operation, form).await {
            Ok(answer) => Ok(answer.find_child(&format!("{operation}Result")).cloned()),
            Err(error) if error.code == "NoSuchEntity" => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the members of a list from every page of a response.
    async fn fetch_all_pages<T>(
        &self,
        operation: &'static str,
        form: &Form,
        read: impl Fn(&Element) -> Vec<T>,
    ) -> ApiResult<Vec<T>> {
        let mut found = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let mut form = form.clone();
            form.extend(marker.map(|marker| ("Marker".to_owned(), marker)));
            let Some(result) = self.call_if_exists(operation, &form).await? else {
                return Ok(found);
            };
            found.extend(read(&result));
            marker = result
                .child_text("Marker")
                .filter(|_| result.is_true("IsTruncated"));
            if marker.is_none() {
                return Ok(found);
            }
        }
    }
}

fn name_value_pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Reads a policy, which IAM returns as percent-encoded JSON.
fn parse_policy_document(operation: &'static str, encoded: &str) -> ApiResult<JsonValue> {
    let text = percent_decode(encoded);
    serde_json::from_str(&text).map_err(|error| {
        let said = format!("cannot read a policy: {error}");
        ApiError::without_response(ApiErrorKind::Unreadable, IAM.name, operation, said, error)
    })
}

#[async_trait]
impl Identities for Client {
    async fn list_oidc_providers(&self) -> ApiResult<Vec<String>> {
        let found = self
            .call_if_exists("ListOpenIDConnectProviders", &Form::new())
            .await?;
        let found = found.unwrap_or_default();
        let list = found.list_members("OpenIDConnectProviderList");
        Ok(list.filter_map(|one| one.child_text("Arn")).collect())
    }

    async fn list_oidc_audiences(&self, provider: &str) -> ApiResult<Vec<String>> {
        let form = vec![name_value_pair("OpenIDConnectProviderArn", provider)];
        let found = self
            .call_if_exists("GetOpenIDConnectProvider", &form)
            .await?;
        Ok(found.unwrap_or_default().member_texts("ClientIDList"))
    }

    async fn get_role(&self, name: &str) -> ApiResult<Option<Role>> {
        const OPERATION: &str = "GetRole";
        let found = self
            .call_if_exists(OPERATION, &vec![name_value_pair("RoleName", name)])
            .await?;
        let found = found.unwrap_or_default();
        let Some(role) = found.find_child("Role") else {
            return Ok(None);
        };
        let trust =
            parse_policy_document(OPERATION, &role.text_or_empty("AssumeRolePolicyDocument"))?;
        let boundary = role.find_child("PermissionsBoundary");
        let boundary = boundary.and_then(|one| one.child_text("PermissionsBoundaryArn"));
        let (name, path) = (role.text_or_empty("RoleName"), role.text_or_empty("Path"));
        Ok(Some(Role::new(name, path, trust).boundary(boundary)))
    }

    async fn list_roles_by_prefix(&self, prefix: &str) -> ApiResult<Vec<String>> {
        self.fetch_all_pages("ListRoles", &Form::new(), |result| {
            let named = result.list_members("Roles").filter_map(|role| {
                let name = role.child_text("RoleName")?;
                let whole = role.text_or_empty("Path") + &name;
                whole.strip_prefix('/')?.starts_with(prefix).then_some(name)
            });
            named.collect()
        })
        .await
    }

    async fn list_attached_policies(&self, role: &str) -> ApiResult<Vec<String>> {
        let form = vec![name_value_pair("RoleName", role)];
        self.fetch_all_pages("ListAttachedRolePolicies", &form, |result| {
            let list = result.list_members("AttachedPolicies");
            list.filter_map(|one| one.child_text("PolicyArn")).collect()
        })
        .await
    }

    async fn list_role_policies(&self, role: &str) -> ApiResult<Vec<JsonValue>> {
        const OPERATION: &str = "GetRolePolicy";
        let form = vec![name_value_pair("RoleName", role)];
        let names = self
            .fetch_all_pages("ListRolePolicies", &form, |result| {
                result.member_texts("PolicyNames")
            })
            .await?;
        let mut found = Vec::new();
        for name in names {
            let form = vec![
                name_value_pair("RoleName", role),
                name_value_pair("PolicyName", &name),
            ];
            if let Some(result) = self.call_if_exists(OPERATION, &form).await? {
                found.push(parse_policy_document(
                    OPERATION,
                    &result.text_or_empty("PolicyDocument"),
                )?);
            }
        }
        Ok(found)
    }

    async fn get_policy(&self, arn: &str) -> ApiResult<Option<JsonValue>> {
        const OPERATION: &str = "GetPolicyVersion";
        let found = self
            .call_if_exists("GetPolicy", &vec![name_value_pair("PolicyArn", arn)])
            .await?;
        let found = found.unwrap_or_default();
        let version = found
            .find_child("Policy")
            .and_then(|one| one.child_text("DefaultVersionId"));
        let Some(version) = version else {
            return Ok(None);
        };
        let form = vec![
            name_value_pair("PolicyArn", arn),
            name_value_pair("VersionId", &version),
        ];
        let found = self
            .call_if_exists(OPERATION, &form)
            .await?
            .unwrap_or_default();
        let Some(version) = found.find_child("PolicyVersion") else {
            return Ok(None);
        };
        parse_policy_document(OPERATION, &version.text_or_empty("Document")).map(Some)
    }
}

/// SNS client with signed calls.
#[derive(Debug)]
pub(super) struct SnsClient(QueryClient);

impl SnsClient {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(QueryClient::new(config, SNS, "2010-03-31"))
    }
}

#[async_trait]
impl Topics for SnsClient {
    async fn list_unconfirmed(&self) -> ApiResult<Vec<UnconfirmedSubscription>> {
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let form: Form = next
                .into_iter()
                .map(|next| name_value_pair("NextToken", &next))
                .collect();
            let answer = self.0.call_operation("ListSubscriptions", &form).await?;
            let Some(result) = answer.find_child("ListSubscriptionsResult") else {
                return Ok(found);
            };
            let pending = result
                .list_members("Subscriptions")
                .filter(|one| one.child_text("SubscriptionArn").as_deref() == Some(PENDING));
            found.extend(pending.map(|one| {
                UnconfirmedSubscription::new(
                    one.text_or_empty("TopicArn"),
                    one.text_or_empty("Endpoint"),
                )
            }));
            next = result.child_text("NextToken");
            if next.is_none() {
                return Ok(found);
            }
        }
    }
}
