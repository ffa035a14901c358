//! Systems Manager Parameter Store.

use async_trait::async_trait;
use aws_config::SdkConfig;
use serde_json::json;

use super::Answer;
use super::signed::{JsonClient, Service};
use crate::ParameterStore;

const SERVICE: Service = Service {
    name: "SSM",
    id: "ssm",
    signing_name: "ssm",
    host: "ssm",
    target: "AmazonSSM",
};

/// Parameter Store over signed calls.
#[derive(Debug)]
pub(super) struct Client(JsonClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(JsonClient::new(config, SERVICE))
    }
}

#[async_trait]
impl ParameterStore for Client {
    async fn value(&self, name: &str) -> Answer<Option<String>> {
        let answer = self.0.call("GetParameter", &json!({ "Name": name })).await;
        match answer {
            Ok(answer) => Ok(answer["Parameter"]["Value"].as_str().map(str::to_owned)),
            Err(error) if error.code == "ParameterNotFound" => Ok(None),
            Err(error) => Err(error),
        }
    }
}
