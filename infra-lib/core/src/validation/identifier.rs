//! The forms of identifiers of AWS: `vpc-…`, ARNs of roles, names of log groups.

use infra_schema::Shape;

use super::pattern::matches_pattern;
use super::view::View;
use super::walk::Walk;
use crate::diagnostic::codes;

/// A kind of identifier with its form, and an example for the message.
struct Kind {
    name: &'static str,
    pattern: &'static str,
    shown: &'static str,
}

const fn kind(name: &'static str, pattern: &'static str, shown: &'static str) -> Kind {
    Kind {
        name,
        pattern,
        shown,
    }
}

/// Every kind that the model names, sorted.
const KINDS: [Kind; 14] = [
    kind(
        "AWS::ACM::Certificate.Arn",
        "^arn:aws[a-zA-Z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$",
        "the ARN of a certificate, `arn:aws:acm:REGION:ACCOUNT:certificate/ID`",
    ),
    kind(
        "AWS::EC2::Image.Id",
        "^(ami-([0-9a-z]{8}|[0-9a-z]{17})|resolve:ssm:.+)$",
        "the ID of an image, `ami-` and 8 or 17 digits",
    ),
    kind(
        "AWS::EC2::SecurityGroup.Id",
        "^sg-([0-9a-fA-F]{8}|[0-9a-fA-F]{17})$",
        "the ID of a security group, `sg-` and 8 or 17 hexadecimal digits",
    ),
    kind(
        "AWS::EC2::SecurityGroup.Name",
        r"^[a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-]+$",
        "the name of a security group",
    ),
    kind(
        "AWS::EC2::Subnet.Id",
        "^subnet-([0-9a-fA-F]{8}|[0-9a-fA-F]{17})$",
        "the ID of a subnet, `subnet-` and 8 or 17 hexadecimal digits",
    ),
    kind(
        "AWS::EC2::VPC.Id",
        "^vpc-([0-9a-fA-F]{8}|[0-9a-fA-F]{17})$",
        "the ID of a VPC, `vpc-` and 8 or 17 hexadecimal digits",
    ),
    kind(
        "AWS::IAM::Role.Arn",
        "^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/.+$",
        "the ARN of a role, `arn:aws:iam::ACCOUNT:role/NAME`",
    ),
    kind(
        "AWS::KMS::Alias.AliasName",
        "^alias/[a-zA-Z0-9:/_-]+$",
        "an alias, `alias/NAME`",
    ),
    kind(
        "AWS::KMS::Key.Arn",
        "^arn:aws[a-zA-Z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$",
        "the ARN of a key, `arn:aws:kms:REGION:ACCOUNT:key/ID`",
    ),
    kind(
        "AWS::KMS::Key.Id",
        "^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}|alias/[a-zA-Z0-9/_-]+)$",
        "the ID of a key, a UUID or `mrk-` and 32 hexadecimal digits",
    ),
    kind(
        "AWS::Lambda::Function.Arn",
        "^arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:.+$",
        "the ARN of a function, `arn:aws:lambda:REGION:ACCOUNT:function:NAME`",
    ),
    kind(
        "AWS::Logs::LogGroup.Name",
        "^[._/#A-Za-z0-9-]{1,512}$",
        "the name of a log group: letters, digits and `._/#-`",
    ),
    kind(
        "AWS::S3::Bucket.Name",
        r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
        "the name of a bucket: 3 to 63 of lower-case letters, digits, `.` and `-`",
    ),
    kind(
        "AWS::SNS::Topic.Arn",
        "^arn:aws[a-zA-Z-]*:sns:[a-z0-9-]+:[0-9]{12}:.+$",
        "the ARN of a topic, `arn:aws:sns:REGION:ACCOUNT:NAME`",
    ),
];

/// Reports a literal that has the form of none of the kinds that the property accepts (`INF8026`).
pub(super) fn check_identifier<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    value: V,
    text: &str,
    shape: &Shape,
    at: &str,
) {
    let Some(format) = shape.format.as_deref().filter(|_| V::CHECKS_IDENTIFIERS) else {
        return;
    };
    let mut expected = Vec::new();
    for name in format.split('|') {
        let Ok(found) = KINDS.binary_search_by(|kind| kind.name.cmp(name)) else {
            return;
        };
        let kind = &KINDS[found];
        let has_length = kind.name != "AWS::S3::Bucket.Name" || (3..=63).contains(&text.len());
        if has_length && matches_pattern(kind.pattern, text) {
            return;
        }
        expected.push(kind.shown);
    }
    let message = format!(
        "`{text}` does not have the form of {}",
        expected.join(", or ")
    );
    let finding = walk.add_finding(codes::IDENTIFIER_FORM, Some(value), at, message);
    finding.actual = Some(text.to_owned());
}

#[cfg(test)]
mod tests {
    use super::KINDS;
    use crate::validation::pattern::matches_pattern;

    #[test]
    fn compiles_every_pattern() {
        assert!(KINDS.is_sorted_by_key(|kind| kind.name));
        for kind in &KINDS {
            assert!(!matches_pattern(kind.pattern, "\n"), "{}", kind.name);
        }
    }
}
