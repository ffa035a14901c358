//! Resources that forward requests: CloudFront, load balancers, API Gateway, function URLs and accelerators.

use serde_json::Value as JsonValue;

use super::connect::{connect, from_cloudfront, from_vpc_origin};
use super::endpoints_of;
use crate::answer::Answer;
use crate::policy::choices;
use crate::proof::Proof;
use crate::world::{NodeId, World};

const BALANCERS: &[&str] = &[
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::ElasticLoadBalancing::LoadBalancer",
];

const FORWARDERS: &[&str] = &[
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGatewayV2::Api",
    "AWS::CloudFront::Distribution",
    "AWS::ElasticLoadBalancing::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::GlobalAccelerator::Accelerator",
    "AWS::Lambda::Url",
];

/// Returns true for types of resources that forward requests.
pub(crate) fn forwards(type_name: &str) -> bool {
    FORWARDERS.contains(&type_name)
}

/// Returns true for resources that forward requests.
pub(crate) fn is_forwarder(world: &World, node: NodeId) -> bool {
    forwards(&world.node(node).type_name)
}

/// Returns the resources that forward requests to `target`, with the proof for each.
pub(crate) fn forwarders_into(world: &World, target: NodeId) -> Vec<(NodeId, Proof)> {
    let mut found = Vec::new();
    for node in world.of_type(FORWARDERS) {
        if node == target {
            continue;
        }
        let proof = match world.node(node).type_name.as_str() {
            "AWS::CloudFront::Distribution" => from_distribution(world, node, target),
            "AWS::ElasticLoadBalancingV2::LoadBalancer" => from_balancer(world, node, target),
            "AWS::ElasticLoadBalancing::LoadBalancer" => from_classic(world, node, target),
            "AWS::Lambda::Url" => (world.denoted_by(world.property(node, "TargetFunctionArn"))
                == Some(target))
            .then(|| {
                Proof::at(
                    world,
                    Answer::Yes,
                    node,
                    "TargetFunctionArn",
                    format!("{} calls {}", world.show(node), world.show(target)),
                )
            }),
            "AWS::GlobalAccelerator::Accelerator" => from_accelerator(world, node, target),
            _ => from_gateway(world, node, target),
        };
        found.extend(proof.map(|proof| (node, proof)));
    }
    found
}

/// Returns the proof for an origin of a distribution.
fn from_distribution(world: &World, node: NodeId, target: NodeId) -> Option<Proof> {
    let origins = choices(world.property(node, "DistributionConfig/Origins"));
    let proofs = origins
        .into_iter()
        .enumerate()
        .filter_map(|(index, (origin, certain))| {
            let property = format!("DistributionConfig.Origins[{index}]");
            let vpc_origin = world.denoted_by(&origin["VpcOriginConfig"]["VpcOriginId"]);
            let name = world.show(node);
            let proof = if let Some(vpc_origin) = vpc_origin {
                let arn = world.property(vpc_origin, "VpcOriginEndpointConfig/Arn");
                if world.denoted_by(arn) != Some(target) {
                    return None;
                }
                let step = Proof::at(
                    world,
                    Answer::Yes,
                    node,
                    &property,
                    format!(
                        "{name} calls {} through {}",
                        world.show(target),
                        world.show(vpc_origin)
                    ),
                );
                let arrives = || {
                    let endpoints = endpoints_of(world, target);
                    let proofs = endpoints
                        .iter()
                        .map(|endpoint| from_vpc_origin(world, endpoint));
                    Proof::best(proofs).unwrap_or_default()
                };
                step.then(arrives)
            } else {
                let domain = origin["DomainName"].as_str()?;
                if world.denoted(domain) != Some(target) {
                    return None;
                }
                let step = Proof::at(
                    world,
                    Answer::Yes,
                    node,
                    &property,
                    format!("{name} calls {}", world.show(target)),
                );
                match world.node(target).type_name.as_str() {
                    "AWS::S3::Bucket" => {
                        let signed = !origin["OriginAccessControlId"].is_null()
                            || origin["S3OriginConfig"]["OriginAccessIdentity"]
                                .as_str()
                                .is_some_and(|text| !text.is_empty());
                        step.then(|| crate::identity::from_cloudfront(world, node, target, signed))
                    }
                    "AWS::Lambda::Url" => {
                        let signed = !origin["OriginAccessControlId"].is_null();
                        step.then(|| {
                            crate::identity::url_from_cloudfront(world, node, target, signed)
                        })
                    }
                    _ => {
                        let endpoints = endpoints_of(world, target);
                        if endpoints.is_empty() {
                            step
                        } else {
                            step.then(|| {
                                let proofs =
                                    endpoints.iter().map(|one| from_cloudfront(world, one));
                                Proof::best(proofs).unwrap_or_default()
                            })
                        }
                    }
                }
            };
            let limit = if certain {
                Answer::Yes
            } else {
                Answer::Possible
            };
            Some(proof.limited(limit))
        });
    Proof::best(proofs)
}

