//! The protocols AWS Query and EC2 Query: a form contains the operation and its input, and the response is XML.
//!
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>, <https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html>

use aws_config::SdkConfig;

use super::xml::{self, Element};
use super::{ApiResult, Client, Request, Service, percent_encode};

/// A client for one service in one region.
#[derive(Clone, Debug)]
pub(in super::super) struct QueryClient {
    client: Client,
    /// Version of the API.
    version: &'static str,
}

/// The input of an operation as pairs of names and values, in order.
pub(in super::super) type Form = Vec<(String, String)>;

impl QueryClient {
    pub(in super::super) fn new(
        config: &SdkConfig,
        service: Service,
        version: &'static str,
    ) -> Self {
        Self {
            client: Client::new(config, service),
            version,
        }
    }

    /// Makes a call without retries, and returns the root element.
    pub(in super::super) async fn call_operation(
        &self,
        operation: &'static str,
        form: &Form,
    ) -> ApiResult<Element> {
        let mut body = format!("Action={operation}&Version={}", self.version);
        for (name, value) in form {
            body.push('&');
            body.push_str(&percent_encode(name));
            body.push('=');
            body.push_str(&percent_encode(value));
        }
        let request = Request {
            method: "POST",
            path: "/".to_owned(),
            headers: vec![(
                "content-type".to_owned(),
                "application/x-www-form-urlencoded; charset=utf-8".to_owned(),
            )],
            body,
        };
        self.client
            .send_request(operation, request, xml::parse_response)
            .await
    }
}
