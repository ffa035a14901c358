//! Resolves addresses of templates in S3 to the files of the assembly that are published there.

use serde_json::Value as JsonValue;

use super::{CloudAssembly, FileAsset, FileDestination, Stack};
use crate::Template;
use crate::nested::template_address;

impl CloudAssembly {
    /// Returns the file of the assembly that is published at an address, such as the `TemplateURL` of a nested stack.
    ///
    /// Returns `None` if the address names another bucket, host or key, or cannot be derived from pseudo parameters. Also returns `None` if an asset
    /// of any stack has the same destination with different content, because the first one published remains there.
    pub fn published_template<'s>(&self, stack: &'s Stack, address: &JsonValue) -> Option<&'s str> {
        let wanted = stack.symbolic_address(address)?;
        let files = stack.assets.files.values();
        let (asset, place) = files
            .flat_map(|asset| asset.destinations.values().map(move |place| (asset, place)))
            .find(|(_, place)| stack.list_addresses(place).contains(&wanted))?;
        let path = asset.plain_path()?;
        let written = stack.resolve_destination(place);
        let replaced = self.stacks.iter().chain([stack]).any(|other| {
            let main = other.settings.template_url.iter();
            let mut main = main.map(|url| other.fill_placeholders(url));
            main.any(|url| may_equal(&url, &format!("s3://{}", written.join("/"))))
                || other.assets.files.values().any(|file| {
                    let mut places = file.destinations.values();
                    places.any(|place| may_overlap(&other.resolve_destination(place), &written))
                        && !stack.shares_content(path, other, file)
                })
        });
        (!replaced).then_some(path)
    }
}

/// Returns `true` if two locations in S3 can be the same, given unknown placeholders.
fn may_overlap([bucket, key]: &[String; 2], [other_bucket, other_key]: &[String; 2]) -> bool {
    may_equal(bucket, other_bucket) && may_equal(key, other_key)
}

/// Returns `true` unless two texts differ for every value of their placeholders.
fn may_equal(one: &str, other: &str) -> bool {
    let (Some((start, end)), Some((other_start, other_end))) = (fixed_ends(one), fixed_ends(other))
    else {
        return match (fixed_ends(one), fixed_ends(other)) {
            (None, None) => one == other,
            (Some((start, end)), _) => other.starts_with(start) && other.ends_with(end),
            (_, Some((start, end))) => one.starts_with(start) && one.ends_with(end),
        };
    };
    (start.starts_with(other_start) || other_start.starts_with(start))
        && (end.ends_with(other_end) || other_end.ends_with(end))
}

/// Returns the text before the first and after the last placeholder, or `None` for a text without placeholders.
fn fixed_ends(text: &str) -> Option<(&str, &str)> {
    let (start, _) = text.split_once("${")?;
    let (_, end) = text.rsplit_once('}')?;
    Some((start, end))
}

impl Stack {
    /// Returns bucket and key of a destination, with the account and region of the stack filled in if known.
    fn resolve_destination(&self, place: &FileDestination) -> [String; 2] {
        [&place.bucket_name, &place.object_key].map(|text| self.fill_placeholders(text))
    }

    /// Returns `true` if an asset, of this or another stack, has the same content as the file at `path` of this stack.
    fn shares_content(&self, path: &str, other: &Self, asset: &FileAsset) -> bool {
        let Some(other_path) = asset.plain_path() else {
            return false;
        };
        let template = self.nested_file(path);
        other_path == path && other.assets.folder == self.assets.folder
            || template.is_some() && template == other.nested_file(other_path)
    }

    /// Returns the template of the nested stack that is stored in a file.
    fn nested_file(&self, file: &str) -> Option<&Template> {
        let mut open: Vec<_> = self.nested.values().collect();
        while let Some(one) = open.pop() {
            if one.file == file {
                return Some(&one.template);
            }
            open.extend(one.nested.values());
        }
        None
    }

    /// Returns an address as text, with the account and region of the stack filled in. Unknown pseudo parameters remain as placeholders, for example
    /// `${AWS::Partition}`.
    pub fn symbolic_address(&self, address: &JsonValue) -> Option<String> {
        template_address(address, &|name| self.pseudo_value(name))
    }

    /// Returns the addresses of an object in S3: path-style and virtual-hosted-style.
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

    /// Fills in a text of the asset manifest. Its placeholders have the names of pseudo parameters.
    fn fill_placeholders(&self, text: &str) -> String {
        ["AWS::AccountId", "AWS::Region"]
            .iter()
            .fold(text.to_owned(), |text, name| {
                let value = self.pseudo_value(name).unwrap_or_default();
                text.replace(&format!("${{{name}}}"), &value)
            })
    }

