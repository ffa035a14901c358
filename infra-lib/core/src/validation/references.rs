//! Checks that a reference is of the kind (ARN, ID, name) and resource type that the property expects, for references built without types.

use infra_schema::model::TargetAttribute;
use infra_schema::{Kind, Shape, Target as Wanted, Type};

use super::view::View;
use super::walk::Walk;
use crate::diagnostic::{Severity, codes};

pub(super) fn check_reference<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    value: V,
    name: &str,
    attribute: Option<&str>,
    shape: &Shape,
    at: &str,
) {
    let wanted = match &shape.ty {
        Type::String => &shape.targets,
        _ => return,
    };
    if wanted.is_empty() {
        return;
    }
    let Some(referenced) = (walk.types)(name) else {
        return;
    };
    let Some(schema) = infra_schema::resource(referenced.type_name) else {
        return;
    };
    let gives: Vec<Wanted> = match attribute {
        None => schema
            .ref_returns
            .kind
            .map(|kind| {
                let is_name =
                    referenced.type_name == "AWS::EC2::SecurityGroup" && !referenced.has_vpc;
                if is_name { Kind::Name } else { kind }
            })
            .map(|kind| Wanted {
                resource: schema.name.clone(),
                by: TargetAttribute::Kind(kind),
            })
            .into_iter()
            .collect(),
        Some(attribute) => match schema.attribute(attribute) {
            Some(known) if !known.shape.targets.is_empty() => known.shape.targets.clone(),
            Some(_) => return,
            None => return,
        },
    };
    if gives.is_empty() || gives.iter().any(|one| wanted.contains(one)) {
        return;
    }
    let same_type = gives
        .iter()
        .any(|one| wanted.iter().any(|want| want.resource == one.resource));
    // Names read from another property of the resource cannot be compared by kind.
    if same_type
        && wanted
            .iter()
            .any(|want| matches!(want.by, TargetAttribute::Property(_)))
    {
        return;
    }
    let shown = attribute.map_or_else(
        || format!("Ref {name}"),
        |attribute| format!("{name}.{attribute}"),
    );
    let expected: Vec<String> = wanted.iter().map(describe_target).collect();
    let actual: Vec<String> = gives.iter().map(describe_target).collect();
    let message = format!(
        "`{shown}` is {}, but the property expects {}",
        actual.join(" or "),
        expected.join(" or ")
    );
    let finding = walk.add_finding(codes::WRONG_REFERENCE_KIND, Some(value), at, message);
    finding.actual = Some(actual.join(" or "));
    finding.expected = Some(expected.join(" or "));
    if same_type {
        // Many services accept an ARN where their schema expects an ID, and vice versa.
        finding.severity = Severity::Warning;
    }
}

fn describe_target(target: &Wanted) -> String {
    match &target.by {
        TargetAttribute::Kind(Kind::Arn) => format!("the ARN of an {}", target.resource),
        TargetAttribute::Kind(Kind::Id) => format!("the id of an {}", target.resource),
        TargetAttribute::Kind(Kind::Name) => format!("the name of an {}", target.resource),
        TargetAttribute::Property(name) => format!("{name} of an {}", target.resource),
    }
}
