//! The protocol REST XML: the address contains the operation and its input, and the response is XML.
//!
//! <https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html>

use aws_config::SdkConfig;

use super::xml::{self, Element};
use super::{ApiResult, Client, Request, Service, percent_encode};

/// A client for one service.
#[derive(Clone, Debug)]
pub(in super::super) struct RestXmlClient(Client);

impl RestXmlClient {
    pub(in super::super) fn new(config: &SdkConfig, service: Service) -> Self {
        Self(Client::new(config, service))
    }

    /// Reads the path that consists of the given parts, without retries, and returns the root element.
    pub(in super::super) async fn get_path(
        &self,
        operation: &'static str,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> ApiResult<Element> {
        let parts = path.iter().map(|part| format!("/{}", percent_encode(part)));
        let mut path: String = parts.collect();
        for (at, (name, value)) in query.iter().enumerate() {
            path.push(if at == 0 { '?' } else { '&' });
            path.push_str(name);
            path.push('=');
            path.push_str(&percent_encode(value));
        }
        let request = Request {
            method: "GET",
            path,
            headers: Vec::new(),
            body: String::new(),
        };
        self.0
            .send_request(operation, request, xml::parse_response)
            .await
    }
}
