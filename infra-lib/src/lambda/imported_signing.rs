//! Code signing configurations that exist already.

use super::CodeSigningConfig;
use crate::core::{Arn, Construct, IntoValue};
use crate::import::ArnForm;
use crate::kind;

const ARN: ArnForm = ArnForm::new(
    "lambda",
    "code-signing-config:csc-",
    "the ARN of a code signing configuration, `arn:aws:lambda:REGION:ACCOUNT:code-signing-config:csc-ID`",
);

crate::import! {
    /// An existing code signing configuration, from [`CodeSigningConfig::from_arn`]: signatures that an organization requires of
    /// the code of all functions.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, lambda::{Code, CodeSigningConfig, Function, Runtime}};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let signed = CodeSigningConfig::from_arn(
    ///     stack,
    ///     "Signed",
    ///     "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0a1b2c3d4e5f60718",
    /// );
    /// Function::builder()
    ///     .runtime(Runtime::Python314)
    ///     .handler("app.handler")
    ///     .code(Code::bucket("releases", "signed/app.zip"))
    ///     .code_signing(signed)
    ///     .build(stack, "Function");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [Code signing](https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html).
    pub struct ImportedCodeSigningConfig<'app>: "infra-lib.lambda.ImportedCodeSigningConfig" {
        /// Returns the ARN of the configuration.
        arn: Arn<kind::lambda::CodeSigningConfig>,
    }

    /// A code signing configuration of the app or an existing one, from [`AsCodeSigningConfig::as_code_signing_config`].
    pub enum CodeSigningConfigRef of CodeSigningConfig;

    /// A code signing configuration for builders: a [`CodeSigningConfig`] or an [`ImportedCodeSigningConfig`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no code signing configuration",
        label = "a `CodeSigningConfig` or an `ImportedCodeSigningConfig` is needed here",
        note = "`CodeSigningConfig::from_arn` imports an existing configuration"
    )]
    pub trait AsCodeSigningConfig::as_code_signing_config;
}

impl<'app> CodeSigningConfig<'app> {
    /// Imports an existing configuration by its ARN, which has the account and region of its functions. Another literal is
    /// reported (`INF8026`).
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::lambda::CodeSigningConfig>>,
    ) -> ImportedCodeSigningConfig<'app> {
        let arn = arn.into_value();
        let config = ImportedCodeSigningConfig::import(scope, id, arn.clone());
        ARN.check(&config, &arn);
        config
    }
}
