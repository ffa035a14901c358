//! Checks the version of the CDK bootstrap stack against the requirement of an assembly.

use std::collections::BTreeSet;

use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use infra_template::assembly::{BootstrapVersion, Placeholders, Stack};

use crate::error::{Class, Error};

/// Name of the stack that `cdk bootstrap` creates by default, and of its version output.
const STACK: &str = "CDKToolkit";
const OUTPUT: &str = "BootstrapVersion";

/// Checks that the environment has the bootstrap version that a stack and its assets require. `checked` caches the environments and versions that
/// have passed.
pub(crate) async fn check_bootstrap_version(
    cloud: &dyn Cloud,
    stack: &Stack,
    place: &Placeholders,
    checked: &mut BTreeSet<(String, String, BootstrapVersion)>,
) -> Result<(), Error> {
    let needs = [&stack.settings.bootstrap, &stack.assets.bootstrap];
    for needs in needs.into_iter().flatten() {
        let known = (place.account.clone(), place.region.clone(), needs.clone());
        if checked.contains(&known) {
            continue;
        }
        let (found, named) = match &needs.parameter {
            Some(parameter) => {
                let store = cloud.ssm_client(&place.region);
                let value = infra_aws::retry_transient(|| store.get_parameter(parameter)).await;
                let value = value.map_err(|error| {
                    Error::from_api(
                        format!("read the bootstrap version in `{parameter}`"),
                        error,
                    )
                })?;
                (value, format!("`{parameter}`"))
            }
            None => (
                read_stack_version(cloud, &place.region).await?,
                format!("the stack `{STACK}`"),
            ),
        };
        let version = found
            .as_deref()
            .and_then(|text| text.trim().parse::<u32>().ok());
        if version.is_none_or(|version| version < needs.version) {
            return Err(missing_bootstrap_error(
                stack,
                place,
                needs,
                &named,
                found.as_deref(),
            ));
        }
        checked.insert(known);
    }
    Ok(())
}

async fn read_stack_version(cloud: &dyn Cloud, region: &str) -> Result<Option<String>, Error> {
    let client = cloud.cloudformation_client(region);
    let found = infra_aws::retry_transient(|| client.describe_stack(STACK)).await;
    let found =
        found.map_err(|error| Error::from_api(format!("describe stack `{STACK}`"), error))?;
    let outputs = found.into_iter().flat_map(|stack| stack.outputs);
    let mut versions = outputs.filter(|output| output.name == OUTPUT);
    Ok(versions.next().map(|output| output.value))
}

fn missing_bootstrap_error(
    stack: &Stack,
    place: &Placeholders,
    needs: &BootstrapVersion,
    named: &str,
    found: Option<&str>,
) -> Error {
    let found = match found {
        None => format!("{named} does not exist"),
        Some(found) => format!("{named} has version `{found}`"),
    };
    let finding = Diagnostic::new(
        codes::NOT_BOOTSTRAPPED,
        format!(
            "stack `{}` requires version {} of the CDK's bootstrap stack, but {found}",
            stack.name, needs.version
        ),
    )
    .path(stack.path.clone())
    .help(format!(
        "run `cdk bootstrap aws://{}/{}` once, or use a synthesizer without bootstrap resources, such as `LegacyStackSynthesizer`",
        place.account, place.region
    ));
    Error::new(Class::Error, finding)
}
