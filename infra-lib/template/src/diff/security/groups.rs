//! Compares the rules of security groups, both inline and separate resources.

use std::net::IpAddr;

use serde_json::Value as JsonValue;

use super::name_of;
use super::text::{DisplayNames, render_text};
use crate::review::{Direction, SecurityChange, SecurityKind};
use crate::{Template, TemplateResource};

#[derive(Clone, Debug, Eq, PartialEq)]
struct Rule {
    owner: String,
    group: String,
    ingress: bool,
    protocol: String,
    /// Port range, or `None` for all ports or for ports that are not numbers.
    ports: Option<(i64, i64)>,
    /// Ports as written in the template, if they are not numbers.
    written: String,
    peer: String,
}

impl Rule {
    fn covers_rule(&self, other: &Self) -> bool {
        let everything = self.protocol == "-1";
        let protocol = everything || self.protocol == other.protocol;
        let ports = everything
            || self.written == other.written
                && match (self.ports, other.ports) {
                    (None, _) => true,
                    (Some((from, to)), Some((low, high))) => from <= low && high <= to,
                    (Some(_), None) => false,
                };
        self.ingress == other.ingress
            && self.group == other.group
            && protocol
            && ports
            && contains_block(&self.peer, &other.peer)
    }
}

/// Adds changes for rules that allow more or less traffic than before.
pub(super) fn compare_rules(words: DisplayNames<'_>, found: &mut Vec<SecurityChange>) {
    let (old, new) = (collect_rules(words.old), collect_rules(&words.new.template));
    let beyond = |some: &[Rule], others: &[Rule]| -> Vec<Rule> {
        let uncovered = |rule: &&Rule| !others.iter().any(|other| other.covers_rule(rule));
        some.iter().filter(uncovered).cloned().collect()
    };
    for (rules, direction, verb) in [
        (
            beyond(&new, &old),
            Direction::Broadening,
            ("accepts", "reaches"),
        ),
        (
            beyond(&old, &new),
            Direction::Narrowing,
            ("no longer accepts", "no longer reaches"),
        ),
    ] {
        for rule in rules {
            let public =
                direction == Direction::Broadening && rule.ingress && is_everywhere(&rule.peer);
            let group = words.expand_references(&rule.group);
            let what = describe_traffic(&rule);
            let peer = if is_everywhere(&rule.peer) {
                format!("anywhere ({})", rule.peer)
            } else {
                words.expand_references(&rule.peer)
            };
            found.push(SecurityChange {
                resource: name_of(&rule.owner, words),
                direction,
                kind: SecurityKind::SecurityGroupRule,
                summary: if rule.ingress {
                    format!("{group} {} {what} from {peer}", verb.0)
                } else {
                    format!("{group} {} {peer} on {what}", verb.1)
                },
                public,
            });
        }
    }
}

fn collect_rules(template: &Template) -> Vec<Rule> {
    let mut found = Vec::new();
    for resource in template.resources() {
        let Some(properties) = resource.entry.get("Properties") else {
            continue;
        };
        let own = format!("${{{}}}", resource.logical_id);
        match resource.type_name {
            "AWS::EC2::SecurityGroup" => {
                for (key, ingress) in [
                    ("SecurityGroupIngress", true),
                    ("SecurityGroupEgress", false),
                ] {
                    for rule in properties[key].as_array().into_iter().flatten() {
                        found.extend(parse_rule(resource, &own, ingress, rule));
                    }
                }
                if properties.get("SecurityGroupEgress").is_none() {
                    // EC2 adds a rule for all outbound traffic to a group without egress rules.
                    for peer in ["0.0.0.0/0", "::/0"] {
                        let all = serde_json::json!({ "IpProtocol": "-1", "CidrIp": peer });
                        found.extend(parse_rule(resource, &own, false, &all));
                    }
                }
            }
            "AWS::EC2::SecurityGroupIngress" | "AWS::EC2::SecurityGroupEgress" => {
                let group = group_id(&properties["GroupId"]);
                let ingress = resource.type_name.ends_with("Ingress");
                found.extend(parse_rule(resource, &group, ingress, properties));
            }
            _ => {}
        }
    }
    found
}

