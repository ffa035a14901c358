//! Names that two resources cannot share: physical names, identifiers, record sets, aliases, ports and priorities.

use std::collections::BTreeMap;

use infra_schema::names::{Unique, unique_names};

use super::{Case, TemplateCheck, list_cases};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::validation::literal_text;
use crate::validation::view::{Entries, Form, View, find_entry};

pub(super) fn check_names<'t, V: View<'t>>(check: &mut TemplateCheck<'_, 't, V>) {
    let types: Vec<&str> = check.by_type.keys().copied().collect();
    for type_name in types {
        for unique in unique_names(type_name) {
            check_unique(check, type_name, &unique);
        }
    }
    check_records(check);
    check_aliases(check);
}

/// Returns the code of a set of properties that constructs have a code of their own for.
fn code_of(type_name: &str, unique: &Unique) -> Code {
    match (type_name, unique.properties.last().map(String::as_str)) {
        ("AWS::ElasticLoadBalancingV2::ListenerRule", Some("Priority")) => {
            codes::DUPLICATE_RULE_PRIORITY
        }
        ("AWS::ElasticLoadBalancingV2::Listener", Some("Port")) => codes::DUPLICATE_LISTENER_PORT,
        _ => codes::DUPLICATE_NAME,
    }
}

fn check_unique<'t, V: View<'t>>(
    check: &mut TemplateCheck<'_, 't, V>,
    type_name: &str,
    unique: &Unique,
) {
    let Some(last) = unique.properties.last() else {
        return;
    };
    let mut seen: BTreeMap<Vec<String>, Vec<Named<'t, V>>> = BTreeMap::new();
    for resource in check.list_type(type_name) {
        let mut other = None;
        for (key, named) in list_keys(check, resource, unique) {
            let earlier = seen.entry(key).or_default();
            let mut same = earlier.iter().filter(|one| one.resource != resource);
            let same = same.find(|one| can_coexist(check, one, &named));
            other = other.or_else(|| same.map(|one| (one.resource, one.value, named.value)));
            earlier.push(named);
        }
        let Some((other, first, value)) = other else {
            continue;
        };
        let shown = literal_text(value);
        let named = shown.as_ref().map_or_else(
            || format!("the same `{last}`"),
            |text| format!("the `{last}` `{text}`"),
        );
        let among = match unique.properties.split_last() {
            Some((_, [])) | None => String::new(),
            Some((_, scope)) => {
                let quoted: Vec<String> = scope.iter().map(|name| format!("`{name}`")).collect();
                format!(" and the same {}", quoted.join(" and "))
            }
        };
        let message = format!(
            "`{}` and `{}` have {named}{among}",
            check.resources[other].name, check.resources[resource].name
        );
        let mut diagnostic = Diagnostic::new(code_of(type_name, unique), message)
            .property(last)
            .help("give each resource a name of its own, or none, so that CloudFormation generates one");
        diagnostic.actual = shown;
        let related = Some(("the other resource".to_owned(), first));
        check.add_finding(resource, value, diagnostic, related);
    }
}

/// A resource with its name in one case of conditions.
struct Named<'t, V> {
    resource: usize,
    value: V,
    case: Case<'t>,
}

fn can_coexist<'t, V: View<'t>>(
    check: &TemplateCheck<'_, 't, V>,
    one: &Named<'t, V>,
    other: &Named<'t, V>,
) -> bool {
    let holding: Vec<(&str, bool)> = one
        .case
        .iter()
        .chain(&other.case)
        .map(|(name, holds)| (*name, *holds))
        .collect();
    (check.is_possible)(&[one.resource, other.resource], &holding)
}

/// Returns the values of the properties in each case in which all are given and can be compared. Scopes that are absent are equal.
fn list_keys<'t, V: View<'t>>(
    check: &TemplateCheck<'_, 't, V>,
    resource: usize,
    unique: &Unique,
) -> Vec<(Vec<String>, Named<'t, V>)> {
    let Some((last, scope)) = unique.properties.split_last() else {
        return Vec::new();
    };
    let mut key = Vec::new();
    for name in scope {
        if check.is_absent(resource, name) {
            if !unique.optional_scope {
                return Vec::new();
            }
            key.push(String::new());
        } else {
            let value = check.property(resource, name);
            let Some(text) = value.and_then(|value| check.identity(value)) else {
                return Vec::new();
            };
            key.push(text);
        }
    }
    let Some(value) = check.property(resource, last) else {
        return Vec::new();
    };
    let cases = list_cases(value).into_iter();
    let cases = cases.filter_map(|(case, value)| {
        let key = key
            .iter()
            .cloned()
            .chain([check.identity(value)?])
            .collect();
        let named = Named {
            resource,
            value,
            case,
        };
        Some((key, named))
    });
    cases.collect()
}

