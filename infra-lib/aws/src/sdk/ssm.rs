//! Client for Systems Manager Parameter Store.

use async_trait::async_trait;
use aws_config::SdkConfig;
use serde_json::json;

use super::ApiResult;
use super::signed::json::{JsonClient, Protocol};
use super::signed::{Endpoint, Service};
use crate::ParameterStore;

const SERVICE: Service = Service {
    name: "SSM",
    id: "ssm",
    signing_name: "ssm",
    endpoint: Endpoint::Regional("ssm"),
};

const PROTOCOL: Protocol = Protocol {
    version: "1.1",
    target: "AmazonSSM",
};

/// Parameter Store client with signed calls.
#[derive(Debug)]
pub(super) struct Client(JsonClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(JsonClient::new(config, SERVICE, PROTOCOL))
    }
}

#[async_trait]
impl ParameterStore for Client {
    async fn get_parameter(&self, name: &str) -> ApiResult<Option<String>> {
        let answer = self
            .0
            .call_operation("GetParameter", &json!({ "Name": name }))
            .await;
        match answer {
            Ok(answer) => Ok(answer["Parameter"]["Value"].as_str().map(str::to_owned)),
            Err(error) if error.code == "ParameterNotFound" => Ok(None),
            Err(error) => Err(error),
        }
    }
}
