//! The resources that IAM actions take, and the condition keys that services and AWS know.
//!
//! AWS: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use crate::iam_catalog::{find_place, matches_action};
use crate::iam_services::{CONDITION_KEYS, RESOURCES};
use crate::nearest::find_nearest;

/// Condition keys of requests to all services. `*` is any text.
///
/// AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
const GLOBAL_KEYS: &[&str] = &[
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaAWSMCP",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:ChatbotSourceArn",
    "aws:CurrentTime",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:Ec2InstanceSourceVpc",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:IsMcpServiceAction",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalTag/*",
    "aws:PrincipalType",
    "aws:Referer",
    "aws:RequestTag/*",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:ResourceTag/*",
    "aws:SecureTransport",
    "aws:SignInSessionArn",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:UserId",
    "aws:Username",
    "aws:ViaAWSMCPService",
    "aws:ViaAWSService",
    "aws:VpcSourceIp",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "codebuild:BuildArn",
    "codebuild:ProjectArn",
    "ec2:RoleDelivery",
    "ec2:SourceInstanceArn",
    "glue:CredentialIssuingService",
    "glue:RoleAssumedBy",
    "identitystore:UserId",
    "lambda:SourceFunctionArn",
    "ssm:SourceInstanceArn",
];

/// Returns patterns of the ARNs that an action takes, none for an action that has no resources and needs `*`, or `None` if the action is not known.
///
/// Patterns have `*` for any text, and `#` for any text without `/`.
///
/// ```
/// use infra_schema::iam::action_resources;
///
/// assert_eq!(action_resources("sqs:SendMessage"), Some(vec!["arn:*:sqs:*:*:*"]));
/// assert_eq!(action_resources("s3:ListAllMyBuckets"), Some(vec![]));
/// assert_eq!(action_resources("s3:Fly"), None);
/// ```
#[must_use]
pub fn action_resources(action: &str) -> Option<Vec<&'static str>> {
    let (service, name) = action.split_once(':')?;
    let place = find_place(service, name)?;
    let service = service.to_ascii_lowercase();
    let at = RESOURCES.binary_search_by(|(prefix, ..)| (*prefix).cmp(&service));
    let (_, arns, sets, actions) = RESOURCES[at.ok()?];
    let set: usize = actions.split(' ').nth(place)?.parse().ok()?;
    match sets.split(' ').nth(set)? {
        "_" => Some(Vec::new()),
        places => places
            .split(',')
            .map(|place| arns.split(' ').nth(place.parse().ok()?))
            .collect(),
    }
}

/// Returns `true` if two patterns of ARNs have an ARN in common. `*` is any text, `#` any text without `/`, and `?` any character.
///
/// The parts of complete ARNs are compared one by one: a wildcard in the partition does not stand for the service.
///
/// ```
/// use infra_schema::iam::overlap;
///
/// assert!(overlap("arn:*:s3:::#/*", "arn:aws:s3:::orders*"));
/// assert!(!overlap("arn:*:s3:::#/*", "arn:aws:s3:::orders"));
/// ```
#[must_use]
pub fn overlap(one: &str, other: &str) -> bool {
    const PARTS: usize = 6;
    let parts = |arn| str::splitn(arn, PARTS, ':');
    if parts(one).count() == PARTS && parts(other).count() == PARTS {
        let mut pairs = parts(one).zip(parts(other));
        return pairs.all(|(one, other)| texts_overlap(one, other));
    }
    texts_overlap(one, other)
}

fn texts_overlap(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let is_star = |byte: u8| matches!(byte, b'*' | b'#');
    // Entry `j` of a row is `true` if the rests from the row and from `j` on have a text in common. Rows are filled from the end.
    let mut below = vec![false; other.len() + 1];
    for i in (0..=one.len()).rev() {
        let mut row = vec![false; other.len() + 1];
        for j in (0..=other.len()).rev() {
            let (here, there) = (one.get(i).copied(), other.get(j).copied());
            row[j] = match (here, there) {
                (None, None) => true,
                (Some(a), Some(b)) if is_star(a) && is_star(b) => below[j] || row[j + 1],
                (Some(a), _) if is_star(a) => {
                    below[j] || there.is_some_and(|b| accepts(a, b) && row[j + 1])
                }
                (_, Some(b)) if is_star(b) => {
                    row[j + 1] || here.is_some_and(|a| accepts(b, a) && below[j])
                }
                (Some(a), Some(b)) => (a == b || a == b'?' || b == b'?') && below[j + 1],
                _ => false,
            };
        }
        below = row;
    }
    below[0]
}

/// Returns `true` if a wildcard can stand for a character.
fn accepts(star: u8, byte: u8) -> bool {
    star == b'*' || byte != b'/'
}

/// Returns `true` if a service or AWS knows a condition key, or if its prefix is that of an identity provider or of a service without a table.
///
/// ```
/// use infra_schema::iam::is_known_condition_key;
///
/// assert!(is_known_condition_key("aws:sourcearn"));
/// assert!(is_known_condition_key("s3:ExistingObjectTag/team"));
/// assert!(is_known_condition_key("token.actions.githubusercontent.com:sub"));
/// assert!(!is_known_condition_key("aws:SourceARNs"));
/// assert!(!is_known_condition_key("s3:Prefixes"));
/// ```
#[must_use]
pub fn is_known_condition_key(key: &str) -> bool {
    let Some((prefix, name)) = key.split_once(':') else {
        return false;
    };
    if prefix.contains(['.', '/']) || GLOBAL_KEYS.iter().any(|known| matches_action(known, key)) {
        return true;
    }
    let prefix = prefix.to_ascii_lowercase();
    let is_listed = |place: Result<usize, usize>| place.is_ok();
    match CONDITION_KEYS.binary_search_by(|(known, _)| (*known).cmp(&prefix)) {
        Ok(at) => {
            let mut known = CONDITION_KEYS[at].1.split(' ');
            known.any(|known| matches_action(known, name))
        }
        // A service that is newer than the table can have keys.
        Err(_) => {
            !is_listed(RESOURCES.binary_search_by(|(known, ..)| (*known).cmp(&prefix)))
                && is_listed(
                    crate::iam_actions::ACTIONS
                        .binary_search_by(|(known, _)| (*known).cmp(&prefix)),
                )
        }
    }
}

/// Returns the known condition key most similar to another, or `None` if no key is similar.
///
/// ```
/// assert_eq!(infra_schema::iam::nearest_condition_key("aws:SourceARNs").as_deref(), Some("aws:SourceArn"));
/// ```
#[must_use]
pub fn nearest_condition_key(key: &str) -> Option<String> {
    let (prefix, name) = key.split_once(':')?;
    let own = CONDITION_KEYS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(prefix));
    let own = own.and_then(|(_, keys)| find_nearest(name, keys.split(' ')));
    let global = || find_nearest(key, GLOBAL_KEYS.iter().copied()).map(str::to_owned);
    own.map(|name| format!("{prefix}:{name}"))
        .filter(|near| !near.contains('*'))
        .or_else(global)
        .filter(|near| !near.contains('*'))
}

#[cfg(test)]
mod tests {
    use super::{GLOBAL_KEYS, action_resources, is_known_condition_key, overlap};
    use crate::iam_catalog::list_actions;
    use crate::iam_services::{CONDITION_KEYS, RESOURCES};

    #[test]
    fn compares_patterns() {
        let object = "arn:*:s3:::#/*";
        let bucket = "arn:*:s3:::#";
        assert!(overlap(object, "arn:aws:s3:::orders/2026/*"));
        assert!(overlap(object, "arn:aws:s3:::*"));
        assert!(overlap(object, "*"));
        assert!(overlap(bucket, "arn:aws:s3:::orders"));
        assert!(overlap(bucket, "arn:aws:s3:::ord?rs"));
        assert!(!overlap(object, bucket));
        assert!(!overlap(bucket, "arn:aws:s3:::orders/*"));
        assert!(!overlap(
            bucket,
            "arn:aws:sqs:eu-west-1:111122223333:orders"
        ));
        assert!(overlap("a*c", "a?c"));
        assert!(!overlap("", "a"));
    }

    #[test]
    fn every_action_has_a_set_of_known_patterns() {
        assert!(RESOURCES.is_sorted_by_key(|(prefix, ..)| prefix));
        assert!(RESOURCES.len() > 400);
        let mut with_arns = 0;
        for (prefix, _, _, actions) in RESOURCES {
            let names: Vec<&str> = list_actions(prefix).collect();
            assert_eq!(names.len(), actions.split(' ').count(), "{prefix}");
            for (name, set) in names.iter().zip(actions.split(' ')) {
                let found = action_resources(&format!("{prefix}:{name}"));
                assert_eq!(found.is_some(), set != "-", "{prefix}:{name}");
                let arns = found.unwrap_or_default();
                assert!(
                    arns.iter().all(|arn| arn.starts_with("arn:*:")),
                    "{prefix}:{name}: {arns:?}"
                );
                with_arns += usize::from(!arns.is_empty());
            }
        }
        assert!(with_arns > 8_000, "{with_arns}");
    }

    #[test]
    fn knows_keys_of_services_and_of_all_requests() {
        assert!(CONDITION_KEYS.is_sorted_by_key(|(prefix, _)| prefix));
        assert!(GLOBAL_KEYS.is_sorted());
        for key in [
            "aws:PrincipalTag/team",
            "AWS:SecureTransport",
            "kms:EncryptionContext:aws:s3:arn",
            "kms:ViaService",
            "sts:ExternalId",
            "saml:aud",
            "ec2:ResourceTag/Team",
            "dynamodb:LeadingKeys",
        ] {
            assert!(is_known_condition_key(key), "{key}");
        }
        for key in [
            "aws:PrincipalTag",
            "kms:Via",
            "aws",
            "sqs:Message",
            "nothing:a",
        ] {
            assert!(!is_known_condition_key(key), "{key}");
        }
    }
}
