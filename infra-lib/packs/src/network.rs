//! Checks of the inbound rules of security groups and network ACLs.

use serde_json::Value;

use crate::evaluate::Outcome;
use crate::operators::scalar;
use crate::view::as_call;

/// Addresses that stand for everybody.
const EVERYBODY: [(&str, &str); 2] = [("CidrIp", "0.0.0.0/0"), ("CidrIpv6", "::/0")];

/// Requires that ports are not open to the whole internet.
pub(crate) fn check_ports_closed(value: &Value, ports: &[&str]) -> Outcome {
    check_ingress(value, &EVERYBODY, |range| has_port(range, ports))
}

/// Requires that ports are not open to every IPv4 address.
pub(crate) fn check_ports_closed_v4(value: &Value, ports: &[&str]) -> Outcome {
    check_ingress(value, &EVERYBODY[..1], |range| has_port(range, ports))
}

/// Requires that ports are not open to every IPv6 address.
pub(crate) fn check_ports_closed_v6(value: &Value, ports: &[&str]) -> Outcome {
    check_ingress(value, &EVERYBODY[1..], |range| has_port(range, ports))
}

/// Requires that no other ports than these are open to the whole internet.
pub(crate) fn check_ports_only(value: &Value, ports: &[&str]) -> Outcome {
    check_ingress(value, &EVERYBODY, |(from, to)| {
        from != to || !ports.contains(&from.to_string().as_str())
    })
}

/// Checks the inbound rules of a security group, or a rule that is a separate resource.
fn check_ingress(
    value: &Value,
    sources: &[(&str, &str)],
    is_refused: impl Fn((i64, i64)) -> bool,
) -> Outcome {
    let own = value.get("CidrIp").is_some() || value.get("CidrIpv6").is_some();
    if own {
        return check_rule(value, sources, &is_refused);
    }
    match value.get("SecurityGroupIngress") {
        Some(Value::Array(rules)) => {
            let results = rules.iter().enumerate().map(|(at, rule)| {
                let result = check_rule(rule, sources, &is_refused);
                result.within(at).within("SecurityGroupIngress")
            });
            results.reduce(Outcome::and).unwrap_or(Outcome::Holds)
        }
        Some(value) if as_call(value).is_some() => {
            Outcome::unknown().within("SecurityGroupIngress")
        }
        Some(rule) => check_rule(rule, sources, &is_refused).within("SecurityGroupIngress"),
        None => Outcome::Holds,
    }
}

fn check_rule(
    rule: &Value,
    sources: &[(&str, &str)],
    is_refused: &impl Fn((i64, i64)) -> bool,
) -> Outcome {
    if as_call(rule).is_some() {
        return Outcome::unknown();
    }
    let mut result = Outcome::Holds;
    for (key, everybody) in sources {
        let Some(source) = rule.get(*key) else {
            continue;
        };
        if as_call(source).is_some() {
            result = result.and(Outcome::unknown().within(key));
        } else if scalar(source).as_deref() == Some(everybody) {
            result = result.and(match port_range(rule) {
                Some(range) if is_refused(range) => Outcome::fails(source).within(key),
                Some(_) => Outcome::Holds,
                None => Outcome::unknown().within("FromPort"),
            });
        }
    }
    result
}

/// Returns the open ports, all of them for all protocols, or `None` if they are unknown. A protocol without ports has none.
fn port_range(rule: &Value) -> Option<(i64, i64)> {
    let protocol = scalar(rule.get("IpProtocol")?)?;
    match protocol.as_str() {
        "-1" => return Some((0, 65_535)),
        "tcp" | "udp" | "6" | "17" => {}
        _ => return Some((-1, -1)),
    }
    let port = |key: &str| scalar(rule.get(key)?)?.parse().ok();
    match (rule.get("FromPort"), rule.get("ToPort")) {
        (None, None) => Some((0, 65_535)),
        _ => Some((port("FromPort")?, port("ToPort")?)),
    }
}

fn has_port((from, to): (i64, i64), ports: &[&str]) -> bool {
    let mut ports = ports.iter().filter_map(|port| port.parse::<i64>().ok());
    ports.any(|port| (from..=to).contains(&port))
}

