//! Client for Elastic Load Balancing: Application, Network and Gateway Load Balancers.

use std::collections::BTreeMap;

use async_trait::async_trait;
use aws_config::SdkConfig;

use super::Answer;
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
    async fn all<T>(
        &self,
        operation: &'static str,
        form: &Form,
        list: &str,
        read: impl Fn(&Element) -> T,
    ) -> Answer<Vec<T>> {
        let mut found = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let mut form = form.clone();
            form.extend(marker.map(|marker| ("Marker".to_owned(), marker)));
            let answer = self.0.call(operation, &form).await?;
            let Some(result) = answer.child(&format!("{operation}Result")) else {
                return Ok(found);
            };
            found.extend(result.list(list).map(&read));
            marker = result.text("NextMarker");
            if marker.is_none() {
                return Ok(found);
            }
        }
    }
}

fn one(name: &str, value: &str) -> Form {
    vec![(name.to_owned(), value.to_owned())]
}

fn listener(listener: &Element) -> Listener {
    Listener {
        arn: listener.text_or_empty("ListenerArn"),
        load_balancer: listener.text("LoadBalancerArn"),
        port: listener.text("Port").and_then(|port| port.parse().ok()),
        protocol: listener.text("Protocol"),
    }
}

#[async_trait]
impl LoadBalancing for Client {
    async fn load_balancers(&self, arn: Option<&str>) -> Answer<Vec<LoadBalancer>> {
        let form = arn.map(|arn| one("LoadBalancerArns.member.1", arn));
        let found = self
            .all(
                "DescribeLoadBalancers",
                &form.unwrap_or_default(),
                "LoadBalancers",
                |found| LoadBalancer {
                    arn: found.text_or_empty("LoadBalancerArn"),
                    kind: found.text_or_empty("Type"),
                    hosted_zone: found.text("CanonicalHostedZoneId"),
                    dns_name: found.text("DNSName"),
                    vpc: found.text("VpcId"),
                    security_groups: found.texts("SecurityGroups"),
                    address_type: found.text("IpAddressType"),
                },
            )
            .await;
        match found {
            Err(error) if error.code == "LoadBalancerNotFound" => Ok(Vec::new()),
            other => other,
        }
    }

    async fn listener(&self, arn: &str) -> Answer<Option<Listener>> {
        let form = one("ListenerArns.member.1", arn);
        let found = self.all("DescribeListeners", &form, "Listeners", listener);
        match found.await {
            Ok(found) => Ok(found.into_iter().next()),
            Err(error) if error.code == "ListenerNotFound" => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn listeners(&self, load_balancer: &str) -> Answer<Vec<Listener>> {
        let form = one("LoadBalancerArn", load_balancer);
        self.all("DescribeListeners", &form, "Listeners", listener)
            .await
    }

    async fn tags(&self, arns: &[String]) -> Answer<BTreeMap<String, BTreeMap<String, String>>> {
        let form = arns.iter().enumerate();
        let form: Form = form
            .map(|(at, arn)| (format!("ResourceArns.member.{}", at + 1), arn.clone()))
            .collect();
        let found = self
            .all("DescribeTags", &form, "TagDescriptions", |of_one| {
                (
                    of_one.text_or_empty("ResourceArn"),
                    of_one.tags("Tags", "Key", "Value"),
                )
            })
            .await?;
        Ok(found.into_iter().collect())
    }
}
