//! OpenAPI documents.

use std::path::{Path, PathBuf};

use infra_yaml::{Rules, read_yaml};

use crate::cfn::apigateway::{CfnRestApiProps, rest_api};
use crate::core::assembly::FileAsset;
use crate::core::{Data, Diagnostic, Name, Scope, codes};
use crate::kind;

/// An OpenAPI document in JSON or YAML, version 2 or 3.0.
///
/// See [working with API definitions](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html).
#[derive(Clone, Debug)]
pub struct OpenApi(Source);

#[derive(Clone, Debug)]
enum Source {
    File(PathBuf),
    Asset(PathBuf),
    Json(serde_json::Value),
}

impl OpenApi {
    /// Returns the document in a file, which becomes a part of the template. It can contain intrinsic functions of
    /// CloudFormation in their long form, such as `Fn::Sub`.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Source::File(path.into()))
    }

    /// Returns the document in a file, which is uploaded to S3: for documents that are too large for a template.
    pub fn asset(path: impl Into<PathBuf>) -> Self {
        Self(Source::Asset(path.into()))
    }

    /// Returns a document of the program, which becomes a part of the template.
    pub const fn json(document: serde_json::Value) -> Self {
        Self(Source::Json(document))
    }

    /// Sets the document of an API, and reports one that is none (`INF4935`).
    pub(super) fn apply(
        self,
        scope: Scope<'_>,
        cfn: CfnRestApiProps,
    ) -> (CfnRestApiProps, Option<FileAsset>) {
        match self.0 {
            Source::Json(json) => {
                if let Err(reason) = check_document(&json) {
                    report(scope, "the document", &reason);
                }
                (cfn.body(Data::from(json)), None)
            }
            Source::File(path) => match read(&path) {
                Ok(json) => (cfn.body(Data::from(json)), None),
                Err(reason) => {
                    report(scope, &path.display().to_string(), &reason);
                    (cfn, None)
                }
            },
            Source::Asset(path) => {
                if let Err(reason) = read(&path) {
                    report(scope, &path.display().to_string(), &reason);
                    return (cfn, None);
                }
                let asset = FileAsset::new(scope, &path);
                let location = rest_api::S3Location::new()
                    .bucket(asset.bucket_name().cast::<Name<kind::s3::Bucket>>())
                    .key(asset.object_key());
                (cfn.body_s3_location(location), Some(asset))
            }
        }
    }
}

fn read(path: &Path) -> Result<serde_json::Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let json = parse(&text)?;
    check_document(&json)?;
    Ok(json)
}

/// Returns the document of a text in JSON, or else in YAML as OpenAPI uses it, with keys such as `200` as text.
fn parse(text: &str) -> Result<serde_json::Value, String> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| error.to_string());
    }
    let tree = read_yaml(text, &Rules::yaml_1_2()).map_err(|error| error.to_string())?;
    Ok(tree.into_json())
}

fn check_document(json: &serde_json::Value) -> Result<(), String> {
    let has_version = json.get("openapi").is_some() || json.get("swagger").is_some();
    let has_paths = json.get("paths").is_some_and(serde_json::Value::is_object);
    match (has_version, has_paths) {
        (false, _) => Err("it has neither the field `openapi` nor `swagger`".to_owned()),
        (_, false) => Err("it has no object `paths`".to_owned()),
        _ => Ok(()),
    }
}

fn report(scope: Scope<'_>, document: &str, reason: &str) {
    scope.report(
        Diagnostic::new(
            codes::OPENAPI_DOCUMENT,
            format!("a REST API cannot be made from its OpenAPI document: {reason}"),
        )
        .property("Body")
        .actual(document)
        .expected("an OpenAPI document in JSON or YAML, version 2 or 3.0")
        .help("give the path from the folder in which the program runs")
        .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html"),
    );
}