/// Requires that an entry of a network ACL does not allow ports from the whole internet.
pub(crate) fn check_acl_entry(value: &Value, ports: &[&str]) -> Outcome {
    let text = |key: &str| value.get(key).and_then(scalar);
    let is_known = |key: &str| value.get(key).is_none_or(|value| as_call(value).is_none());
    if text("Egress").is_some_and(|egress| egress.eq_ignore_ascii_case("true"))
        || text("RuleAction").as_deref() == Some("deny")
    {
        return Outcome::Holds;
    }
    let sources = [("CidrBlock", "0.0.0.0/0"), ("Ipv6CidrBlock", "::/0")];
    let Some((key, _)) = sources
        .iter()
        .find(|(key, everybody)| text(key).as_deref() == Some(everybody))
    else {
        return if sources.iter().all(|(key, _)| is_known(key)) {
            Outcome::Holds
        } else {
            Outcome::unknown()
        };
    };
    if !is_known("Egress") || !is_known("RuleAction") || !is_known("Protocol") {
        return Outcome::unknown();
    }
    let range = value.get("PortRange");
    let port = |key: &str| scalar(range?.get(key)?)?.parse::<i64>().ok();
    let open = match (text("Protocol").as_deref(), range) {
        (Some("-1"), _) | (Some("6" | "17"), None) => Some((0, 65_535)),
        (Some("6" | "17"), Some(_)) => port("From").zip(port("To")),
        _ => Some((-1, -1)),
    };
    match open {
        Some(open) if has_port(open, ports) => {
            Outcome::Fails(crate::evaluate::Spot::default()).within(key)
        }
        Some(_) => Outcome::Holds,
        None => Outcome::unknown().within("PortRange"),
    }
}

/// Requires that every listener with TLS of a Classic Load Balancer has a policy of the load balancer that refers to one of these predefined ones.
pub(crate) fn check_listener_policies(value: &Value, allowed: &[&str]) -> Outcome {
    let (Some(Value::Array(listeners)), policies) = (value.get("Listeners"), value.get("Policies"))
    else {
        return Outcome::unknown().within("Listeners");
    };
    let mut result = Outcome::Holds;
    for (at, listener) in listeners.iter().enumerate() {
        let protocol = listener.get("Protocol").and_then(scalar);
        let found = match protocol.map(|text| text.to_ascii_uppercase()).as_deref() {
            Some("HTTPS" | "SSL") => check_policy_names(listener, policies, allowed),
            Some(_) => Outcome::Holds,
            None => Outcome::unknown(),
        };
        result = result.and(found.within("PolicyNames").within(at).within("Listeners"));
    }
    result
}

/// Requires that a listener names a policy that refers to one of the predefined ones.
fn check_policy_names(listener: &Value, policies: Option<&Value>, allowed: &[&str]) -> Outcome {
    let names = match listener.get("PolicyNames") {
        Some(Value::Array(names)) => names,
        Some(_) => return Outcome::unknown(),
        None => return Outcome::missing(),
    };
    let policies = match policies {
        Some(Value::Array(policies)) => policies.as_slice(),
        Some(_) => return Outcome::unknown(),
        None => &[],
    };
    let is_open = |value: &Value| as_call(value).is_some();
    let is_named = |policy: &&Value| {
        policy
            .get("PolicyName")
            .is_some_and(|name| names.contains(name))
    };
    let mut result = Outcome::missing();
    for policy in policies.iter().filter(is_named) {
        for attribute in policy
            .get("Attributes")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let is_reference = attribute.get("Name").and_then(scalar).as_deref()
                == Some("Reference-Security-Policy");
            let predefined = attribute.get("Value");
            if is_reference && predefined.is_some_and(is_open) {
                result = Outcome::unknown();
            } else if is_reference
                && predefined
                    .and_then(scalar)
                    .is_some_and(|text| allowed.contains(&text.as_str()))
            {
                return Outcome::Holds;
            }
        }
    }
    if names.iter().any(is_open) || policies.iter().any(is_open) {
        return Outcome::unknown();
    }
    result
}