/// A record set: its resource, its name and what identifies it.
struct Record<V> {
    resource: usize,
    name: V,
    key: Vec<String>,
}

fn check_records<'t, V: View<'t>>(check: &mut TemplateCheck<'_, 't, V>) {
    let mut records = Vec::new();
    for resource in check.list_type("AWS::Route53::RecordSet") {
        let properties = &check.resources[resource].properties;
        records.extend(read_record(check, resource, properties, properties));
    }
    for resource in check.list_type("AWS::Route53::RecordSetGroup") {
        let properties = &check.resources[resource].properties;
        let list = find_entry(properties, "RecordSets").map(View::form);
        if let Some(Form::List(items)) = list {
            for item in items {
                if let Form::Map(map) = item.form() {
                    records.extend(read_record(check, resource, &map, properties));
                }
            }
        }
    }
    let mut seen: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let earlier = seen.entry(record.key.clone()).or_default();
        let other = earlier.iter().map(|other| &records[*other]).find(|other| {
            other.resource == record.resource || (check.coexist)(&[other.resource, record.resource])
        });
        if let Some(other) = other {
            let message = format!(
                "two record sets of one hosted zone have the name `{}` and the type {}",
                record.key[1], record.key[2]
            );
            let diagnostic = Diagnostic::new(codes::DUPLICATE_NAME, message)
                .property("Name")
                .help("combine them to one record set, or give them a routing policy and different values of `SetIdentifier`")
                .url("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values.html");
            let related = Some(("the other record set".to_owned(), other.name));
            check.add_finding(record.resource, record.name, diagnostic, related);
        }
        earlier.push(at);
    }
}

fn read_record<'t, V: View<'t>>(
    check: &TemplateCheck<'_, 't, V>,
    resource: usize,
    map: &Entries<'t, V>,
    of_group: &Entries<'t, V>,
) -> Option<Record<V>> {
    let find = |name: &str| find_entry(map, name);
    let zone = ["HostedZoneId", "HostedZoneName"]
        .into_iter()
        .find_map(|name| find(name).or_else(|| find_entry(of_group, name)))?;
    let name = find("Name")?;
    let written = check.identity(name)?;
    let normal = written.trim_end_matches('.').to_ascii_lowercase();
    let identifier = match find("SetIdentifier") {
        Some(value) => check.identity(value)?,
        None => String::new(),
    };
    let key = vec![
        check.identity(zone)?,
        normal,
        check.identity(find("Type")?)?,
        identifier,
    ];
    Some(Record {
        resource,
        name,
        key,
    })
}

fn check_aliases<'t, V: View<'t>>(check: &mut TemplateCheck<'_, 't, V>) {
    let mut seen: BTreeMap<String, Vec<(usize, V)>> = BTreeMap::new();
    for resource in check.list_type("AWS::CloudFront::Distribution") {
        let Some(Form::Map(settings)) = check
            .property(resource, "DistributionConfig")
            .map(View::form)
        else {
            continue;
        };
        let Some(Form::List(items)) = find_entry(&settings, "Aliases").map(View::form) else {
            continue;
        };
        for item in items {
            let Some(alias) = check.identity(item) else {
                continue;
            };
            let earlier = seen.entry(alias.to_ascii_lowercase()).or_default();
            let other = earlier
                .iter()
                .copied()
                .find(|(other, _)| *other == resource || (check.coexist)(&[*other, resource]));
            earlier.push((resource, item));
            let Some((other, first)) = other else {
                continue;
            };
            let shown = literal_text(item).map_or_else(String::new, |text| format!(" `{text}`"));
            let message = if other == resource {
                format!("the distribution has the alias{shown} twice")
            } else {
                let name = check.resources[other].name;
                format!("the distribution `{name}` has the alias{shown} too")
            };
            let diagnostic = Diagnostic::new(codes::DUPLICATE_NAME, message)
                .property("DistributionConfig.Aliases")
                .help("an alternate domain name belongs to one distribution: remove it from the others")
                .url("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html");
            let related = Some(("the other alias".to_owned(), first));
            check.add_finding(resource, item, diagnostic, related);
        }
    }
}