fn parse_rule(
    resource: TemplateResource<'_>,
    group: &str,
    ingress: bool,
    rule: &JsonValue,
) -> Option<Rule> {
    let peer = [
        "CidrIp",
        "CidrIpv6",
        "SourceSecurityGroupId",
        "DestinationSecurityGroupId",
        "SourcePrefixListId",
        "DestinationPrefixListId",
        "SourceSecurityGroupName",
    ]
    .iter()
    .find_map(|key| rule.get(*key))?;
    let peer = group_id(peer);
    // Constructs use this address to express that a group allows no outbound traffic.
    if peer == "255.255.255.255/32" {
        return None;
    }
    let protocol = match render_text(&rule["IpProtocol"])
        .to_ascii_lowercase()
        .as_str()
    {
        "6" => "tcp".to_owned(),
        "17" => "udp".to_owned(),
        "1" => "icmp".to_owned(),
        "all" | "" => "-1".to_owned(),
        other => other.to_owned(),
    };
    let (from, to) = (render_text(&rule["FromPort"]), render_text(&rule["ToPort"]));
    let number = |text: &str| text.parse::<i64>().ok();
    let ports = match (number(&from), number(&to)) {
        (Some(-1), _) => None,
        (Some(0), Some(65_535)) => None,
        (Some(from), Some(to)) => Some((from, to)),
        _ => None,
    };
    let known = |text: &str| text.is_empty() || number(text).is_some();
    Some(Rule {
        owner: resource.logical_id.to_owned(),
        group: group.to_owned(),
        ingress,
        protocol,
        ports,
        written: if known(&from) && known(&to) {
            String::new()
        } else {
            format!("{from}-{to}")
        },
        peer,
    })
}

/// Returns the group of a value, because `Ref` and `GroupId` denote the same group.
fn group_id(value: &JsonValue) -> String {
    render_text(value).replace(".GroupId}", "}")
}

fn is_everywhere(peer: &str) -> bool {
    matches!(peer, "0.0.0.0/0" | "::/0")
}

/// Returns the traffic of a rule as text: `tcp 443`, `udp 1024 to 2048`, `every port`.
fn describe_traffic(rule: &Rule) -> String {
    if rule.protocol == "-1" {
        return "every port".to_owned();
    }
    let protocol = &rule.protocol;
    match rule.ports {
        _ if !rule.written.is_empty() => format!("{protocol} {}", rule.written),
        None => format!("{protocol} on every port"),
        Some((from, to)) if protocol.starts_with("icmp") => {
            format!("{protocol} type {from} code {to}")
        }
        Some((from, to)) if from == to => format!("{protocol} {from}"),
        Some((from, to)) => format!("{protocol} {from} to {to}"),
    }
}

/// Returns `true` if one address block contains another. Other peers contain only themselves.
fn contains_block(wide: &str, narrow: &str) -> bool {
    if wide == narrow {
        return true;
    }
    let (Some((wide, wide_bits)), Some((narrow, narrow_bits))) =
        (parse_block(wide), parse_block(narrow))
    else {
        return false;
    };
    let (wide, narrow, all) = match (wide, narrow) {
        (IpAddr::V4(wide), IpAddr::V4(narrow)) => {
            (u128::from(wide.to_bits()), u128::from(narrow.to_bits()), 32)
        }
        (IpAddr::V6(wide), IpAddr::V6(narrow)) => (wide.to_bits(), narrow.to_bits(), 128),
        _ => return false,
    };
    let rest = all - wide_bits;
    wide_bits <= narrow_bits && (rest >= 128 || wide >> rest == narrow >> rest)
}

fn parse_block(text: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = text.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits: u32 = bits.parse().ok().filter(|bits| *bits <= most)?;
    Some((address, bits))
}

#[cfg(test)]
mod tests {
    use super::contains_block;

    #[test]
    fn detects_cidr_block_within_larger_block() {
        assert!(contains_block("0.0.0.0/0", "10.0.0.0/8"));
        assert!(contains_block("10.0.0.0/8", "10.1.2.0/24"));
        assert!(contains_block("::/0", "2001:db8::/32"));
        assert!(contains_block("${Group}", "${Group}"));
        assert!(!contains_block("10.0.0.0/8", "11.0.0.0/8"));
        assert!(!contains_block("10.0.0.0/24", "10.0.0.0/8"));
        assert!(!contains_block("0.0.0.0/0", "::/0"));
        assert!(!contains_block("10.0.0.0/8", "${Group}"));
        assert!(!contains_block("10.0.0.0/99", "10.0.0.0/8"));
    }
}
