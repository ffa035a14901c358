//! Client for Elastic Load Balancing: Application, Network and Gateway Load Balancers.

use std::collections::BTreeMap;

use async_trait::async_trait;
use aws_config::SdkConfig;

use super::ApiResult;
use super::signed::query::{Form, QueryClient};
use super::signed::xml::Element;
use super::signed::{Endpoint, Service};
use crate::{Listener, LoadBalancer, LoadBalancing};

const SERVICE: Service = Service {
    name: "Elastic Load Balancing",
    id: "elastic_load_balancing_v2",
    signing_name: "elasticloadbalancing",
    endpoint: Endpoint::Regional("elasticloadbalancing"),
};

/// Elastic Load Balancing client with signed calls.
#[derive(Debug)]
pub(super) struct Client(QueryClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(QueryClient::new(config, SERVICE, "2015-12-01"))
    }

    /// Returns the members of a list from every page of a response.
    async fn fetch_all_pages<T>(
        &self,
        operation: &'static str,
        form: &Form,
        list: &str,
        read: impl Fn(&Element) -> T,
    ) -> ApiResult<Vec<T>> {
        let mut found = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let mut form = form.clone();
            form.extend(marker.map(|marker| ("Marker".to_owned(), marker)));
            let answer = self.0.call_operation(operation, &form).await?;
            let Some(result) = answer.find_child(&format!("{operation}Result")) else {
                return Ok(found);
            };
            found.extend(result.list_members(list).map(&read));
            marker = result.child_text("NextMarker");
            if marker.is_none() {
                return Ok(found);
            }
        }
    }
}

fn single_parameter(name: &str, value: &str) -> Form {
    vec![(name.to_owned(), value.to_owned())]
}

fn parse_listener(listener: &Element) -> Listener {
    Listener {
        arn: listener.text_or_empty("ListenerArn"),
        load_balancer: listener.child_text("LoadBalancerArn"),
        port: listener
            .child_text("Port")
            .and_then(|port| port.parse().ok()),
        protocol: listener.child_text("Protocol"),
    }
}

#[async_trait]
impl LoadBalancing for Client {
    async fn describe_load_balancers(&self, arn: Option<&str>) -> ApiResult<Vec<LoadBalancer>> {
        let form = arn.map(|arn| single_parameter("LoadBalancerArns.member.1", arn));
        let found = self
            .fetch_all_pages(
                "DescribeLoadBalancers",
                &form.unwrap_or_default(),
                "LoadBalancers",
                |found| LoadBalancer {
                    arn: found.text_or_empty("LoadBalancerArn"),
                    kind: found.text_or_empty("Type"),
                    hosted_zone: found.child_text("CanonicalHostedZoneId"),
                    dns_name: found.child_text("DNSName"),
                    vpc: found.child_text("VpcId"),
                    security_groups: found.member_texts("SecurityGroups"),
                    address_type: found.child_text("IpAddressType"),
                },
            )
            .await;
        match found {
            Err(error) if error.code == "LoadBalancerNotFound" => Ok(Vec::new()),
            other => other,
        }
    }

    async fn describe_listener(&self, arn: &str) -> ApiResult<Option<Listener>> {
        let form = single_parameter("ListenerArns.member.1", arn);
        let found = self.fetch_all_pages("DescribeListeners", &form, "Listeners", parse_listener);
        match found.await {
            Ok(found) => Ok(found.into_iter().next()),
            Err(error) if error.code == "ListenerNotFound" => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn describe_listeners(&self, load_balancer: &str) -> ApiResult<Vec<Listener>> {
        let form = single_parameter("LoadBalancerArn", load_balancer);
        self.fetch_all_pages("DescribeListeners", &form, "Listeners", parse_listener)
            .await
    }

    async fn describe_tags(
        &self,
        arns: &[String],
    ) -> ApiResult<BTreeMap<String, BTreeMap<String, String>>> {
        let form = arns.iter().enumerate();
        let form: Form = form
            .map(|(at, arn)| (format!("ResourceArns.member.{}", at + 1), arn.clone()))
            .collect();
        let found = self
            .fetch_all_pages("DescribeTags", &form, "TagDescriptions", |of_one| {
                (
                    of_one.text_or_empty("ResourceArn"),
                    of_one.read_tags("Tags", "Key", "Value"),
                )
            })
            .await?;
        Ok(found.into_iter().collect())
    }
}
