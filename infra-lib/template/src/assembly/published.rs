//! Addresses of the files that a stack publishes.

use std::collections::BTreeSet;

use serde_json::Value as JsonValue;

use super::{FileDestination, Stack};
use crate::nested::template_address;

impl Stack {
    /// Returns the file of the assembly that CloudFormation reads at an address such as that of `TemplateURL`; `None` where the address
    /// names another bucket, host or key, or cannot be worked out of pseudo parameters, and where two files have that address.
    pub fn published_template(&self, address: &JsonValue) -> Option<&str> {
        let wanted = self.symbolic_address(address)?;
        let mut found = BTreeSet::new();
        for asset in self.assets.files.values() {
            let Some(path) = asset.source.path.as_deref() else {
                continue;
            };
            let mut places = asset.destinations.values();
            if asset.is_plain_file()
                && places.any(|place| self.list_addresses(place).contains(&wanted))
            {
                found.insert(path);
            }
        }
        let first = found.pop_first()?;
        found.is_empty().then_some(first)
    }

    /// Returns an address as text, in which account and region are those of the stack, and pseudo parameters that are not known stand as
    /// `${AWS::Partition}`.
    pub fn symbolic_address(&self, address: &JsonValue) -> Option<String> {
        template_address(address, &|name| self.pseudo_value(name))
    }

    /// The addresses under which S3 has a file: by path, and by the name of the bucket.
    fn list_addresses(&self, place: &FileDestination) -> [String; 2] {
        let region = match &place.region {
            Some(region) => self.fill_placeholders(region),
            None => self.pseudo_value("AWS::Region").unwrap_or_default(),
        };
        let suffix = self.pseudo_value("AWS::URLSuffix").unwrap_or_default();
        let (bucket, key) = (
            self.fill_placeholders(&place.bucket_name),
            self.fill_placeholders(&place.object_key),
        );
        [
            format!("https://s3.{region}.{suffix}/{bucket}/{key}"),
            format!("https://{bucket}.s3.{region}.{suffix}/{key}"),
        ]
    }

    /// A text of the asset manifest, whose placeholders are called as pseudo parameters are.
    fn fill_placeholders(&self, text: &str) -> String {
        ["AWS::AccountId", "AWS::Region"]
            .iter()
            .fold(text.to_owned(), |text, name| {
                let value = self.pseudo_value(name).unwrap_or_default();
                text.replace(&format!("${{{name}}}"), &value)
            })
    }

    /// The value of a pseudo parameter, or its placeholder; `None` for other parameters.
    fn pseudo_value(&self, name: &str) -> Option<String> {
        let known = match name {
            "AWS::AccountId" => self.account.clone(),
            "AWS::Region" => self.region.clone(),
            // Left as placeholders, as this library and the CDK write them: domains differ between partitions.
            "AWS::URLSuffix" | "AWS::Partition" => None,
            _ => return None,
        };
        Some(known.unwrap_or_else(|| format!("${{{name}}}")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::Stack;
    use crate::Template;
    use crate::assembly::FileAsset;

    fn stack(account: Option<&str>, region: Option<&str>) -> Stack {
        let mut stack = Stack::builder()
            .id("Web")
            .path("Web")
            .name("web")
            .maybe_account(account)
            .maybe_region(region)
            .template(Template::empty())
            .build();
        let asset: FileAsset = serde_json::from_value(json!({
            "source": { "path": "Child.json" },
            "destinations": { "here": {
                "bucketName": "assets-${AWS::AccountId}-${AWS::Region}", "objectKey": "ab.json",
            } },
        }))
        .unwrap();
        stack.assets.files.insert("ab".to_owned(), asset);
        stack
    }

    fn sub(text: &str) -> JsonValue {
        json!({ "Fn::Sub": text })
    }

    #[test]
    fn a_file_is_known_by_its_whole_address() {
        let symbolic = "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets-${AWS::AccountId}-${AWS::Region}/ab.json";
        let of_bucket = "https://assets-${AWS::AccountId}-${AWS::Region}.s3.${AWS::Region}.${AWS::URLSuffix}/ab.json";
        let joined = json!({ "Fn::Join": ["", [
            "https://s3.", { "Ref": "AWS::Region" }, ".", { "Ref": "AWS::URLSuffix" }, "/",
            sub("assets-${AWS::AccountId}-${AWS::Region}"), "/ab.json",
        ]] });
        for stack in [
            stack(None, None),
            stack(Some("111122223333"), Some("eu-west-1")),
            stack(Some("111122223333"), Some("cn-north-1")),
        ] {
            for address in [sub(symbolic), sub(of_bucket), joined.clone()] {
                let found = stack.published_template(&address);
                assert_eq!(found, Some("Child.json"), "{address}");
            }
        }
        let known = stack(Some("111122223333"), Some("eu-west-1"));
        let written =
            sub("https://s3.eu-west-1.${AWS::URLSuffix}/assets-111122223333-eu-west-1/ab.json");
        assert_eq!(known.published_template(&written), Some("Child.json"));
    }

    #[test]
    fn the_same_key_elsewhere_is_another_file() {
        let stack = stack(Some("111122223333"), Some("eu-west-1"));
        for address in [
            sub("https://s3.${AWS::Region}.${AWS::URLSuffix}/others/ab.json"),
            sub(
                "https://s3.eu-west-2.${AWS::URLSuffix}/assets-${AWS::AccountId}-${AWS::Region}/ab.json",
            ),
            sub(
                "https://s3.${AWS::Region}.example.com/assets-${AWS::AccountId}-${AWS::Region}/ab.json",
            ),
            sub(
                "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets-${AWS::AccountId}-${AWS::Region}/x/ab.json",
            ),
            sub(
                "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets-${AWS::AccountId}-${AWS::Region}/ab.json?versionId=1",
            ),
            json!("https://s3.eu-west-1.example.com/assets-111122223333-eu-west-1/ab.json"),
            json!({ "Ref": "Address" }),
        ] {
            assert_eq!(stack.published_template(&address), None, "{address}");
        }
    }

    #[test]
    fn two_files_at_one_address_are_none_and_the_output_of_a_command_is_no_file() {
        let address = sub(
            "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets-${AWS::AccountId}-${AWS::Region}/ab.json",
        );
        let mut made = stack(None, None);
        let asset = made.assets.files.get_mut("ab").unwrap();
        asset.source.executable = Some(vec!["./make".to_owned()]);
        assert_eq!(made.published_template(&address), None);
        let mut stack = stack(None, None);
        let mut other = stack.assets.files["ab"].clone();
        other.source.path = Some("Other.json".to_owned());
        stack.assets.files.insert("cd".to_owned(), other);
        let address = sub(
            "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets-${AWS::AccountId}-${AWS::Region}/ab.json",
        );
        assert_eq!(stack.published_template(&address), None);
    }
}