    /// Returns the value of a pseudo parameter, or its placeholder if unknown, or `None` for other parameters.
    fn pseudo_value(&self, name: &str) -> Option<String> {
        let known = match name {
            "AWS::AccountId" => self.account.clone(),
            "AWS::Region" => self.region.clone(),
            // These remain placeholders, as this library and the CDK write them: domains differ between partitions.
            "AWS::URLSuffix" | "AWS::Partition" => None,
            _ => return None,
        };
        Some(known.unwrap_or_else(|| format!("${{{name}}}")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::{CloudAssembly, Stack};
    use crate::Template;
    use crate::assembly::FileAsset;
    use crate::nested::NestedTemplate;

    fn published<'s>(stack: &'s Stack, address: &JsonValue) -> Option<&'s str> {
        CloudAssembly::new(vec![stack.clone()]).published_template(stack, address)
    }

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
    fn finds_published_file_by_full_address() {
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
                let found = published(&stack, &address);
                assert_eq!(found, Some("Child.json"), "{address}");
            }
        }
        let known = stack(Some("111122223333"), Some("eu-west-1"));
        let written =
            sub("https://s3.eu-west-1.${AWS::URLSuffix}/assets-111122223333-eu-west-1/ab.json");
        assert_eq!(published(&known, &written), Some("Child.json"));
    }

    #[test]
    fn ignores_same_key_at_another_address() {
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
            assert_eq!(published(&stack, &address), None, "{address}");
        }
    }

    #[test]
    fn ignores_ambiguous_files_and_command_output() {
        let address = sub(
            "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets-${AWS::AccountId}-${AWS::Region}/ab.json",
        );
        let mut made = stack(None, None);
        let asset = made.assets.files.get_mut("ab").unwrap();
        asset.source.executable = Some(vec!["./make".to_owned()]);
        assert_eq!(published(&made, &address), None);
        let mut stack = stack(None, None);
        let mut other = stack.assets.files["ab"].clone();
        other.source.path = Some("Other.json".to_owned());
        stack.assets.files.insert("cd".to_owned(), other);
        let address = sub(
            "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets-${AWS::AccountId}-${AWS::Region}/ab.json",
        );
        assert_eq!(published(&stack, &address), None);
    }

    fn file(source: &JsonValue, bucket: &str, key: &str) -> FileAsset {
        serde_json::from_value(json!({
            "source": source,
            "destinations": { "here": { "bucketName": bucket, "objectKey": key } },
        }))
        .unwrap()
    }

    const BUCKET: &str = "assets-${AWS::AccountId}-${AWS::Region}";

    fn address() -> JsonValue {
        sub(&format!(
            "https://s3.${{AWS::Region}}.${{AWS::URLSuffix}}/{BUCKET}/ab.json"
        ))
    }

    #[test]
    fn rejects_address_of_other_asset_kind() {
        for other in [
            json!({ "path": "Child.json", "packaging": "zip" }),
            json!({ "path": "folder", "packaging": "zip" }),
            json!({ "path": "folder/Child.json" }),
            json!({ "executable": ["./make"] }),
        ] {
            for id in ["aa", "cd"] {
                let mut stack = stack(None, None);
                let asset = file(&other, BUCKET, "ab.json");
                stack.assets.files.insert(id.to_owned(), asset);
                assert_eq!(published(&stack, &address()), None, "{other}");
            }
        }
        let mut stack = stack(None, None);
        stack.settings.template_url = Some(format!("s3://{BUCKET}/ab.json"));
        assert_eq!(published(&stack, &address()), None);
    }

    #[test]
    fn rejects_address_of_other_stack() {
        let here = stack(Some("111122223333"), Some("eu-west-1"));
        let told = |other: &Stack| {
            CloudAssembly::new(vec![other.clone(), here.clone()])
                .published_template(&here, &address())
                .map(str::to_owned)
        };
        let with = |account: Option<&str>, path: &str, bucket: &str, key: &str| {
            let mut other = stack(account, Some("eu-west-1"));
            let asset = file(&json!({ "path": path }), bucket, key);
            other.assets.files = [("ab".to_owned(), asset)].into();
            other
        };
        let known = Some("111122223333");
        for other in [
            with(known, "Other.json", BUCKET, "ab.json"),
            with(
                known,
                "Other.json",
                "assets-111122223333-eu-west-1",
                "ab.json",
            ),
            with(None, "Other.json", BUCKET, "ab.json"),
            with(None, "Other.json", BUCKET, "${AWS::AccountId}.json"),
            with(known, "folder/Child.json", BUCKET, "ab.json"),
        ] {
            let places: Vec<_> = other.assets.files.values().collect();
            assert_eq!(told(&other), None, "{places:?}");
        }
        for other in [
            with(known, "Child.json", BUCKET, "ab.json"),
            with(known, "Other.json", BUCKET, "cd.json"),
            with(None, "Other.json", "others-${AWS::AccountId}", "ab.json"),
            with(Some("444455556666"), "Other.json", BUCKET, "ab.json"),
            with(None, "Other.json", BUCKET, "x-${AWS::Region}/ab.json"),
        ] {
            let places: Vec<_> = other.assets.files.values().collect();
            assert_eq!(told(&other).as_deref(), Some("Child.json"), "{places:?}");
        }
    }

    #[test]
    fn accepts_files_with_identical_templates() {
        let nest = |stack: &mut Stack, file: &str, text: &str| {
            let template = Template::parse(text).unwrap();
            let nested = NestedTemplate::new(file, template);
            stack.nested.insert("Child".to_owned(), nested);
        };
        let mut here = stack(None, None);
        nest(&mut here, "Child.json", r#"{ "Resources": {} }"#);
        let mut other = stack(None, None);
        other.assets.files = [(
            "ab".to_owned(),
            file(&json!({ "path": "Other.json" }), BUCKET, "ab.json"),
        )]
        .into();
        for (text, found) in [
            (r#"{ "Resources": {} }"#, Some("Child.json")),
            (r#"{ "Resources": {}, "Description": "other" }"#, None),
        ] {
            nest(&mut other, "Other.json", text);
            let assembly = CloudAssembly::new(vec![other.clone(), here.clone()]);
            assert_eq!(assembly.published_template(&here, &address()), found);
        }
    }
}