/// Returns the target groups that the listeners of a load balancer forward to, with the listener or rule that does.
fn target_groups(world: &World, balancer: NodeId) -> Vec<(NodeId, NodeId, bool)> {
    let listeners: Vec<NodeId> = world
        .of_type(&["AWS::ElasticLoadBalancingV2::Listener"])
        .filter(|listener| {
            world.denoted_by(world.property(*listener, "LoadBalancerArn")) == Some(balancer)
        })
        .collect();
    let rules = world
        .of_type(&["AWS::ElasticLoadBalancingV2::ListenerRule"])
        .filter(|rule| {
            let listener = world.denoted_by(world.property(*rule, "ListenerArn"));
            listener.is_some_and(|listener| listeners.contains(&listener))
        });
    let actions = listeners
        .iter()
        .map(|listener| (*listener, "DefaultActions"))
        .chain(rules.map(|rule| (rule, "Actions")));
    let mut found = Vec::new();
    for (place, path) in actions {
        for (action, certain) in choices(world.property(place, path)) {
            let forwarded = choices(&action["ForwardConfig"]["TargetGroups"]);
            let several = forwarded
                .into_iter()
                .map(|(group, _)| &group["TargetGroupArn"]);
            for arn in std::iter::once(&action["TargetGroupArn"]).chain(several) {
                if let Some(group) = world.denoted_by(arn) {
                    found.push((place, group, certain));
                }
            }
        }
    }
    found
}

fn from_balancer(world: &World, node: NodeId, target: NodeId) -> Option<Proof> {
    let proofs = target_groups(world, node)
        .into_iter()
        .filter_map(|(listener, group, certain)| {
            let (registered, property) = registration(world, group, target)?;
            let name = world.show(node);
            let step = Proof::at(
                world,
                registered.1,
                registered.0,
                &property,
                format!("{name} forwards to {}", world.show(target)),
            )
            .limited(world.node(listener).exists);
            let limit = if certain {
                Answer::Yes
            } else {
                Answer::Possible
            };
            let type_name = world.node(target).type_name.as_str();
            let proof = if type_name == "AWS::Lambda::Function" {
                step.then(|| {
                    crate::identity::invoked_by_service(
                        world,
                        target,
                        "elasticloadbalancing.amazonaws.com",
                        Some(&world.arn(group)),
                    )
                })
            } else {
                let port = target_port(world, group, target);
                step.then(|| connect(world, node, target, port))
            };
            Some(proof.limited(limit))
        });
    Proof::best(proofs)
}

/// Returns the port on which a target group calls its targets.
fn target_port(world: &World, group: NodeId, target: NodeId) -> Option<u16> {
    let own = choices(world.property(target, "LoadBalancers"))
        .into_iter()
        .find(|(entry, _)| world.denoted_by(&entry["TargetGroupArn"]) == Some(group))
        .and_then(|(entry, _)| crate::world::scalar_text(&entry["ContainerPort"]));
    own.or_else(|| world.text(group, "Port"))?.parse().ok()
}

type Registration = ((NodeId, Answer), String);

/// Returns the place where a resource is registered with a target group.
fn registration(world: &World, group: NodeId, target: NodeId) -> Option<Registration> {
    let denotes = |value: &JsonValue, node: NodeId| world.denoted_by(value) == Some(node);
    for (index, (entry, certain)) in choices(world.property(group, "Targets"))
        .into_iter()
        .enumerate()
    {
        if denotes(&entry["Id"], target) {
            let answer = if certain {
                Answer::Yes
            } else {
                Answer::Possible
            };
            return Some(((group, answer), format!("Targets[{index}]")));
        }
    }
    for (index, (entry, certain)) in choices(world.property(target, "LoadBalancers"))
        .into_iter()
        .enumerate()
    {
        if denotes(&entry["TargetGroupArn"], group) {
            let answer = if certain {
                Answer::Yes
            } else {
                Answer::Possible
            };
            return Some(((target, answer), format!("LoadBalancers[{index}]")));
        }
    }
    for (index, (arn, certain)) in choices(world.property(target, "TargetGroupARNs"))
        .into_iter()
        .enumerate()
    {
        if denotes(arn, group) {
            let answer = if certain {
                Answer::Yes
            } else {
                Answer::Possible
            };
            return Some(((target, answer), format!("TargetGroupARNs[{index}]")));
        }
    }
    None
}

