//! Usage plans and API keys that exist already.

use super::usage_plan::add_key;
use super::{ApiKey, UsagePlan};
use crate::core::{Construct, Diagnostic, Id, IntoValue, codes};
use crate::import::{check_form, is_alphanumeric};
use crate::kind;

/// Minimum number of characters of the value of a key, which no ID has.
///
/// See [API keys](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-setup-api-key-with-console.html).
const SHORTEST_VALUE: usize = 20;

crate::import! {
    /// An existing usage plan, from [`UsagePlan::from_id`].
    ///
    /// Keys can be added to it. Its stages and limits are properties of the plan itself, so they are set where the plan is created:
    /// a method of this app that requires a key is reported (`INF4936`) unless a plan of the app has a stage of its API.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, apigateway::{ApiKey, UsagePlan}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let plan = UsagePlan::from_id(stack, "Partners", "a1b2c3");
    /// plan.add_key(&ApiKey::builder().build(stack, "Partner"));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [Usage plans](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html).
    pub struct ImportedUsagePlan<'app>: "infra-lib.apigateway.ImportedUsagePlan" {
        /// Returns the ID of the plan.
        id: Id<kind::apigateway::UsagePlan>,
    }

    /// A usage plan of the app or an existing one, from [`AsUsagePlan::as_usage_plan`].
    pub enum UsagePlanRef of UsagePlan;

    /// A usage plan for functions that add keys: a [`UsagePlan`] or an [`ImportedUsagePlan`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no usage plan",
        label = "a `UsagePlan` or an `ImportedUsagePlan` is needed here",
        note = "`UsagePlan::from_id` imports an existing plan"
    )]
    pub trait AsUsagePlan::as_usage_plan;
}

crate::import! {
    /// An existing API key, from [`ApiKey::from_id`], for the usage plans of the app.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, apigateway::{ApiKey, UsagePlan}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let partner = ApiKey::from_id(stack, "Partner", "a1b2c3d4e5");
    /// UsagePlan::builder().build(stack, "Plan").add_key(partner);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedApiKey<'app>: "infra-lib.apigateway.ImportedApiKey" {
        /// Returns the ID of the key, by which its value can be read.
        id: Id<kind::apigateway::ApiKey>,
    }

    /// An API key of the app or an existing one, from [`AsApiKey::as_api_key`].
    pub enum ApiKeyRef of ApiKey;

    /// An API key for usage plans: an [`ApiKey`] or an [`ImportedApiKey`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no API key",
        label = "an `ApiKey` or an `ImportedApiKey` is needed here",
        note = "`ApiKey::from_id` imports an existing key"
    )]
    pub trait AsApiKey::as_api_key;
}

impl<'app> UsagePlan<'app> {
    /// Imports an existing plan of the account and region by its ID. A literal with other characters than letters and digits is
    /// reported (`INF8026`).
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        usage_plan_id: impl IntoValue<Id<kind::apigateway::UsagePlan>>,
    ) -> ImportedUsagePlan<'app> {
        let given = usage_plan_id.into_value();
        let plan = ImportedUsagePlan::import(scope, id, given.clone());
        let shown = "the ID of a usage plan, letters and digits";
        check_form(&plan, &given, shown, is_alphanumeric);
        plan
    }
}

impl<'app> ImportedUsagePlan<'app> {
    /// Adds a key, by an
    /// [`AWS::ApiGateway::UsagePlanKey`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplankey.html)
    /// under the import.
    #[track_caller]
    pub fn add_key(&self, key: impl AsApiKey<'app>) {
        add_key(self.scope.at_caller(), self.id(), key.as_api_key());
    }
}

impl<'app> UsagePlanRef<'app> {
    /// Adds a key.
    #[track_caller]
    pub fn add_key(&self, key: impl AsApiKey<'app>) {
        add_key(self.scope().at_caller(), self.id(), key.as_api_key());
    }
}

impl<'app> ApiKey<'app> {
    /// Imports an existing key of the account and region by its ID, which is not its value. Another literal is reported
    /// (`INF8026`), without the text if it may be a value.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        api_key_id: impl IntoValue<Id<kind::apigateway::ApiKey>>,
    ) -> ImportedApiKey<'app> {
        let given = api_key_id.into_value();
        let key = ImportedApiKey::import(scope, id, given.clone());
        if given.as_literal().is_some_and(is_value) {
            report_value(&key);
        } else {
            let shown = "the ID of an API key, letters and digits";
            check_form(&key, &given, shown, is_alphanumeric);
        }
        key
    }
}

fn is_value(text: &str) -> bool {
    is_alphanumeric(text) && text.len() >= SHORTEST_VALUE
}

/// Reports the value of a key in place of its ID, without showing the value.
fn report_value(key: &ImportedApiKey<'_>) {
    key.scope.report(
        Diagnostic::new(
            codes::IDENTIFIER_FORM,
            "an API key is imported by its value in place of its ID",
        )
        .expected("the ID of an API key, such as `a1b2c3d4e5`")
        .note("everybody who reads the program or the template would know the value; it is not shown here")
        .help("pass the ID, which `aws apigateway get-api-keys` and the console show beside the name of the key, and replace a value that was committed")
        .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-setup-api-keys.html"),
    );
}
