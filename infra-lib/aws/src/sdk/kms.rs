//! Client for AWS KMS: aliases of keys.

use async_trait::async_trait;
use aws_config::SdkConfig;
use serde_json::json;

use super::ApiResult;
use super::signed::json::{JsonClient, Protocol};
use super::signed::{Endpoint, Service};
use crate::{KeyAlias, Keys, Page};

const SERVICE: Service = Service {
    name: "KMS",
    id: "kms",
    signing_name: "kms",
    endpoint: Endpoint::RegionalOrFips("kms"),
};

const PROTOCOL: Protocol = Protocol {
    version: "1.1",
    target: "TrentService",
};

/// KMS client with signed calls.
#[derive(Debug)]
pub(super) struct Client(JsonClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(JsonClient::new(config, SERVICE, PROTOCOL))
    }
}

#[async_trait]
impl Keys for Client {
    async fn list_aliases(&self, next: Option<String>) -> ApiResult<Page<KeyAlias>> {
        let input = next.map_or_else(|| json!({}), |next| json!({ "Marker": next }));
        let answer = self.0.call_operation("ListAliases", &input).await?;
        let aliases = answer["Aliases"].as_array().into_iter().flatten();
        let aliases = aliases.filter_map(|alias| {
            let key = alias["TargetKeyId"].as_str().map(str::to_owned);
            Some(KeyAlias::new(alias["AliasName"].as_str()?, key))
        });
        let next = answer["NextMarker"].as_str().map(str::to_owned);
        Ok(Page::new(aliases.collect(), next))
    }
}