fn from_classic(world: &World, node: NodeId, target: NodeId) -> Option<Proof> {
    let registered = choices(world.property(node, "Instances"))
        .iter()
        .any(|(value, _)| world.denoted_by(value) == Some(target))
        || choices(world.property(target, "LoadBalancerNames"))
            .iter()
            .any(|(value, _)| world.denoted_by(value) == Some(node));
    registered.then(|| {
        Proof::at(
            world,
            Answer::Yes,
            node,
            "Instances",
            format!("{} forwards to {}", world.show(node), world.show(target)),
        )
        .then(|| connect(world, node, target, None))
    })
}

fn from_accelerator(world: &World, node: NodeId, target: NodeId) -> Option<Proof> {
    if !BALANCERS.contains(&world.node(target).type_name.as_str())
        && world.node(target).type_name != "AWS::EC2::Instance"
    {
        return None;
    }
    let listeners: Vec<NodeId> = world
        .of_type(&["AWS::GlobalAccelerator::Listener"])
        .filter(|listener| {
            world.denoted_by(world.property(*listener, "AcceleratorArn")) == Some(node)
        })
        .collect();
    let group = world
        .of_type(&["AWS::GlobalAccelerator::EndpointGroup"])
        .find(|group| {
            let listener = world.denoted_by(world.property(*group, "ListenerArn"));
            listener.is_some_and(|listener| listeners.contains(&listener))
                && choices(world.property(*group, "EndpointConfigurations"))
                    .iter()
                    .any(|(entry, _)| world.denoted_by(&entry["EndpointId"]) == Some(target))
        })?;
    let step = Proof::at(
        world,
        Answer::Yes,
        group,
        "EndpointConfigurations",
        format!("{} forwards to {}", world.show(node), world.show(target)),
    );
    // Addresses of clients are preserved, so that the rules of the security groups apply to them.
    Some(step.then(|| {
        let endpoints = endpoints_of(world, target);
        let proofs = endpoints
            .iter()
            .map(|endpoint| super::connect::from_preserved(world, endpoint));
        Proof::best(proofs).unwrap_or_default()
    }))
}

/// Returns the proof for an integration of API Gateway.
fn from_gateway(world: &World, node: NodeId, target: NodeId) -> Option<Proof> {
    let methods = world.of_type(&["AWS::ApiGateway::Method", "AWS::ApiGatewayV2::Integration"]);
    let proofs = methods.filter_map(|method| {
        let of_api = ["RestApiId", "ApiId"]
            .iter()
            .any(|path| world.denoted_by(world.property(method, path)) == Some(node));
        if !of_api {
            return None;
        }
        let (path, uri) = ["Integration/Uri", "IntegrationUri"]
            .into_iter()
            .find_map(|path| Some((path, world.property(method, path).as_str()?)))?;
        let called = uri
            .split_once("/functions/")
            .map_or(uri, |(_, rest)| rest.trim_end_matches("/invocations"));
        let direct = world.denoted(called);
        let listener = direct
            .filter(|node| world.node(*node).type_name == "AWS::ElasticLoadBalancingV2::Listener");
        let direct = match listener {
            Some(listener) => world.denoted_by(world.property(listener, "LoadBalancerArn")),
            None => direct,
        };
        if direct != Some(target) {
            return None;
        }
        let authorized = gateway_asks(world, node, method);
        let property = path.replace('/', ".");
        let step = Proof::at(
            world,
            authorized.0,
            method,
            &property,
            format!(
                "{} calls {}{}",
                world.show(node),
                world.show(target),
                authorized.1
            ),
        );
        Some(if world.node(target).type_name == "AWS::Lambda::Function" {
            step.then(|| {
                crate::identity::invoked_by_service(world, target, "apigateway.amazonaws.com", None)
            })
        } else {
            step
        })
    });
    Proof::best(proofs)
}

/// Returns the answer for callers without credentials, with a clause for the text.
fn gateway_asks(world: &World, api: NodeId, method: NodeId) -> (Answer, &'static str) {
    let open = |kind: Option<&str>| match kind {
        None | Some("NONE") => (Answer::Yes, ""),
        _ => (Answer::Possible, ", for callers that it authorizes"),
    };
    if world.node(method).type_name == "AWS::ApiGateway::Method" {
        return open(world.text(method, "AuthorizationType").as_deref());
    }
    // Routes refer to integrations as `integrations/ID`.
    let routes = world
        .of_type(&["AWS::ApiGatewayV2::Route"])
        .filter(|route| world.denoted_by(world.property(*route, "ApiId")) == Some(api))
        .filter(|route| {
            let target = world.text(*route, "Target").unwrap_or_default();
            world.denoted(&target) == Some(method)
        });
    routes
        .map(|route| open(world.text(route, "AuthorizationType").as_deref()))
        .max_by_key(|(answer, _)| *answer)
        .unwrap_or((Answer::Possible, ""))
}
